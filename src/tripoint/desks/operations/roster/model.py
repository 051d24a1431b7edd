"""The nouns of rosters: shifts, spans without names, and gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """Where shifts are stood: a post or a hub, its party or host, its time, and how many are wanted there."""

    id: UUID
    name: str
    party: str | None  # code
    time_zone: str
    officers_wanted: int = 0
    is_post: bool = True
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """One officer's time at one place; times in UTC, shown in the place's own time."""

    id: UUID
    officer: UUID
    officer_name: str
    place: UUID
    starts_at: datetime
    ends_at: datetime
    cancelled: bool = False
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift as it is written: times with an offset, or without one in the place's own time."""

    id: UUID
    officer: UUID
    place: UUID
    starts: datetime
    ends: datetime
    cancelled: bool = False
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """That somebody stands somewhere for a time, of whatever party: no name and no id."""

    place: UUID
    party: str  # code
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """A time at which fewer stand at a place than are wanted there."""

    place: UUID
    starts_at: datetime
    ends_at: datetime
    standing: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Roster:
    """What one may know of who stands where between two moments."""

    begins: datetime
    ends: datetime
    places: tuple[Place, ...]
    shifts: tuple[Shift, ...]  # the own party's
    spans: tuple[Span, ...]
    gaps: tuple[Gap, ...]
    officers: tuple[tuple[UUID, str], ...] = ()  # whom the reader may roster: id and name
