"""The routes of the dealers' desk; everything told and taken is the officer's own party's."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.dealers import work
from tripoint.desks.dealers.model import Indicator, IndicatorState
from tripoint.desks.dealers.shapes import (
    AskedAnswer,
    BookBody,
    DecisionBody,
    IndicatorAnswer,
    IndicatorsAnswer,
    InspectionAnswer,
    InspectionBody,
    InspectionsAnswer,
    LicencesAnswer,
    LicenceShown,
    LoadedAnswer,
    WhereaboutsAnswer,
    WhereShown,
)

routes = Routes("/api/dealers", "dealers")
Rule = Annotated[int | None, Query(ge=1, le=99)]


@routes.get("/licences", Act.READ_LICENSEE)
def licences(visit: Visit) -> LicencesAnswer:
    """The licences of the own party's dealers with their states by date."""
    found = work.list_licences(visit)
    return LicencesAnswer(licences=[LicenceShown.model_validate(one, from_attributes=True) for one in found])


@routes.get("/whereabouts", Act.READ_LICENSEE)
def whereabouts(visit: Visit) -> WhereaboutsAnswer:
    """Where each dealer's firearms are by his books and the latest whole count, those with most missing first."""
    found = work.whereabouts(visit)
    return WhereaboutsAnswer(dealers=[WhereShown.model_validate(one, from_attributes=True) for one in found])


@routes.post("/books", Act.LOAD_BOOK)
def load_book(visit: Visit, body: BookBody) -> LoadedAnswer:
    """Hand in a book, or only try it; bad rows are told one by one, the rest is taken. Sent again, it goes on."""
    found = work.load_book(visit, body.name, body.content(), body.mapping(), apply=body.apply)
    return LoadedAnswer.model_validate(found, from_attributes=True)


@routes.get("/inspections", Act.READ_LICENSEE)
def inspections(visit: Visit) -> InspectionsAnswer:
    """The inspections, the latest first."""
    found = work.list_inspections(visit)
    return InspectionsAnswer(inspections=[InspectionAnswer.model_validate(one, from_attributes=True) for one in found])


@routes.post("/inspections", Act.RECORD_INSPECTION, status_code=201)
def record_inspection(visit: Visit, body: InspectionBody) -> InspectionAnswer:
    """Record an inspection; what was counted is compared with the dealer's own books."""
    return InspectionAnswer.model_validate(work.record_inspection(visit, body.visited()), from_attributes=True)


@routes.get("/indicators", Act.LIST_INDICATORS)
def indicators(visit: Visit, state: IndicatorState | None = None, rule: Rule = None) -> IndicatorsAnswer:
    """The indicators, the strongest first, each with the rows it rests on and how often its rule is met at all."""
    return answer_of(work.list_indicators(visit, state, rule))


@routes.post("/indicators", Act.DECIDE_INDICATOR)
def ask_rules(visit: Visit) -> AskedAnswer:
    """Ask every rule of the own party's books. What was dismissed stays so unless it rests on rows that are new."""
    found, new = work.ask_rules(visit)
    return AskedAnswer(found=found, new=new)


@routes.post("/indicators/{which}/decision", Act.DECIDE_INDICATOR)
def decide(visit: Visit, which: UUID, body: DecisionBody) -> IndicatorAnswer:
    """Confirm or dismiss an indicator with a reason; who decided is kept."""
    return IndicatorAnswer.model_validate(work.decide(visit, which, body.state, body.reason), from_attributes=True)


def answer_of(found: list[Indicator]) -> IndicatorsAnswer:
    """Indicators as they are told."""
    return IndicatorsAnswer(indicators=[IndicatorAnswer.model_validate(one, from_attributes=True) for one in found])
