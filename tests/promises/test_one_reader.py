"""What is dangerous to read is read in one place each: archives, XML, YAML, pickles, and programs of the machine."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tripoint

SOURCE = Path(tripoint.__file__).parent
# Module or call, and the only files that may use it.
PLACES: dict[str, set[str]] = {
    "zipfile": {
        "base/archives.py", "base/uploads.py", "records/sources/workbooks.py", "reports/packing.py",
        "engines/ballistics/x3p/container.py", "engines/ballistics/x3p/points.py",  # scans, under caps of their own
        "desks/ballistics/lands.py",  # knows the fault of a damaged profile, which the hub wrote itself
    },
    "openpyxl": {  # the first reads, the others write what they were given
        "engines/books/sources.py",  # reads books where there is no hub; whoever calls it looks the workbook through
        "demo/books/writing_store.py", "desks/tracing/sheets.py",
        "records/sources/workbooks.py", "records/occurrences/sheet_files.py", "desks/operations/sheets/files.py",
        "reports/spreadsheets.py",
    },
    "lxml": {"records/sources/markup.py", "engines/ballistics/x3p/describing.py"},
    "gzip": {"base/archive.py", "doors/audit.py"},  # archives of the trail, which the hub wrote itself
    "ctypes": {"engines/screening/index/holding.py"},  # asks the system to keep the index in memory
}
NEVER = (
    "tarfile", "bz2", "lzma", "pickle", "marshal", "shelve", "dill", "yaml", "xml", "xmlrpc", "plistlib", "code",
    "codeop", "runpy",
)  # fmt: skip
NEVER_CALLED = {"eval", "exec", "compile", "__import__"}


def modules(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def calls(tree: ast.AST) -> set[str]:
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@pytest.fixture(scope="module")
def used(trees: dict[str, ast.AST]) -> dict[str, set[str]]:
    """What each file imports."""
    return {file: modules(tree) for file, tree in trees.items()}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    return {file.relative_to(SOURCE).as_posix(): ast.parse(file.read_text()) for file in SOURCE.rglob("*.py")}


@pytest.mark.parametrize("module", [*PLACES, *NEVER])
def test_only_one_place_reads_it(used: dict[str, set[str]], module: str) -> None:
    assert {file for file, names in used.items() if module in names} <= PLACES.get(module, set())


def test_workbooks_are_loaded_in_one_place(trees: dict[str, ast.AST]) -> None:
    loading = {file for file in trees if "load_workbook" in (SOURCE / file).read_text(encoding="utf-8")}
    assert loading == {"records/sources/workbooks.py", "engines/books/sources.py"}


@pytest.mark.parametrize("file", ["desks/dealers/work.py", "doors/dealers.py"])
def test_whoever_hands_a_workbook_to_the_engine_looks_it_through(file: str) -> None:
    assert "check_workbook(" in (SOURCE / file).read_text(encoding="utf-8")


def test_no_text_becomes_code(trees: dict[str, ast.AST]) -> None:
    assert [file for file, tree in trees.items() if calls(tree) & NEVER_CALLED] == []


def test_no_program_is_run_by_a_shell(trees: dict[str, ast.AST]) -> None:
    shells = [
        file for file, tree in trees.items() for node in ast.walk(tree)
        if (isinstance(node, ast.keyword) and node.arg == "shell")
        or (isinstance(node, ast.Attribute) and node.attr in ("system", "popen"))
    ]  # fmt: skip
    assert shells == []
