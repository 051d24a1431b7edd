"""The nouns of what parties hold: records, their terms of sharing, and the sets they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tripoint.words.documents import DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.grades import Grading
from tripoint.words.people import PersonDescription, PersonStatus, Sex
from tripoint.words.purposes import Purpose
from tripoint.words.vehicles import VehicleStatus


class RecordKind(StrEnum):
    """What a record is about."""

    PERSON = "person"
    DOCUMENT = "document"
    VEHICLE = "vehicle"
    FIREARM = "firearm"


class Level(StrEnum):
    """What another party's check may meet of a record."""

    NOTHING = "nothing"
    BLIND = "blind"  # only the owner learns of it
    POINTER = "pointer"  # the asker learns owner and contact
    FULL = "full"  # the asker learns what the record says


class AudienceKind(StrEnum):
    """Whom a record is released to."""

    OWN = "own"
    PARTIES = "parties"
    OPERATION = "operation"
    EVERYONE = "everyone"  # every party of this hub


@dataclass(frozen=True, slots=True)
class Audience:
    """A choice of parties. The owner always belongs to it."""

    kind: AudienceKind = AudienceKind.OWN
    parties: tuple[str, ...] = ()  # party codes, with kind PARTIES
    operation: UUID | None = None  # with kind OPERATION
    barred: tuple[str, ...] = ()  # parties left out whatever the kind


OWN_ONLY = Audience()


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms on which a party shares a record: who may read it, what checks may meet of it, how it may be used."""

    readers: Audience = OWN_ONLY
    meeting: Audience = OWN_ONLY  # whose checks may meet it at all
    level: Level = Level.FULL  # and what they then learn; within `readers` too
    grading: Grading = field(default_factory=Grading)
    purpose: Purpose = Purpose.INVESTIGATION
    break_glass: bool = False  # whether a pointer may be opened in an emergency (access/break_glass)


class NoticeColour(StrEnum):
    """Why a person is listed, in the colours of the field; `list` is a public or national list without a colour."""

    RED = "red"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    BLACK = "black"
    ORANGE = "orange"
    PURPLE = "purple"
    SILVER = "silver"
    UN_SPECIAL = "un_special"
    LIST = "list"


class Action(StrEnum):
    """What the owner asks the officer to do on a hit."""

    ASK_OWNER = "ask_owner"
    DETAIN_AND_CALL = "detain_and_call"
    LOCATE_ONLY = "locate_only"
    SEIZE_DOCUMENT = "seize_document"
    SEIZE_ITEM = "seize_item"
    PROTECT = "protect"


@dataclass(frozen=True, slots=True)
class Notice:
    """The reason a person is listed."""

    colour: NoticeColour
    reference: str | None = None
    issuer: str | None = None  # as published: a country code, or a body's own code
    charges: tuple[str, ...] = ()
    action: Action = Action.ASK_OWNER
    issued: date | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person a party holds on a list."""

    source_key: str  # the list's own reference: one per person within a set
    status: PersonStatus
    description: PersonDescription
    notices: tuple[Notice, ...] = ()
    birth_places: tuple[str, ...] = ()
    marks: str | None = None
    instructions: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """A listed travel document; only its issuing country adds one, and the holder is never named."""

    number: str  # normalised, see words.documents
    issuer: str
    type: DocumentType
    status: DocumentStatus
    reported: date | None = None
    circumstances: str | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A listed vehicle: by identification number, by plate and country, or both."""

    status: VehicleStatus
    vin: str | None = None
    plate: str | None = None
    country: str | None = None
    make: str | None = None
    model: str | None = None
    colour: str | None = None
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Firearm:
    """A listed firearm. `illicit` are codes of grounds (words/firearms/recovery.py), parted by commas.

    `recheck` is the day on which its owner looks again whether it still belongs on the list.
    """

    status: FirearmStatus
    serial: str
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    country: str | None = None
    reported: date | None = None
    type: str | None = None
    made_in: int | None = None
    importer: str | None = None
    import_country: str | None = None
    import_year: int | None = None
    illicit: str | None = None
    other_marks: str | None = None
    event_date: date | None = None
    event_place: str | None = None
    case_reference: str | None = None
    recheck: date | None = None


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """A person of whom it is not told who it is.

    It has no names, so that no code can show them by accident: what would read them does not pass the type check.
    `hidden` are the fields left out. Where they are sealed, `sealed_at` is the version they were sealed at; where it is
    None they stand in the record and are only not shown.
    """

    source_key: str
    status: PersonStatus
    nationalities: tuple[str, ...] = ()
    sex: Sex | None = None
    notices: tuple[Notice, ...] = ()  # without charges and remarks
    instructions: str | None = None
    hidden: tuple[str, ...] = ()
    sealed_at: int | None = None


Listed = Person | TravelDocument | Vehicle | Firearm  # as a list has it, nothing hidden
Content = Listed | MaskedPerson


@dataclass(frozen=True, slots=True)
class RecordSet:
    """A named list of one party, as fresh as its last edition."""

    id: UUID
    name: str
    kind: RecordKind
    owner: str
    as_of: datetime | None
    records: int | None  # known to the owner only


@dataclass(frozen=True, slots=True)
class Held:
    """A record as one reader finds it: header and content."""

    id: UUID
    kind: RecordKind
    owner: str
    version: int
    changed_at: datetime
    ended_at: datetime | None
    retain_until: date
    terms: Terms | None  # shown to the owner only
    grading: Grading  # goes with the content wherever it goes
    purpose: Purpose
    content: Content
    masked: bool = False
    merged_into: UUID | None = None  # the record that stayed, where two were found to be one person


@dataclass(frozen=True, slots=True)
class Revision:
    """One earlier or present state of a record, for its owner."""

    version: int
    changed_at: datetime
    changed_by: UUID | None
    act: str
    content: dict[str, object]
