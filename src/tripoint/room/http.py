"""The room over HTTP: the live figures."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.room import work

routes = Routes("/api/room", "room")


class MinuteShown(BaseModel):
    """Checks in one minute."""

    at: datetime
    n: int


class ChecksCounted(BaseModel):
    """Checks: all, in the last hour, and by minute over it."""

    total: int
    last_hour: int
    per_minute: list[MinuteShown]


class PartyCounted(BaseModel):
    """One party's checks and the hits they raised."""

    code: str
    name: str
    checks: int
    hits: int


class PostCounted(BaseModel):
    """One post's checks and hits; `waiting` hits are not decided."""

    id: UUID
    name: str
    kind: str
    party: str
    latitude: float
    longitude: float
    checks: int
    hits: int
    waiting: int


class FiguresShown(BaseModel):
    """The live figures: only what the reader may know of is counted."""

    as_of: datetime
    checks: ChecksCounted
    hits: dict[str, int]
    parties: list[PartyCounted]
    posts: list[PostCounted]
    by_kind: dict[str, int]
    answer_minutes_p80: float | None


@routes.get("/figures", Act.READ_ROOM)
def figures(visit: Visit, operation: UUID | None = None) -> FiguresShown:
    """The live figures of one operation, or of everything the reader may know of."""
    found = work.figures(visit, operation)
    return FiguresShown(
        as_of=found.as_of,
        checks=ChecksCounted(
            total=found.totals["total"],
            last_hour=found.totals["last_hour"],
            per_minute=[MinuteShown(at=at, n=n) for at, n in found.per_minute],
        ),
        hits=found.hits,
        parties=[PartyCounted(**row) for row in found.parties],
        posts=[PostCounted(**row) for row in found.posts],
        by_kind={kind: found.totals[kind] for kind in ("document", "person", "vehicle", "firearm")},
        answer_minutes_p80=found.answer_minutes_p80,
    )
