"""The house rules no other tool checks: sizes, names, where SQL and async may stand, what may never be here."""

from __future__ import annotations

import ast
import csv
import hashlib
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast as fluent

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tripoint"
CATALOGUES = ROOT / "web" / "words"
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
NO_ROOMS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"}
SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|\bupdate\s+\w+\s+set\b|\bset\s+(local\s+)?role\b"
    r"|\b(create|drop)\s+(table|role|index|policy|function|database|view|trigger)\b|\bset_config\b",
    re.DOTALL,
)
# The first is written so that this very file does not hold what it forbids.
OF_A_MACHINE = re.compile(
    r"(?<![\w.])/(?:wor[k]|far[m]|roo[t]|Use[r]s)/|/hom[e]/\w"
    r"|index-ur[l]|\"resolved\": \"htt[p]|registry\.npmj[s]|pythonhoste[d]"
)
WITHOUT_ACT = {"/assets", "/api/openapi.json"}  # built files and the contract: the same for everybody
LARGEST_TRACKED = 400_000  # bytes; whatever is larger is data, and data stays outside
WORD = re.compile(r"[^\W\d_]+")


@cache
def modules() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
        if "node_modules" not in path.parts
    }


@cache
def tracked() -> tuple[Path, ...]:
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("not a git clone")
    return tuple(path for name in found.stdout.split("\0") if name and (path := ROOT / name).is_file())


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_migration(name: str) -> bool:
    return name.startswith("migrations/")


def test_no_file_is_longer_than_a_sitting() -> None:
    sizes = {name: (SOURCE / name).read_text().count("\n") for name in modules() if not is_migration(name)}
    assert not {name: size for name, size in sizes.items() if size > LONGEST_FILE}


def test_no_function_is_longer_than_a_screen() -> None:
    assert not [
        f"{name}:{found.lineno} {found.name} has {length} lines"
        for name, tree in modules().items()
        if not is_migration(name)
        for found in functions(tree)
        if (length := (found.end_lineno or 0) - found.lineno + 1) > LONGEST_FUNCTION
    ]


def test_every_module_opens_with_one_sentence() -> None:
    def opening(tree: ast.Module) -> str:
        return (ast.get_docstring(tree) or "").split("\n\n")[0]

    assert not [name for name, tree in modules().items() if not opening(tree).endswith((".", ":"))]


def test_no_room_without_a_subject() -> None:
    places = [path for path in SOURCE.rglob("*") if path.suffix in {"", ".py"} and "web" not in path.parts]
    assert not [str(path.relative_to(SOURCE)) for path in places if path.stem in NO_ROOMS]


def test_sql_stands_in_stores_only() -> None:
    def speaks_sql(tree: ast.Module) -> list[int]:
        sentences = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in sentences]
        return [node.lineno for node in texts if isinstance(node.value, str) and SQL.search(node.value)]

    allowed = re.compile(r"(^|/)(\w+_)?store\.py$|^base/|^migrations/")
    assert not {
        name: lines for name, tree in modules().items() if not allowed.search(name) and (lines := speaks_sql(tree))
    }


def test_only_the_live_feed_and_the_doors_are_async() -> None:
    allowed = re.compile(r"^room/feed\.py$|^doors/|^base/")
    assert not [
        f"{name}:{found.lineno} {found.name}"
        for name, tree in modules().items()
        if not allowed.search(name)
        for found in functions(tree)
        if isinstance(found, ast.AsyncFunctionDef)
    ]


def test_nothing_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(lines, 1) if OF_A_MACHINE.search(line)]
    assert not found


def test_no_large_file_is_tracked() -> None:
    assert not [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > LARGEST_TRACKED]


def test_no_real_data_is_tracked(data_folder: Callable[[str], Path]) -> None:
    files = [path for path in data_folder(".").rglob("*") if path.is_file() and not path.name.startswith("LICENSE")]
    real = {path.stat().st_size: path for path in files}
    copies = [path for path in tracked() if path.stat().st_size and path.stat().st_size in real]
    found = [path for path in copies if _digest(path) == _digest(real[path.stat().st_size])]
    assert not [str(path) for path in found if not may_be_shipped(path)]


def may_be_shipped(path: Path) -> bool:
    """Whether a table is part of the package by its licence: the file LICENCES.txt beside it says which."""
    licences = path.with_name("LICENCES.txt")
    said = licences.read_text(encoding="utf-8").splitlines() if SOURCE in path.parents and licences.exists() else []
    return any(line.startswith(f"{path.name} ") for line in said)


def test_no_listed_person_is_named(data_folder: Callable[[str], Path]) -> None:
    listed: dict[str, set[tuple[str, ...]]] = {}
    for edition in data_folder("screening").glob("sdn_*.csv"):
        for row in csv.reader(edition.read_text(encoding="utf-8", errors="replace").splitlines()):
            if len(row) > 2 and row[2].strip() == "individual" and "," in row[1]:
                family, _, given = row[1].partition(",")
                for name in (tuple(WORD.findall(f"{given} {family}")), tuple(WORD.findall(f"{family} {given}"))):
                    folded = tuple(word.casefold() for word in name)
                    if len(folded) > 2:  # two words may be anybody's
                        listed.setdefault(folded[0], set()).add(folded)
    assert not [f"{path.relative_to(ROOT)}: {name}" for path in tracked() for name in _names_in(path, listed)]


def test_every_route_declares_who_may_call_it() -> None:
    if not find_spec("tripoint.doors.http"):
        pytest.skip("there is no door yet")
    from tripoint.access.model import Act
    from tripoint.base.settings import Settings
    from tripoint.doors.http import make_app

    nowhere = "postgresql+psycopg://nobody@/nothing"  # making the application connects to nothing
    routes = list(all_routes(make_app(Settings(), nowhere, nowhere).routes))
    assert len(routes) > 20
    undeclared = [
        f"{sorted(getattr(route, 'methods', None) or [])} {path}"
        for route in routes
        if (path := getattr(route, "path", "?")) not in WITHOUT_ACT
        and not isinstance(getattr(getattr(route, "endpoint", None), "act", None), Act)
    ]
    assert not undeclared, f"Routes without an act: {undeclared}"


def test_every_table_is_explained() -> None:
    made = {
        name
        for path in (SOURCE / "migrations" / "sql").glob("*.sql")
        for name in re.findall(r"^create table (\w+)", path.read_text(), re.MULTILINE)
    }
    explained = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "data.md").read_text()))
    assert made
    assert made - explained == set(), "docs/data.md must say who sees these, and for how long"


def test_all_languages_say_the_same_things() -> None:
    catalogues = {path.stem: messages(path) for path in sorted(CATALOGUES.glob("*.ftl"))}
    assert {"en", "es"} <= catalogues.keys()
    english = catalogues.pop("en")
    assert english
    for language, said in catalogues.items():
        assert english.keys() - said.keys() == set(), f"{language} lacks these"
        assert said.keys() - english.keys() == set(), f"{language} has these beyond English"
        different = {name for name, values in english.items() if not said[name] <= values}
        assert not different, f"{language} asks for values nobody gives"


def all_routes(routes: Iterable[object]) -> Iterator[object]:
    """The routes themselves, those of included routers among them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        yield from all_routes(inner.routes) if inner else [route]


def messages(path: Path) -> dict[str, frozenset[str]]:
    """The message ids of a catalogue, each with the values it needs; fails where a line cannot be read."""
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    unread = [entry.content for entry in resource.body if isinstance(entry, fluent.Junk)]
    assert not unread, f"{path.name} cannot be read at: {unread[0]}"
    return {
        entry.id.name: frozenset(re.findall(r"\$([\w-]+)", path.read_text()[entry.span.start : entry.span.end]))
        for entry in resource.body
        if isinstance(entry, fluent.Message | fluent.Term) and entry.span
    }


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def _names_in(path: Path, listed: dict[str, set[tuple[str, ...]]]) -> Iterator[str]:
    words = [word.casefold() for word in WORD.findall(path.read_text(encoding="utf-8", errors="replace"))]
    for place, word in enumerate(words):
        for name in listed.get(word, ()):
            if tuple(words[place : place + len(name)]) == name:
                yield " ".join(name)
