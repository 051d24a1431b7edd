"""Items of a catalogue of requirements: in our own words, each with what proves it, or why not."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SECURITY = ROOT / "docs" / "security"
FIELDS = {"what", "tests", "code", "pages", "yours", "not_applicable", "open", "note"}
ALWAYS = re.compile(r"@pytest\.mark\.(?:skip|xfail|bench)\b(?!if)")
ANYWHERE = re.compile(r"\btests/[\w/]+\.py::\w+")


class Standing(StrEnum):
    """How an item stands."""

    PROVEN = "proven"
    PLACED = "placed"
    YOURS = "yours"
    NOT_APPLICABLE = "not applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement. `open` says what is missing; `yours` what the installation must do itself."""

    id: str
    what: str
    tests: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    yours: str = ""
    not_applicable: str = ""
    open: str = ""
    note: str = ""

    @property
    def standing(self) -> Standing:
        """Open before all else: a test that proves a part does not close an item."""
        if self.open:
            return Standing.OPEN
        if self.not_applicable:
            return Standing.NOT_APPLICABLE
        if self.tests:
            return Standing.PROVEN
        return Standing.YOURS if self.yours else Standing.PLACED

    def proof(self) -> str:
        """The cell that says what proves it."""
        said = [f"Not applicable: {self.not_applicable}"] if self.not_applicable else []
        said += [f"**Open:** {self.open}"] if self.open else []
        said += [" ".join(f"`{name}`" for name in (*self.tests, *self.code))] if self.tests or self.code else []
        said += [" ".join(f"[{Path(page).name}]({link(page)})" for page in self.pages)] if self.pages else []
        said += [f"Yours: {self.yours}"] if self.yours else []
        said += [self.note] if self.note else []
        return ". ".join(part.rstrip(".") for part in said)


def link(page: str) -> str:
    """A page of the repository as seen from docs/security."""
    if page.startswith("docs/security/"):
        return page.removeprefix("docs/security/")
    return f"../{page.removeprefix('docs/')}" if page.startswith("docs/") else f"../../{page}"


def load(path: Path) -> list[Item]:
    """The items of a table, in its order. Raises ValueError for a field that nobody knows."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return [item_of(name, values) for name, values in found.items()]


def item_of(name: str, values: Mapping[str, Any]) -> Item:
    """One item; lists become tuples."""
    if strange := set(values) - FIELDS:
        raise ValueError(f"{name}: {', '.join(sorted(strange))}")
    said: dict[str, Any] = {field: tuple(one) if isinstance(one, list) else one for field, one in values.items()}
    return Item(name, **said)


def counts(items: Iterable[Item]) -> Counter[Standing]:
    """How many stand how."""
    return Counter(item.standing for item in items)


def table(items: Iterable[Item]) -> Iterator[str]:
    """The rows of a page."""
    yield "| item | in our words | proof |"
    yield "| --- | --- | --- |"
    for item in items:
        yield f"| {item.id} | {item.what} | {item.proof()} |"


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a file."""
    return tuple(path.read_text(encoding="utf-8").splitlines())


def marks_of(path: Path, function: str) -> str | None:
    """What stands above a function's `def`, its decorators among it; None where there is no such function."""
    lines = lines_of(path)
    for place, line in enumerate(lines):
        if re.match(rf" *(?:async )?def {function}\(", line):
            above = itertools.takewhile(lambda one: one.strip(), reversed(lines[:place]))
            return "\n".join(above)
    return None


def missing_test(name: str) -> str | None:
    """Why a named test proves nothing: it is not there, is never collected, or is always skipped."""
    file, _, function = name.partition("::")
    path = ROOT / file
    if not path.is_file():
        return f"{name}: no such file"
    if not (path.name.startswith("test_") or path.name == "floors.py"):
        return f"{name}: the file is not collected"
    marks = marks_of(path, function)
    if marks is None or not function.startswith("test_"):
        return f"{name}: no such test"
    return f"{name}: is always skipped" if ALWAYS.search(marks) else None


def missing_place(name: str) -> str | None:
    """Why a named place in code is none: no such file, or the name after `::` is not in it."""
    file, _, within = name.partition("::")
    path = ROOT / file
    if not path.exists():
        return f"{name}: no such file"
    if within and not re.search(rf"(?<!\w){re.escape(within)}(?!\w)", "\n".join(lines_of(path))):
        return f"{name}: not in the file"
    return None


def faults(items: Iterable[Item]) -> list[str]:
    """What is wrong with the references of these items."""
    found: list[str | None] = []
    for item in items:
        found += [missing_test(name) for name in item.tests]
        found += [missing_place(name) for name in item.code]
        found += [missing_place(page.partition("#")[0]) for page in item.pages]
        says = item.tests or item.code or item.pages or item.yours or item.not_applicable or item.open
        found += [] if says and item.what else [f"{item.id}: says nothing"]
        found += [f"{item.id}: open and not applicable"] if item.open and item.not_applicable else []
    return [fault for fault in found if fault]
