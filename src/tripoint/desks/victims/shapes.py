"""What goes over the wire at the victims' desk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tripoint.access.http import Body, Line
from tripoint.desks.victims.model import Move, Pathway, StepTaken, Target, Timeliness, Unit
from tripoint.desks.victims.rules import NEXT
from tripoint.records.shapes import Text
from tripoint.words.referral import Step


class MoveBody(Body):
    """The next step, and what it needs. `at` left out is now."""

    step: Step
    at: datetime | None = None
    service: Line | None = None
    consented: bool | None = None
    guardian: bool | None = None
    best_interests: bool | None = None
    decided_by: Line | None = None
    note: Text | None = None

    def move(self) -> Move:
        """The desk's own form."""
        return Move(**{name: getattr(self, name) for name in Move.__slots__})


class TargetBody(Body):
    """How soon a step is to follow the one before it."""

    child: bool
    step: Step
    amount: Annotated[int, Field(ge=0, le=3650)]
    unit: Unit

    def target(self) -> Target:
        """The desk's own form."""
        return Target(self.child, self.step, self.amount, self.unit)


class TargetsBody(Body):
    """The times to set; the others stay as they are."""

    targets: Annotated[tuple[TargetBody, ...], Field(min_length=1, max_length=40)]


class TargetAnswer(BaseModel):
    child: bool
    step: Step
    amount: int
    unit: Unit


class TargetsAnswer(BaseModel):
    targets: list[TargetAnswer]


class PathwayAnswer(BaseModel):
    """Where one victim stands; `line` is the report's, and tells nobody's identity."""

    id: UUID
    operation: UUID
    child: bool
    step: Step
    since: datetime
    due_at: datetime | None
    late: bool
    opened_at: datetime
    closed_at: datetime | None
    next: list[Step]
    line: dict[str, Any]


class QueueAnswer(BaseModel):
    pathways: list[PathwayAnswer]


class StepAnswer(BaseModel):
    number: int
    step: Step
    at: datetime
    by_officer: UUID
    service: str | None
    noted: dict[str, Any]
    due_at: datetime | None
    late: bool


class PathwayFileAnswer(BaseModel):
    """One pathway with every step taken."""

    pathway: PathwayAnswer
    steps: list[StepAnswer]


class TimelinessAnswer(BaseModel):
    step: Step
    child: bool
    taken: int
    late: int
    median_hours: float | None


class TimelinessesAnswer(BaseModel):
    steps: list[TimelinessAnswer]


class EntitiesAnswer(BaseModel):
    """Cases in the four entities of IC-TIP."""

    classification: Literal["IC-TIP"] = "IC-TIP"
    cases: list[dict[str, Any]]


def pathway_answer(pathway: Pathway, now: datetime) -> PathwayAnswer:
    """A pathway as it is shown at a moment."""
    late = pathway.due_at is not None and pathway.due_at < now
    return PathwayAnswer(
        id=pathway.occurrence, operation=pathway.operation, child=pathway.child, step=pathway.step,
        since=pathway.since, due_at=pathway.due_at, late=late, opened_at=pathway.opened_at,
        closed_at=pathway.closed_at, next=list(NEXT[pathway.step]), line=pathway.line,
    )  # fmt: skip


def file_answer(pathway: Pathway, steps: list[StepTaken], now: datetime) -> PathwayFileAnswer:
    """A pathway with its steps."""
    shown = [StepAnswer.model_validate(step, from_attributes=True) for step in steps]
    return PathwayFileAnswer(pathway=pathway_answer(pathway, now), steps=shown)


def targets_answer(targets: list[Target]) -> TargetsAnswer:
    """Times as they are shown."""
    return TargetsAnswer(targets=[TargetAnswer.model_validate(one, from_attributes=True) for one in targets])


def timeliness_answer(found: list[Timeliness]) -> TimelinessesAnswer:
    """How steps kept their time."""
    return TimelinessesAnswer(steps=[TimelinessAnswer.model_validate(one, from_attributes=True) for one in found])
