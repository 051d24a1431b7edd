"""The nouns of what is reported from the field: occurrences, their states and links, and how they are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.records.model import Audience

Json = dict[str, Any]


class OccurrenceKind(StrEnum):
    """What happened. Whoever was detected, harmed or interviewed is no suspect: each is a type of its own."""

    DETECTION = "detection"
    VICTIM = "victim"
    ARREST = "arrest"
    SEIZURE = "seizure"
    FREEZE = "freeze"
    GROUP = "group"
    INVESTIGATION = "investigation"
    INCIDENT = "incident"
    INTERVIEW = "interview"
    NOTICE_REQUEST = "notice_request"
    RECOVERY = "recovery"


TO_PROTECT = frozenset({OccurrenceKind.DETECTION, OccurrenceKind.VICTIM, OccurrenceKind.INTERVIEW})


class State(StrEnum):
    """How sure a report is. What is withdrawn stays to be seen and counts nowhere."""

    PRELIMINARY = "preliminary"
    CONFIRMED = "confirmed"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


class Relation(StrEnum):
    """How one occurrence stands to another, to a hit or to a record."""

    LED_BY = "led_by"
    MEMBER_OF = "member_of"
    AGAINST = "against"
    FOUND_WITH = "found_with"
    PART_OF = "part_of"
    TRAVELLED_WITH = "travelled_with"
    SAME_PERSON_AS = "same_person_as"
    CONCERNS = "concerns"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is named: to an occurrence's kind, `hit`, or a record's kind, and its id."""

    relation: Relation
    to_kind: str
    to_id: UUID


@dataclass(frozen=True, slots=True)
class Filing:
    """What an officer reports. `id` is made by the client and stays the same at every attempt.

    `values` are the answers to the form of the kind, as JSON values or as text. Audiences left out: the operation for
    the line, and for the body too, except of victims, detections and interviews, whose body stays with the own party.
    What several parties achieved together bears one `joint`, by habit the id of the first of them, and counts once.
    """

    id: UUID
    kind: OccurrenceKind
    operation: UUID
    happened_at: datetime
    values: Json = field(repr=False)
    post: UUID | None = None
    agency: UUID | None = None
    line_audience: Audience | None = None
    body_audience: Audience | None = None
    links: tuple[Link, ...] = ()
    joint: UUID | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence as one reader finds it: its line. `readable` says whether its body is open to him too."""

    id: UUID
    kind: OccurrenceKind
    owner: str  # code
    operation: UUID
    post: UUID | None
    agency: UUID | None
    happened_at: datetime
    state: State
    version: int
    line: Json
    filed_at: datetime
    changed_at: datetime
    joint: UUID | None
    readable: bool


@dataclass(frozen=True, slots=True)
class Custody:
    """One entry of the chain of custody of a seized item. `digest` covers it and the entry before."""

    id: UUID
    number: int
    item: int
    at: datetime
    act: str
    by_officer: str
    seal: str | None
    place: str
    remarks: str
    digest: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An occurrence opened: what of it the reader's classes show. `sealed` are the fields that stay closed."""

    occurrence: Occurrence
    body: Json | None
    facilitator: Json | None
    links: tuple[Link, ...]
    sealed: tuple[str, ...]
    custody: tuple[Custody, ...]
    custody_whole: bool  # whether each entry's digest is what it should be
    own: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an occurrence, for its owner. `reason` is why it was changed to this."""

    version: int
    state: State
    happened_at: datetime
    line: Json
    body: Json
    reason: str | None
    changed_at: datetime
    changed_by: UUID | None
    facilitator: Json | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which lines are looked for. `fields` are codes by field of the line; `after` is the last one already seen."""

    operation: UUID | None = None
    party: str | None = None
    post: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    state: State | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    after: UUID | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Correction:
    """A new version of what was reported, and why. Sealed values that are left out stay as they are."""

    values: Json = field(repr=False)
    reason: str
    happened_at: datetime | None = None
    post: UUID | None = None
    version: int | None = None  # the one it was made from, where the client knows it
