"""The nouns of the situation desk: a day's report, when it is due, and how it stands against what was filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID


class ReportState(StrEnum):
    """How far the party stands by its figures."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """How a day's report stands to its due time."""

    SENT = "sent"
    LATE = "late"  # sent, after it was due
    MISSING = "missing"
    OPEN = "open"  # not due yet


class Measure(StrEnum):
    """What a party declares for a day. Units of checks are apart and never added up."""

    CHECKS_DATABASE = "checks_database"
    CHECKS_PERSONS = "checks_persons"
    CHECKS_DOCUMENTS = "checks_documents"
    CHECKS_VEHICLES = "checks_vehicles"
    CHECKS_FIREARMS = "checks_firearms"
    HITS = "hits"
    ARRESTS = "arrests"
    ARRESTS_OTHER_CRIMES = "arrests_other_crimes"
    VICTIMS_POTENTIAL = "victims_potential"
    VICTIMS_IDENTIFIED = "victims_identified"
    VICTIMS_CHILDREN = "victims_children"
    DETECTIONS = "detections"
    SEIZURES = "seizures"
    FREEZES = "freezes"
    GROUPS_DISRUPTED = "groups_disrupted"
    INVESTIGATIONS = "investigations"
    INCIDENTS = "incidents"
    NOTICES_REQUESTED = "notices_requested"
    INTERVIEWS = "interviews"


Figures = Mapping[Measure, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What reports an operation asks for: by what local time of each party, for which days, of whom.

    Its days are those of its own calendar, the same for all; each party reports for them by its own clock.
    """

    operation: UUID
    coordinator: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    due: time | None  # None: no reports are asked for, though they may be sent
    shares: bool
    reporters: tuple[Reporter, ...]


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who sends a report: a party, or one of its services; and the time zone of its day."""

    party: int
    time_zone: str
    agency: UUID | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """One report that is due."""

    party: int
    agency: UUID | None
    day: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """That a report was sent."""

    party: int
    agency: UUID | None
    day: date
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class DayStanding:
    """How one expected report stands; `agency` is the name of the service."""

    party: str  # code
    agency: UUID | None
    agency_name: str | None
    day: date
    due_at: datetime
    standing: Standing
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A report as it is sent, under the id its client made."""

    id: UUID
    operation: UUID
    day: date
    figures: Figures
    remarks: str = ""
    agency: UUID | None = None
    state: ReportState = ReportState.PRELIMINARY


@dataclass(frozen=True, slots=True)
class Report:
    """A day's report as it stands."""

    id: UUID
    operation: UUID
    owner: str  # party code
    agency: UUID | None
    agency_name: str | None
    day: date
    due_at: datetime | None
    sent_at: datetime
    state: ReportState
    version: int
    figures: Figures
    remarks: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of a report, and why it was corrected."""

    version: int
    state: ReportState
    figures: Figures
    remarks: str
    reason: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of a party's day: declared, and counted from what was filed; None where nothing was said."""

    measure: Measure
    declared: int | None
    filed: int
