"""The routes of the seizures' desk: totals, the items behind them, doubts, doubles and valuations."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import JSONResponse

from tripoint.access.http import Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.seizures import shapes, work
from tripoint.desks.seizures.model import Looked, Only

routes = Routes("/api/seizures", "seizures")


@routes.get("/totals", Act.READ_SEIZURE_TOTALS)
def totals(visit: Visit, operation: UUID) -> shapes.TotalsAnswer:
    """What seizures of an operation come to, with what nobody has decided about and what stands behind the value."""
    return shapes.totals_answer(work.totals(visit, operation))


@routes.get("/items", Act.READ_SEIZURE_TOTALS)
def items(
    visit: Visit, operation: UUID, category: Line | None = None, family: Line | None = None, only: Only | None = None,
    seizure: UUID | None = None, after: UUID | None = None, after_number: Annotated[int, Query(ge=0, le=200)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> shapes.ItemsAnswer:  # fmt: skip
    """The items behind a total, each with its kilograms and factor, or the reason why it has none."""
    last = (after, after_number) if after else None
    found, following = work.items(visit, Looked(operation, category, family, only, seizure, last, limit))
    then = shapes.NextAnswer(seizure=following[0], number=following[1]) if following else None
    return shapes.ItemsAnswer(items=[shapes.item_answer(one) for one in found], next=then)


@routes.get("/doubles", Act.READ_SEIZURE_TOTALS)
def doubles(visit: Visit, operation: UUID) -> shapes.DoublesAnswer:
    """Reports that look alike, those that nobody has decided about first; at most 500."""
    return shapes.DoublesAnswer(doubles=[shapes.double_answer(one) for one in work.doubles(visit, operation)])


@routes.post("/doubles", Act.DECIDE_DOUBLE)
def decide_double(visit: Visit, body: shapes.DoubleBody) -> shapes.DoubleBody:
    """Say of two reports that they are one event or two; a party moves its own report only."""
    work.decide_double(visit, (body.one, body.other), body.decision, body.reason, body.joins)
    return body


@routes.post("/{which:uuid}/gates", Act.DECIDE_DOUBLE)
def judge(visit: Visit, which: UUID, body: shapes.GateBody) -> shapes.ItemAnswer:
    """Say of a weight above its gate that it stands, or that it is wrong and is not counted until it is corrected."""
    return shapes.item_answer(work.judge(visit, which, body.item, body.decision, body.reason))


@routes.get("/{which:uuid}/pictures", Act.READ_PICTURE)
def pictures(visit: Visit, which: UUID) -> shapes.PicturesAnswer:
    """The pictures of a seizure, oldest first; GET /api/pictures/{id} shows one."""
    return shapes.PicturesAnswer(pictures=work.pictures(visit, which))


@routes.put("/{which:uuid}/pictures", Act.ADD_PICTURE)
def set_pictures(visit: Visit, which: UUID, body: shapes.PicturesBody) -> shapes.PicturesAnswer:
    """Say which pictures of the own party belong to a seizure; who may read the report then sees them."""
    return shapes.PicturesAnswer(pictures=work.set_pictures(visit, which, body.pictures))


@routes.get("/{which:uuid}/valuations", Act.READ_SEIZURE_TOTALS)
def valuations(visit: Visit, which: UUID) -> shapes.ValuationsAnswer:
    """What a seizure was valued at: every valuation with its basis, level and source."""
    return shapes.valuations_answer(work.valuations(visit, which))


@routes.post(
    "/{which:uuid}/valuations", Act.VALUE_SEIZURE, status_code=201, response_model=shapes.ValuationAnswer
)
def value(visit: Visit, which: UUID, body: shapes.ValuationBody) -> Response:
    """Value an item or the whole of an own seizure; the same id with the same content is the same valuation."""
    made, new = work.value(visit, which, body.valuation())
    return JSONResponse(shapes.valuation_answer(made).model_dump(mode="json"), 201 if new else 200)


@routes.put("/{which:uuid}/valuations/{valuation:uuid}", Act.VALUE_SEIZURE)
def publish(
    visit: Visit, which: UUID, valuation: UUID, body: shapes.PublicationBody
) -> shapes.ValuationsAnswer:
    """Publish a valuation in the place of those that would count the same thing, or take it back."""
    return shapes.valuations_answer(work.publish(visit, which, valuation, published=body.published))
