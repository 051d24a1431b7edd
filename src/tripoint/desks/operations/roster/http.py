"""The routes of rosters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query
from pydantic import AfterValidator, BaseModel

from tripoint.access.http import Body
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.operations.roster import work
from tripoint.desks.operations.roster.model import Planned, Shift
from tripoint.desks.operations.shapes import Moment, Text

routes = Routes("/api/operations", "operations")


def in_this_age(moment: datetime) -> datetime:
    """A time, with an offset or without, between 1990 and 2150."""
    if not 1990 <= moment.year < 2150:
        raise ValueError("lies outside 1990 to 2150")
    return moment


Written = Annotated[datetime, AfterValidator(in_this_age)]


class ShiftBody(Body):
    """A shift of an officer of the own party. Times without an offset are the place's own."""

    officer: UUID
    place: UUID
    starts: Written
    ends: Written
    cancelled: bool = False
    remarks: Text = ""


class ShiftShown(BaseModel):
    id: UUID
    officer: UUID
    officer_name: str
    place: UUID
    starts_at: datetime
    ends_at: datetime
    starts_local: datetime  # on the clock of the place, with its offset
    ends_local: datetime
    hours: float  # that truly pass
    cancelled: bool
    remarks: str


class PlaceShown(BaseModel):
    id: UUID
    name: str
    party: str | None
    time_zone: str
    officers_wanted: int
    is_post: bool
    closed: bool


class SpanShown(BaseModel):
    place: UUID
    party: str
    starts_at: datetime
    ends_at: datetime


class GapShown(BaseModel):
    place: UUID
    starts_at: datetime
    ends_at: datetime
    standing: int
    wanted: int


class OfficerNamed(BaseModel):
    id: UUID
    name: str


class RosterAnswer(BaseModel):
    """`shifts` are the own party's; `spans` are everybody's, without names; `officers` whom the reader may roster."""

    begins: datetime
    ends: datetime
    places: list[PlaceShown]
    shifts: list[ShiftShown]
    spans: list[SpanShown]
    gaps: list[GapShown]
    officers: list[OfficerNamed]


def shift_shown(shift: Shift, zone: ZoneInfo) -> ShiftShown:
    """A shift with its times on both clocks."""
    starts, ends = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    hours = (shift.ends_at - shift.starts_at).total_seconds() / 3600
    return ShiftShown(
        id=shift.id, officer=shift.officer, officer_name=shift.officer_name, place=shift.place,
        starts_at=shift.starts_at, ends_at=shift.ends_at, starts_local=starts, ends_local=ends, hours=round(hours, 2),
        cancelled=shift.cancelled, remarks=shift.remarks,
    )  # fmt: skip


@routes.get("/{which}/roster", Act.READ_ROSTER)
def read_roster(
    visit: Visit, which: UUID,
    begins: Annotated[Moment | None, Query(alias="from")] = None,
    until: Annotated[Moment | None, Query()] = None,
) -> RosterAnswer:  # fmt: skip
    """Who stands where: the own party's officers by name, others as numbers, and where nobody does."""
    found = work.read_roster(visit, which, begins, until)
    zones = {place.id: ZoneInfo(place.time_zone) for place in found.places}
    return RosterAnswer(
        begins=found.begins, ends=found.ends,
        places=[PlaceShown.model_validate(place, from_attributes=True) for place in found.places],
        shifts=[shift_shown(shift, zones[shift.place]) for shift in found.shifts],
        spans=[SpanShown.model_validate(span, from_attributes=True) for span in found.spans],
        gaps=[GapShown.model_validate(gap, from_attributes=True) for gap in found.gaps],
        officers=[OfficerNamed(id=which, name=name) for which, name in found.officers],
    )  # fmt: skip


@routes.put("/{which}/shifts/{shift}", Act.CHANGE_ROSTER)
def keep_shift(visit: Visit, which: UUID, shift: UUID, body: ShiftBody) -> ShiftShown:
    """Write a shift under the id its client made; written again it changes, or is cancelled."""
    planned = Planned(shift, body.officer, body.place, body.starts, body.ends, body.cancelled, body.remarks)
    kept = work.keep_shift(visit, which, planned)
    place = work.place_named(visit, which, kept.place)
    return shift_shown(kept, ZoneInfo(place.time_zone))
