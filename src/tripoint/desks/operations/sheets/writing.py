"""A plan as the cells of its sheets: what is written here is read by `reading` as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

from tripoint.desks.operations.model import WholePlan
from tripoint.desks.operations.roster.model import Place, Shift
from tripoint.desks.operations.sheets.model import COLUMNS, Cells, Tab


def tabs_of(
    plan: WholePlan, shifts: Sequence[Shift], places: Sequence[Place], names: Mapping[UUID, str]
) -> dict[Tab, list[Cells]]:
    """Every tab of a plan. `names` are the sign-in names of the own party's officers, for the shifts."""
    operation = {
        **{name: getattr(plan.operation, name) for name in ("name", "family", "edition", "starts_at", "ends_at")},
        **{name: getattr(plan.frame, name) for name in type(plan.frame).__slots__},
        "participants": plan.operation.participants,
    }
    agencies = [
        {**cells_of(Tab.AGENCIES, agency, party=part.party)} for part in plan.parties for agency in part.agencies
    ]
    return {
        Tab.OPERATION: [{name: cell(operation[name]) for name in COLUMNS[Tab.OPERATION]}],
        Tab.PHASES: [cells_of(Tab.PHASES, one) for one in plan.phases],
        Tab.SITES: [cells_of(Tab.SITES, one) for one in plan.sites],
        Tab.PARTNERS: [cells_of(Tab.PARTNERS, one) for one in plan.partners],
        Tab.PARTIES: [cells_of(Tab.PARTIES, one) for one in plan.parties],
        Tab.AGENCIES: agencies,
        Tab.POSTS: [cells_of(Tab.POSTS, one) for one in plan.posts],
        Tab.SHIFTS: [shift_cells(one, {place.id: place for place in places}, names) for one in shifts],
    }


def cells_of(tab: Tab, entry: object, **more: str) -> Cells:
    """One entry as cells."""
    return {name: more[name] if name in more else cell(getattr(entry, name)) for name in COLUMNS[tab]}


def shift_cells(shift: Shift, places: Mapping[UUID, Place], names: Mapping[UUID, str]) -> Cells:
    """A shift as cells: times on the clock of its place, with the offset, so that each is one moment."""
    place = places[shift.place]
    zone = ZoneInfo(place.time_zone)
    return {
        "id": str(shift.id), "officer": names[shift.officer], "place": place.name,
        "starts_local": shift.starts_at.astimezone(zone).isoformat(),
        "ends_local": shift.ends_at.astimezone(zone).isoformat(),
        "cancelled": cell(shift.cancelled), "remarks": shift.remarks,
    }  # fmt: skip


def cell(value: object) -> str:
    """One value as text. Lists stand with semicolons between."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case tuple() | list():
            return "; ".join(str(one) for one in value)
        case _:
            return str(value)
