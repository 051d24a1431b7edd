"""The live room over HTTP: the picture in parts, of which only the changed are sent, and what came in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Query, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, TypeAdapter

from tripoint.access.http import Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.room import rules, work
from tripoint.room.model import Kind, Wanted

routes = Routes("/api/room", "room")


class MinuteShown(BaseModel):
    """Checks in one minute."""

    at: datetime
    n: int


class ChecksShown(BaseModel):
    """Checks of the period, by what was asked about, and of the last sixty minutes one by one."""

    total: int
    last_hour: int
    per_minute: list[MinuteShown]
    by_kind: dict[str, int]


class HitsShown(BaseModel):
    """Hits of the period by state. `overdue` and `due_soon` wait now, whenever they were raised."""

    by_state: dict[str, int]
    waiting: int
    overdue: int
    due_soon: int  # within half an hour
    answer_minutes_p80: float | None


class ReportedShown(BaseModel):
    """How much of one kind was reported, in which state the records are, and of how much the chief fact is unknown.

    Unknown is the nationality of detections, arrests and interviews, and the age of victims. `as_of` is when the newest
    of these records came or changed.
    """

    kind: Kind
    n: int
    preliminary: int
    confirmed: int
    final: int
    unknown: int
    children: int
    as_of: datetime | None


class PartyShown(BaseModel):
    """One party's figures. Joint results count here for each party that bears them."""

    code: str
    name: str
    checks: int
    hits: int
    waiting: int
    reported: list[ReportedShown]
    as_of: datetime | None


class PostShown(BaseModel):
    """One post: where it is, and what was done and met there."""

    id: UUID
    name: str
    kind: str
    party: str
    latitude: float
    longitude: float
    checks: int
    hits: int
    waiting: int
    reported: dict[Kind, int]


class RouteShown(BaseModel):
    """One leg that people told of: from one country to another, ISO 3166-1 alpha-3; by how many records."""

    came_from: str | None
    went_to: str | None
    detections: int
    interviews: int


class NationalityShown(BaseModel):
    """People met of one nationality; null is unknown."""

    code: str | None
    n: int


class StepShown(BaseModel):
    """One step of the timeline; what is not named did not happen."""

    at: datetime
    counts: dict[str, int]


class EventShown(BaseModel):
    """A record that came in: whose, where, what, as far as its line is the reader's to read."""

    id: UUID
    kind: Kind
    party: str
    post: UUID | None
    post_name: str | None
    happened_at: datetime
    at: datetime  # when it came in
    state: str
    line: dict[str, Any]
    grade: str | None  # of a hit
    holder: str | None  # of a hit: whose record was met


class LiveShown(BaseModel):
    """The live picture. A part that is null is as it was when the reader got the tag he sent in If-None-Match."""

    as_of: datetime
    begin: datetime
    end: datetime
    step_seconds: int
    checks: ChecksShown | None = None
    hits: HitsShown | None = None
    kinds: list[ReportedShown] | None = None
    parties: list[PartyShown] | None = None
    posts: list[PostShown] | None = None
    routes: list[RouteShown] | None = None
    nationalities: list[NationalityShown] | None = None
    timeline: list[StepShown] | None = None
    events: list[EventShown] | None = None


class EventsShown(BaseModel):
    """A page of what came in, the newest first; `next` is the event after which the next page begins."""

    events: list[EventShown]
    next: str | None


Moment = Annotated[AwareDatetime | None, Query()]
SHOWN_AS = {200: {"model": LiveShown}, 304: {"description": "Nothing changed since the tag that was sent."}}


def wanted_of(
    operation: UUID | None = None, since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None, party: Line | None = None,
    post: UUID | None = None, kind: Kind | None = None, begin: Moment = None, end: Moment = None,
) -> Wanted:  # fmt: skip
    """The filters of a request: what is counted, and with `begin` and `end` what the timeline shows."""
    return Wanted(operation, since, until, party, post, kind, begin, end)


Filters = Annotated[Wanted, Depends(wanted_of)]


@routes.get("/live", Act.READ_ROOM, responses=SHOWN_AS, response_model=None)
def live(visit: Visit, wanted: Filters, if_none_match: Annotated[str | None, Header()] = None) -> Response:
    """The live picture, as far as the reader may know of it; of a picture already seen only the parts that changed."""
    picture = work.live(visit, wanted)
    marks, seen = rules.marks(picture), rules.known(if_none_match)
    headers = {"etag": rules.tag(marks)}
    if marks == seen:
        return Response(status_code=304, headers=headers)
    changed = {name: getattr(picture, name) for name in rules.PARTS if marks[name] != seen.get(name)}
    span = {"begin": picture.span.begin, "end": picture.span.end, "step_seconds": picture.span.step.total_seconds()}
    answer = LiveShown.model_validate({"as_of": picture.as_of, **span, **changed})
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)


@routes.get("/events", Act.READ_ROOM)
def events(
    visit: Visit, wanted: Filters, limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[str | None, Query(pattern=r"^[0-9T:.+Z-]{20,40}_[0-9a-f-]{36}$")] = None,
) -> EventsShown:  # fmt: skip
    """What came in of the chosen period, the newest first, as far as its lines are the reader's to read."""
    found, last = work.events(visit, wanted, limit, rules.place(after))
    shown = TypeAdapter(list[EventShown]).validate_python(found)
    return EventsShown(events=shown, next=f"{last['at'].isoformat()}_{last['id']}" if last else None)
