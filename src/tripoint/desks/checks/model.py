"""The nouns of the checks desk: question, what it met, answer, hit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.engines.screening import FieldComparison, Grade, Reason
from tripoint.records.model import Action, Level
from tripoint.words.documents import DocumentReference
from tripoint.words.mrz import MachineReadableZone
from tripoint.words.people import PersonDescription
from tripoint.words.purposes import Purpose


class HitKind(StrEnum):
    """What kind of record a check met, and by what: a listed document, or the document of a listed person."""

    PERSON = "person"
    DOCUMENT = "document"
    PERSON_DOCUMENT = "person_document"
    VEHICLE = "vehicle"
    FIREARM = "firearm"


class HitState(StrEnum):
    """A hit is a lead until its owner confirms it."""

    NEW = "new"
    REFERRED = "referred"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    INCONCLUSIVE = "inconclusive"
    EXPIRED = "expired"


OPEN_STATES = frozenset({HitState.NEW, HitState.REFERRED})
DECISIONS = frozenset({HitState.CONFIRMED, HitState.NOT_CONFIRMED, HitState.INCONCLUSIVE})


class Urgency(StrEnum):
    """How soon the owner is asked to answer."""

    NORMAL = "normal"
    URGENT = "urgent"


class Outcome(StrEnum):
    """What became of it in the field."""

    ARREST = "arrest"
    REFUSED_ENTRY = "refused_entry"
    DOCUMENT_SEIZED = "document_seized"
    VEHICLE_SEIZED = "vehicle_seized"
    FIREARM_SEIZED = "firearm_seized"
    PERSON_LOCATED = "person_located"
    PERSON_PROTECTED = "person_protected"
    FALSE_POSITIVE = "false_positive"
    CLEARED = "cleared"
    NO_ACTION = "no_action"


# These say that nothing was done on the strength of the hit: they may be recorded before it is confirmed.
WITHOUT_CONFIRMATION = frozenset({Outcome.FALSE_POSITIVE, Outcome.CLEARED, Outcome.NO_ACTION})


class Side(StrEnum):
    """What a party is to a hit."""

    OWNER = "owner"
    ASKER = "asker"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class VehicleAsked:
    """A vehicle as the officer sees it; marks normalised."""

    vin: str | None = None
    plate: str | None = None
    country: str | None = None
    make: str | None = None


@dataclass(frozen=True, slots=True)
class FirearmAsked:
    """A firearm as the officer reads it; the serial normalised."""

    serial: str
    make: str | None = None
    model: str | None = None
    calibre: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One check: any of person, document, vehicle, firearm together. The id is made by the client."""

    id: UUID
    purpose: Purpose
    operation: UUID | None = None
    post: UUID | None = None
    latitude: float | None = None
    longitude: float | None = None
    device_time: datetime | None = None
    person: PersonDescription | None = None
    document: DocumentReference | None = None
    zone: MachineReadableZone | None = None
    vehicle: VehicleAsked | None = None
    firearm: FirearmAsked | None = None
    near: bool = False  # numbers of documents one slip away are wished for too

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it asks for: the kinds of sets that are searched."""
        named = {"person": self.person, "document": self.document, "vehicle": self.vehicle, "firearm": self.firearm}
        return tuple(kind for kind, part in named.items() if part is not None)


@dataclass(frozen=True, slots=True)
class Met:
    """A record that a check met, with all that is known of the meeting; what of it is told is decided later."""

    kind: HitKind
    record: UUID
    version: int
    owner: int
    level: Level
    grade: Grade
    score: float | None
    reasons: tuple[Reason, ...]
    comparison: tuple[FieldComparison, ...]
    asked: dict[str, Any]
    held: dict[str, Any]
    nature: str
    action: Action
    instructions: str | None = None
    protect: bool = False
    model: str = "marks-1"

    def at_level(self, level: Level) -> Met:
        """The same meeting, told at another level."""
        return replace(self, level=level)


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A list the asker may know of, and how fresh it is."""

    id: str
    name: str
    owner: str
    kind: str
    as_of: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """Lists told apart by being the very same object: to compare forty of them is a tenth of a check."""

    sets: tuple[KnownSet, ...]

    def __hash__(self) -> int:
        return id(self.sets)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.sets is self.sets


@dataclass(frozen=True, slots=True)
class Failed:
    """A part that could not be searched."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OwnerContact:
    """The party to ask."""

    number: int
    code: str
    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class Told:
    """One possible hit as the asker is told of it."""

    id: UUID
    met: Met
    state: HitState
    owner: OwnerContact


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker is told."""

    question: Question
    answered_at: datetime
    grade: Grade
    sets: tuple[KnownSet, ...]
    hits: tuple[Told, ...] = ()
    failed: tuple[Failed, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit as one party sees it: the header."""

    id: UUID
    check_id: UUID
    check_party: int
    kind: HitKind
    record: UUID
    record_version: int
    owner: OwnerContact
    asker: OwnerContact
    level: Level
    side: Side
    grade: Grade
    score: float | None
    state: HitState
    urgency: Urgency
    raised_at: datetime
    referred_at: datetime | None
    due_at: datetime
    decided_at: datetime | None
    outcome: Outcome | None
    operation: UUID | None
    post: dict[str, Any] | None
    nature: str | None
    action: Action
    protect: bool
    coordinator: int | None = None


@dataclass(frozen=True, slots=True)
class HitEvent:
    """One step in a hit's life."""

    at: datetime
    state: str
    party: str
    by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class HitFile:
    """A hit opened: what was asked beside what is held."""

    hit: Hit
    asked: dict[str, Any] | None = None
    held: dict[str, Any] | None = None
    comparison: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[dict[str, Any]] = field(default_factory=list)
    instructions: str | None = None
    model: str | None = None
    history: tuple[HitEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check in a list."""

    id: UUID
    asked_at: datetime
    post: UUID | None
    purpose: str
    kinds: tuple[str, ...]
    grade: str
    hits: int
    officer: str | None
    clock_apart: int | None = None  # seconds, where the device's time lay off by more than two minutes
