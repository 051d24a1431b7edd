"""The nouns of the audit of books: tables, recipes, findings, rows that could not be taken, faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Value = int | float | str
Tell = Callable[[str, int, int], None]  # the step in words, how much of it is done, of how much


class Book(StrEnum):
    """What a file of the books holds; the tables that recipes read bear these names."""

    ACQUISITION = "acquisition"
    DISPOSITION = "disposition"
    LICENSEE = "licensee"
    INSPECTION = "inspection"
    STOCK = "stock"
    PERMIT = "permit"
    MANIFEST = "manifest"
    THEFT = "theft"
    RECOVERY = "recovery"
    TOWN = "town"


class Order(StrEnum):
    """How the dates of a file are written."""

    ISO = "year-month-day"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A choice of a recipe: its default, the unit in words, and what it means."""

    name: str
    default: Value
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One rule: what it says in a sentence, what it needs, and the two questions it asks.

    `findings` gives rows (dealer, subject, rows, score, fact); `base` one number: how many things of `unit` could have
    been found. `people` marks rules that may meet lawful buyers, which want more care.
    """

    number: int
    name: str
    version: int
    sentence: str
    caution: str
    unit: str
    evidence: str
    needs: tuple[Book, ...]
    people: bool
    parameters: tuple[Parameter, ...]
    base: str
    findings: str

    def values(self, chosen: Mapping[str, Value]) -> dict[str, Value]:
        """The parameters with what was chosen for this rule (`name`), the rest at their defaults."""
        return {one.name: chosen.get(one.name, one.default) for one in self.parameters}


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often a rule is met at all: `found` of `of` things of `unit`."""

    found: int
    of: int
    unit: str

    @property
    def rate(self) -> float:
        """Between 0 and 1; 0 where nothing could have been found."""
        return self.found / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row that a finding rests on: file and row (1 is the heading, as a spreadsheet counts), and what it is about."""

    file: str
    line: int
    book: str
    serial: str | None = None
    make: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a recipe found: an indicator to look into. `score` from 0 to 1 orders what to look at first."""

    recipe: Recipe
    parameters: Mapping[str, Value]
    dealer: str
    subject: str
    fact: str
    score: float
    rows: tuple[Evidence, ...]
    base: BaseRate

    def as_line(self) -> dict[str, Any]:
        """The finding as one JSON object."""
        return {
            "rule": self.recipe.number, "name": self.recipe.name, "version": self.recipe.version,
            "sentence": self.recipe.sentence, "parameters": dict(self.parameters), "dealer": self.dealer,
            "subject": self.subject, "fact": self.fact, "score": round(self.score, 4),
            "rows": [{name: value for name in ("file", "line", "book", "serial", "make", "day")
                      if (value := getattr(row, name)) is not None} for row in self.rows],
            "base_rate": {"found": self.base.found, "of": self.base.of, "unit": self.base.unit,
                          "rate": round(self.base.rate, 8)},
            "caution": self.recipe.caution, "status": "indicator: a person decides",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was kept out, and why; the rest of its file was taken."""

    file: str
    line: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file of the books: as what it was read, by which columns, how many rows were taken and kept out."""

    name: str
    book: Book | None
    columns: Mapping[str, str]  # ours: the file's
    left: tuple[str, ...]  # columns of the file that nothing reads
    guessed: bool
    order: Order
    sure: bool  # False where days and months could be either way round
    rows: int = 0
    refused: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rule went: how often it was met, or why it was not asked."""

    recipe: Recipe
    base: BaseRate
    seconds: float
    missing: tuple[Book, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """A whole audit, beside the findings themselves."""

    files: tuple[TakenFile, ...]
    outcomes: tuple[Outcome, ...]
    dealers: tuple[tuple[str, int, int, float], ...]  # dealer, findings, rules met, highest score: those with most
    rows: int
    refused: int
    findings: int
    seconds: float
    losses: tuple[tuple[str, int, int, int, int], ...] = field(default=())  # dealer: acquired, sold, in stock, missing
