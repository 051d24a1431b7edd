"""The nouns of retention: what comes due, what was erased, what is recalled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tripoint.records.model import RecordKind


class Why(StrEnum):
    """Why a record was erased."""

    RETENTION = "retention"  # its time was over
    OWNER = "owner"  # its owner needs it no longer
    SUBJECT = "subject"  # the person it is about asked for it, and was right


@dataclass(frozen=True, slots=True)
class Due:
    """A record of the own party whose time runs out within six months, without its content."""

    id: UUID
    kind: RecordKind
    set_id: UUID
    set_name: str
    version: int
    retain_until: date


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is left of an erased record of the own party: the proof that it went."""

    record: UUID
    kind: str  # of record, or of a report from the field
    version: int
    digest: str  # hexadecimal SHA-256 of the whole row as it last stood
    why: Why
    reason: str | None
    erased_at: datetime
    erased_by: UUID | None


@dataclass(frozen=True, slots=True)
class Recall:
    """A word to a party that was told of an erased record: what it kept of it is to go too."""

    id: UUID
    record: UUID
    kind: str  # of record, or of a report from the field
    owner: str  # code
    party: str  # code: who was told
    raised_at: datetime
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Renewed:
    """A record as it stands after its renewal."""

    id: UUID
    kind: RecordKind
    version: int
    retain_until: date
