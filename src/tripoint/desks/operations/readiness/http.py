"""The route of readiness; who has not reported is told by whoever wires the desks together."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.operations.readiness import work


class PartyReadyShown(BaseModel):
    party: str
    officers: int
    with_own_factor: int
    devices: int
    keys: bool
    seen_at: datetime | None


class ListReadyShown(BaseModel):
    owner: str
    name: str
    kind: str
    as_of: datetime | None
    records: int | None


class PostReadyShown(BaseModel):
    post: UUID
    name: str
    party: str
    hotspot: bool
    wanted: int
    standing: int


class MissingShown(BaseModel):
    party: str
    agency_name: str | None
    day: date
    due_at: datetime


class ReadinessAnswer(BaseModel):
    """Lines about parties are of the own one; for the coordinator of all."""

    as_of: datetime
    enrolled: int
    parties: list[PartyReadyShown]
    lists: list[ListReadyShown]
    posts: list[PostReadyShown]
    missing: list[MissingShown]


def routes_for(reporting: work.AsksReporting) -> Routes:
    """The route, with who tells how daily reports stand."""
    routes = Routes("/api/operations", "operations")

    @routes.get("/{which}/readiness", Act.READ_READINESS)
    def readiness(visit: Visit, which: UUID) -> ReadinessAnswer:
        """Who is set up, which lists are loaded and how fresh, which posts are manned, who has not reported."""
        return ReadinessAnswer.model_validate(work.readiness(visit, which, reporting), from_attributes=True)

    return routes
