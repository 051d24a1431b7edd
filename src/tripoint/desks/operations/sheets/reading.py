"""Cells of a sheet as entries of a plan; whatever cannot be one is refused with its field and remedy."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tripoint.base.errors import BadInput
from tripoint.desks.operations.model import Partner, PartyPart, Phase, Plan, PlannedPost, Site, TakingAgency
from tripoint.desks.operations.shapes import (
    AgencyShape,
    PartBody,
    PartnerShape,
    PhaseShape,
    PlanBody,
    PostBody,
    SiteShape,
)
from tripoint.desks.operations.sheets.model import Cells

Shape = TypeVar("Shape", bound=BaseModel)


def shaped(shape: type[Shape], cells: dict[str, Any]) -> Shape:
    """The cells as one of the shapes that the routes take. Raises BadInput naming the column."""
    try:
        return shape.model_validate({name: value for name, value in cells.items() if value not in ("", None)})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "row"
        problem = f"{field}: {first['msg'].removeprefix('Value error, ')}."
        raise BadInput(problem, field=field, remedy="Correct the cell.") from error


def listed(text: str) -> list[str]:
    """The entries of a cell that holds several, between semicolons."""
    return [one.strip() for one in text.split(";") if one.strip()]


def plan(cells: Cells) -> Plan:
    """The row of the operation. An empty cell leaves what stands; the list of parties is always given."""
    return shaped(PlanBody, {**cells, "participants": listed(cells["participants"])}).plan()


def phase(cells: Cells) -> Phase:
    """A row of the phases."""
    return Phase(**shaped(PhaseShape, dict(cells)).model_dump())


def site(cells: Cells) -> Site:
    """A row of the hubs and support units."""
    return Site(**shaped(SiteShape, dict(cells)).model_dump())


def partner(cells: Cells) -> Partner:
    """A row of the partners."""
    return Partner(**shaped(PartnerShape, dict(cells)).model_dump())


def part(cells: Cells) -> PartyPart:
    """A row of the parties, without services: those have their own tab."""
    given = {name: cells[name] for name in ("time_zone", "contact")}
    return shaped(PartBody, {**given, "territories": listed(cells["territories"])}).part(cells["party"])


def agency(cells: Cells) -> TakingAgency:
    """A row of the services; its party stands beside."""
    given = {name: value for name, value in cells.items() if name != "party"}
    return TakingAgency(**shaped(AgencyShape, given).model_dump())


def post(cells: Cells, own: str) -> PlannedPost:
    """A row of the posts, without its id."""
    return shaped(PostBody, {name: value for name, value in cells.items() if name != "id"}).post(own)
