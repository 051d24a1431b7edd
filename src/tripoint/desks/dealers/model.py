"""The nouns of the dealers' desk: books handed in, licensees, inspections, indicators and their decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Scope(StrEnum):
    """How much of a stock was counted."""

    FULL = "full"
    SAMPLE = "sample"


class Measure(StrEnum):
    """What came of an inspection."""

    NONE = "none"
    WARN = "warn"
    SUSPEND = "suspend"
    CLOSE = "close"
    REFER = "refer"


class IndicatorState(StrEnum):
    """How far an indicator is: open until a person decides."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a book that was taken: its line, what it is about, and its cells by our columns."""

    line: int
    dealer: str | None
    serial: str | None
    make: str | None
    day: date | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file as it was handed in."""

    id: UUID
    name: str
    book: str
    columns: Mapping[str, str]
    dates: str


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that was kept out, and why."""

    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: rows new, rows known already, rows kept out; as what it was read."""

    book: str
    columns: Mapping[str, str]
    left: tuple[str, ...]
    dates: str
    sure: bool
    new: int
    known: int
    refused: tuple[RowRefused, ...]
    refused_in_all: int
    applied: bool


@dataclass(frozen=True, slots=True)
class LicenceState:
    """What a licence was from one day to another."""

    dealer: str
    state: str
    from_day: date
    to_day: date | None
    name: str
    town: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a dealer's firearms are by his books: acquired, disposed of, counted in stock, and in neither."""

    dealer: str
    name: str
    acquired: int
    disposed: int
    stock: int
    missing: int


@dataclass(frozen=True, slots=True)
class Item:
    """A firearm that was counted."""

    serial: str
    make: str


@dataclass(frozen=True, slots=True)
class Visited:
    """An inspection as it is handed in; the comparison with the book is the desk's."""

    dealer: str
    day: date
    scope: Scope
    items: tuple[Item, ...]
    seals: tuple[str, ...]
    violations: tuple[str, ...]
    action: Measure
    follow_up: date | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection with what its count says beside the book."""

    id: UUID
    dealer: str
    day: date
    scope: Scope
    counted: int
    matched: int
    missing: int
    unbooked: int
    seals: tuple[str, ...]
    violations: tuple[str, ...]
    action: Measure
    follow_up: date | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A lead that a rule gave, with its rows and how often the rule is met at all."""

    id: UUID
    rule: int
    version: int
    dealer: str
    subject: str
    fact: str
    score: float
    parameters: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    base: Mapping[str, Any]
    found_at: datetime
    state: IndicatorState
    reason: str | None
    decided_at: datetime | None
