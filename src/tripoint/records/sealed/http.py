"""The routes of sealed fields: open one, look one up."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.sealed import work
from tripoint.records.sealed.model import SealedField
from tripoint.records.sealed.shapes import FoundAnswer, LookupAnswer, LookupBody, OpenedAnswer, OpeningBody

routes = Routes("/api", "records")


@routes.post("/records/{which}/sealed/{field}/opening", Act.OPEN_SEALED)
def open_field(visit: Visit, which: UUID, field: SealedField, body: OpeningBody) -> OpenedAnswer:
    """Open one sealed field of one record of the own party; each opening stands in the trail with its reason."""
    opened = work.open_field(visit, which, field, purpose=body.purpose, reason=body.reason)
    return OpenedAnswer.model_validate(opened, from_attributes=True)


@routes.post("/records/sealed/lookup", Act.FIND_SEALED)
def look_up(visit: Visit, body: LookupBody) -> LookupAnswer:
    """Whether the own party holds a sealed record of exactly this person or document."""
    found = work.look_up(visit, body.person(), body.number, purpose=body.purpose, reason=body.reason)
    return LookupAnswer(found=[FoundAnswer.model_validate(one, from_attributes=True) for one in found])
