"""The nouns of recovered firearms: one of them, its marks, its steps, and a meeting as one party sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.words.firearms.recovery import Step, StepState

Json = dict[str, Any]


class MeetingState(StrEnum):
    """What became of a meeting; its listing owner says."""

    POSSIBLE = "possible"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


class Side(StrEnum):
    """Which of the two firearms is the reader's own."""

    RECOVERED = "recovered"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Recovered:
    """A recovered firearm as its readers may see it; `facts` are its columns by name."""

    id: UUID
    owner: str  # code
    operation: UUID
    happened_at: datetime
    state: str
    version: int
    facts: Json


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """One mark of a firearm: where it stands, as it was read, and position by position."""

    id: UUID
    kind: str
    place: str | None
    raw: str
    script: str
    readings: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class StepSaid:
    """How far one of the nine steps is, by the newest word on it; `number` counts the words, 0 for none."""

    step: Step
    state: StepState
    note: str
    by_officer: str
    at: datetime | None
    number: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a recovered and a listed firearm, as one party sees it.

    `content` is what the other's terms let it learn: nothing more at `pointer`, the firearm and the reasons at `full`.
    """

    id: UUID
    side: Side
    own: UUID
    other_party: str  # code
    other_contact: str
    level: str
    score: float
    content: Json
    state: MeetingState
    made_at: datetime
    decided_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of recovered firearms is narrowed to; None asks for all."""

    operation: UUID | None = None
    type: str | None = None
    make_id: str | None = None
    bore_family: str | None = None
    calibre_id: str | None = None
    marked_status: str | None = None
    acquired_by: str | None = None
    party: str | None = None
    after: UUID | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """A recovered and a listed mark that may be one: what is known of both, and what each owner may learn."""

    recovered: UUID
    recovered_owner: int
    recovered_party: str
    reading: str
    asked: Json  # make, model, calibre, type, year of the recovered firearm
    recovered_level: str  # what the listing party may learn of the recovery
    listed: UUID
    listed_owner: int
    listed_party: str
    normal: str
    raw: str
    listed_level: str  # what the recovering party may learn of the listed record
