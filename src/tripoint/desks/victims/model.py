"""The nouns of the victims' desk: the pathway to protection, its steps and clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.words.referral import Step


class Unit(StrEnum):
    """What a target counts in. Working days are Monday to Friday, in UTC."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Target:
    """How soon a step is to follow the one before it: 0 to 3650 units."""

    child: bool
    step: Step
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Pathway:
    """Where one victim stands. `due_at` is when the next step should be taken; None once it is closed."""

    occurrence: UUID
    operation: UUID
    child: bool
    step: Step
    since: datetime
    due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    line: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """A step as somebody records it, with what the step needs: the service, the guardian's part, the deciding body."""

    step: Step
    at: datetime | None = None
    service: str | None = None
    consented: bool | None = None
    guardian: bool | None = None
    best_interests: bool | None = None
    decided_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step as it was taken; `late` says that it came after its time."""

    number: int
    step: Step
    at: datetime
    by_officer: UUID
    service: str | None
    noted: dict[str, Any]
    due_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How one step kept its time in the own party: how often it was taken, and how often late."""

    step: Step
    child: bool
    taken: int
    late: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class Case:
    """A victim's report as it is counted or leaves: its values, never identity unless it was opened for that."""

    occurrence: UUID
    version: int
    happened_at: datetime
    party: str  # code
    age_group: str
    values: dict[str, Any] = field(repr=False)
