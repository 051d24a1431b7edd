"""Every parser is tried: with what once went wrong, and with the same damaged inputs on every run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tripoint
from tests.fuzz.mutate import mutations
from tests.fuzz.targets import NO_PARSERS, TARGETS
from tests.fuzz.trying import CORPUS, attempt, examples

SOURCE = Path(tripoint.__file__).parent
READS = {"str", "bytes", "BinaryIO", "Path", "str | None"}  # first parameter of a function that reads what came
# Functions named like parsers that read what the hub itself wrote, or a word that was proven before.
OWN = {
    "engines/screening/index/searching",
    "records/indexing/audiences",
    "records/indexing/engine",
    "bulk/index",
    "base/backup",
    "base/postgres_home",
    "demo/names",
    "demo/turquesa/progress",
    "desks/results/composing",
    "desks/modi/rules",  # its first text is the name of a field
    "access/sealing/keys",
    "doors/audit",
    "doors/load",
    "doors/admin",
    "engines/ballistics/collection/files",
}


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Tables and compiled code are loaded once, which is no fault of the first input."""
    for name, target in TARGETS.items():
        for example in examples(name, target):
            attempt(target, example, longest=60)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_kept_comes_through(name: str) -> None:
    kept = examples(name, TARGETS[name])
    assert kept
    for example in kept:
        attempt(TARGETS[name], example)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_inputs_come_through(name: str) -> None:
    target = TARGETS[name]
    for data in mutations(name, examples(name, target), target.runs):
        try:
            attempt(target, data)
        except Exception as error:
            error.add_note(f"keep this in {CORPUS / name}: {data[:500]!r}")
            raise


def test_every_parser_has_a_target() -> None:
    tried = {module for target in TARGETS.values() for module in target.modules}
    files = [*(SOURCE / "words").glob("*.py"), *(SOURCE / "records" / "sources").glob("*.py")]
    modules = {file.relative_to(SOURCE).with_suffix("").as_posix() for file in files if file.stem != "__init__"}
    assert modules == tried | set(NO_PARSERS), "give it a target in tests/fuzz/targets.py"
    assert not tried & set(NO_PARSERS)


def test_every_reader_elsewhere_has_a_target() -> None:
    tried = {module for target in TARGETS.values() for module in (*target.modules, *target.beyond)}
    files = [file for file in SOURCE.rglob("*.py") if reads(ast.parse(file.read_text()))]
    readers = {file.relative_to(SOURCE).with_suffix("").as_posix() for file in files}
    assert readers - OWN <= tried, "give it a target in tests/fuzz/targets.py"


def reads(tree: ast.Module) -> bool:
    """Whether a module has a function `read_...` or `parse_...` of a text, some bytes, a stream or a file."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith(("read_", "parse_")) and node.args.args:
            annotation = node.args.args[0].annotation
            if annotation is not None and ast.unparse(annotation) in READS:
                return True
    return False


def test_the_same_number_makes_the_same_inputs() -> None:
    assert list(mutations("x", [b"abc"], 20)) == list(mutations("x", [b"abc"], 20))
    assert len(set(mutations("x", [b"abc"], 20))) > 15


def test_only_kept_inputs_of_targets_are_kept() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= set(TARGETS)
    assert all(path.stat().st_size <= 20_000 for path in CORPUS.rglob("*") if path.is_file())
