"""The routes of break-glass: open, list, close, judge. Reading what is open stands with the records."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from tripoint.access.break_glass import work
from tripoint.access.break_glass.model import Glass, Verdict
from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput

routes = Routes("/api/break-glass", "break-glass")
# A reason that says something: the owner will read it.
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=1000, pattern=r"^[^\x00]+$")]


class OpenBody(Body):
    """A hit, or the kind and id of a record that one's party may see; and why a life depends on it."""

    hit: UUID | None = None
    kind: Literal["person", "document", "vehicle", "firearm"] | None = None
    record: UUID | None = None
    reason: Why


class ReviewBody(Body):
    """The owner's verdict, in words too."""

    verdict: Verdict
    answer: Line


class GlassAnswer(BaseModel):
    id: UUID
    party: str
    by: str
    own: bool
    ours: bool
    kind: str
    record: UUID
    owner: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    review_due_at: datetime
    verdict: Verdict | None
    reviewed_at: datetime | None
    answer: str | None


class GlassesAnswer(BaseModel):
    opened: list[GlassAnswer]


@routes.post("", Act.BREAK_GLASS, status_code=201)
def break_glass(visit: Visit, body: OpenBody) -> GlassAnswer:
    """Open one record in an emergency, for four hours; its owner learns of it at once and judges it afterwards."""
    if (body.hit is None) == (body.kind is None or body.record is None):
        raise BadInput("Name a hit, or a record by kind and id.", field="hit", remedy="Name one of the two, not both.")
    return glass_answer(
        visit, work.open_record(visit, kind=body.kind, record=body.record, hit=body.hit, reason=body.reason)
    )


@routes.get("", Act.LIST_GLASSES)
def list_glasses(visit: Visit) -> GlassesAnswer:
    """What was opened by the own party's officers, and of the own party's records."""
    return GlassesAnswer(opened=[glass_answer(visit, glass) for glass in work.list_glasses(visit)])


@routes.delete("/{which}", Act.CLOSE_GLASS)
def close(visit: Visit, which: UUID) -> GlassAnswer:
    """Close what was opened, at once."""
    return glass_answer(visit, work.close(visit, which))


@routes.post("/{which}/review", Act.REVIEW_GLASS)
def review(visit: Visit, which: UUID, body: ReviewBody) -> GlassAnswer:
    """Say as the record's owner whether it was right to open it."""
    return glass_answer(visit, work.review(visit, which, body.verdict, body.answer))


def glass_answer(visit: Visit, glass: Glass) -> GlassAnswer:
    """What was opened, as either party sees it."""
    return GlassAnswer(
        id=glass.id, party=glass.party, by=glass.by_name, own=glass.officer == visit.officer.id,
        ours=glass.owner == visit.officer.party.code, kind=glass.kind, record=glass.record, owner=glass.owner,
        reason=glass.reason, opened_at=glass.opened_at, ends_at=glass.ends_at, closed_at=glass.closed_at,
        review_due_at=glass.review_due_at, verdict=glass.verdict, reviewed_at=glass.reviewed_at, answer=glass.answer,
    )  # fmt: skip
