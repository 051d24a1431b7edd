"""The nouns of the results desk: measures, questions, figures, sheets and former editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

UNKNOWN = "unknown"  # the value of a dimension where nothing was said


class Unit(StrEnum):
    """What is counted. Values of unlike units are never added, compared or divided."""

    DATABASE_CHECKS = "database_checks"
    PERSONS = "persons"
    DOCUMENTS = "documents"
    VEHICLES = "vehicles"
    FIREARMS = "firearms"
    PARCELS = "parcels"
    PREMISES = "premises"
    HITS = "hits"
    ARRESTS = "arrests"
    VICTIMS = "victims"
    MIGRANTS = "migrants"
    NATIONALITIES = "nationalities"
    PIECES = "pieces"
    US_DOLLARS = "us_dollars"
    FREEZES = "freezes"
    GROUPS = "groups"
    INVESTIGATIONS = "investigations"
    INCIDENTS = "incidents"
    NOTICES = "notices"
    INTERVIEWS = "interviews"
    PARTIES = "parties"
    KILOGRAMS = "kilograms"
    ROUNDS = "rounds"
    MODI = "modi"


class Table(StrEnum):
    """Where the records of a measure stand."""

    CHECKS = "checks"
    HITS = "hits"
    OCCURRENCES = "occurrences"
    PARTICIPATIONS = "participations"
    MODI = "modi"


class Reckoning(StrEnum):
    """How records become a value."""

    COUNT = "count"
    DISTINCT = "distinct"  # how many different values a field has
    SUM = "sum"
    MEDIAN = "median"


class Rule(StrEnum):
    """What may be published of a measure: everything, or nothing about few people."""

    EXACT = "exact"
    MIGRANTS = "migrants"
    VICTIMS = "victims"


class Qualifier(StrEnum):
    """How exactly a value is meant."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    NEARLY = "nearly"


class Status(StrEnum):
    """How settled a figure is."""

    PRELIMINARY = "preliminary"
    CONFIRMED = "confirmed"
    FINAL = "final"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts, as data. A change of any of it is a new `version`.

    `where` names fields of the record and the codes each may have; `items` is the category of a seizure's items whose
    `amount` is summed. `per` names the measures it may be divided by; `within` the measure that it is a part of.
    """

    name: str
    unit: Unit
    table: Table
    kind: str | None = None  # of occurrence
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reckoning: Reckoning = Reckoning.COUNT
    amount: str | None = None
    items: str | None = None
    dimensions: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    within: str | None = None
    rule: Rule = Rule.EXACT
    version: int = 1

    @property
    def definition(self) -> str:
        """The id of its definition in the catalogues."""
        return f"measure-{self.name.replace('_', '-')}-definition"


@dataclass(frozen=True, slots=True)
class Query:
    """What a figure asks, and what opens its records: the very same. `until` is not included."""

    measure: Measure
    operation: UUID
    since: datetime | None = None
    until: datetime | None = None
    filters: tuple[tuple[str, str], ...] = ()  # dimension and code
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSet:
    """Which records were counted: how many, and SHA-256 over their ids (16 bytes) and versions (4 bytes), by id."""

    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of an answer: the codes of its dimensions, the value, and what it was counted from.

    `joint` records were not counted again, since another party's stands for the same event; of `unknown` records the
    field that matters was not said; `open` ones are still preliminary; `final` ones cannot change any more.
    """

    codes: tuple[str, ...]
    value: float
    records: RecordSet
    joint: int = 0
    unknown: int = 0
    open: int = 0
    final: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that can be opened, with everything that says how it came about."""

    measure: Measure
    codes: Mapping[str, str]
    value: float
    status: Status
    as_of: datetime
    records: RecordSet
    unknown_share: float | None
    joint: int
    since: datetime | None = None
    until: datetime | None = None
    qualifier: Qualifier = Qualifier.EXACT
    parts: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record that a figure counts, as far as it may be counted: codes and numbers, no person."""

    id: UUID
    kind: str
    party: str
    post: UUID | None
    at: datetime | None
    state: str
    version: int
    counted: bool  # False: another party's record of the same event stands for it
    amount: float | None
    line: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Foot:
    """Whether parts add up to their total, and if not, why."""

    total: str
    by: str
    expected: float
    found: float
    reason: str | None  # of: joint, overlapping, unknown_party; None where nothing explains it

    @property
    def agrees(self) -> bool:
        """Whether the parts are the total."""
        return self.expected == self.found


@dataclass(frozen=True, slots=True)
class Return:
    """What a party declared for a measure in its daily reports, beside what its records count."""

    party: str
    measure: str
    declared: float
    counted: float
    missing_days: int

    @property
    def reason(self) -> str:
        """Why the two differ: reports are missing, records are missing, or came after the report."""
        if self.declared == self.counted:
            return "agree"
        if self.missing_days:
            return "returns_missing"
        return "records_missing" if self.counted < self.declared else "records_later"


@dataclass(frozen=True, slots=True)
class MissingReturn:
    """Days for which a party has sent no daily report."""

    party: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A small number to be published by name all the same: two people decide, with a reason."""

    table: str
    code: str
    reason: str


class SheetKind(StrEnum):
    """What a sheet says of itself."""

    PRELIMINARY = "preliminary"
    FINAL = "final"


class SheetState(StrEnum):
    """A sheet waits for its second person, is published for ever, or was turned down."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One revision of an operation's results. `content` is canonical JSON (RFC 8785), `digest` its SHA-256."""

    id: UUID
    operation: UUID
    owner: str
    kind: SheetKind
    state: SheetState
    revision: int
    revises: UUID | None
    reason: str
    content: str
    digest: str
    exceptions: tuple[Exceptional, ...]
    drafted_by: UUID
    drafted_by_name: str
    drafted_at: datetime
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A value of a former edition, as it was said. `kind` tells how checks were counted; otherwise empty."""

    value: float
    qualifier: Qualifier
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A former operation with the figures that were published of it, and where."""

    name: str
    edition: str
    family: str
    start: str
    end: str
    hub: str
    sources: tuple[str, ...]
    values: Mapping[str, Reported] = field(default_factory=dict)
    ranking: tuple[str, ...] = ()  # nationalities as they were named, first the largest group


def rounded(value: float) -> float:
    """A value as figures show it: whole where it is whole, else to the cent."""
    cents = round(float(value), 2)
    return int(cents) if cents == int(cents) else cents
