"""The routes of recovered firearms, their meetings with listed ones, the search by marks, and the reference."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from tripoint.access import store as access_store
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import NotFound
from tripoint.records.firearms import shapes, store, work
from tripoint.records.firearms.model import Filters, MeetingState
from tripoint.records.shapes import FirearmCode, PartyCode
from tripoint.words.firearms import calibres, makes, types
from tripoint.words.firearms.recovery import AcquisitionMode, MarkedStatus, Step

routes = Routes("/api/firearms", "firearms")
Code = Annotated[str | None, Query(max_length=60, pattern=r"^[a-z0-9. -]+$")]


@routes.get("/recovered", Act.READ_FIREARM)
def listing(
    visit: Visit, operation: UUID | None = None, type: FirearmCode | None = None, make: Code = None,
    family: Code = None, calibre: Code = None, marked_status: MarkedStatus | None = None,
    acquired_by: AcquisitionMode | None = None, party: PartyCode | None = None, after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> shapes.RecoveredListAnswer:  # fmt: skip
    """Recovered firearms that the reader may see, latest first; codes of the reference narrow the list."""
    filters = Filters(operation, type, make, family, calibre, marked_status, acquired_by, party, after, limit)
    found, following = work.listing(visit, filters)
    return shapes.RecoveredListAnswer(firearms=[shapes.recovered_answer(one) for one in found], next=following)


@routes.get("/recovered/{which}", Act.READ_FIREARM)
def read(visit: Visit, which: UUID) -> shapes.OpenedAnswer:
    """One recovered firearm: its marks position by position, the nine steps, and the own party's meetings."""
    return shapes.opened_answer(work.read(visit, which))


@routes.put("/recovered/{which}/steps/{step}", Act.SAY_STEP)
def say_step(visit: Visit, which: UUID, step: Step, body: shapes.StepBody) -> shapes.OpenedAnswer:
    """Say how far one of the nine steps of the recovery protocol is."""
    return shapes.opened_answer(work.say_step(visit, which, step.value, body.state, body.note))


@routes.put("/recovered/{which}/pictures", Act.ADD_PICTURE)
def set_pictures(visit: Visit, which: UUID, body: shapes.PicturesBody) -> shapes.OpenedAnswer:
    """Say which pictures of the own party belong to a recovered firearm; who may read it then sees them."""
    return shapes.opened_answer(work.set_pictures(visit, which, body.pictures))


@routes.get("/meetings", Act.LIST_MEETINGS)
def meetings(visit: Visit, state: MeetingState | None = None) -> shapes.MeetingsAnswer:
    """Meetings of recovered and listed firearms, the own party's half of each, newest first."""
    return shapes.MeetingsAnswer(meetings=[shapes.meeting_answer(one) for one in work.meetings(visit, state)])


@routes.post("/meetings/{which}/decision", Act.DECIDE_MEETING)
def decide(visit: Visit, which: UUID, body: shapes.DecisionBody) -> shapes.MeetingAnswer:
    """Say whether a meeting is the same firearm; until then it is a lead. The owner of the listed record does."""
    return shapes.meeting_answer(work.decide(visit, which, body.state, body.reason))


@routes.post("/search", Act.SEARCH_MARKS)
def search(visit: Visit, body: shapes.SearchBody) -> shapes.SearchAnswer:
    """Marks that may be the one asked for, best first, with reasons: leads, never a match by themselves."""
    found = work.search(visit, body.asked(), body.limit)
    codes = {party.number: party.code for party in access_store.parties(visit.session)}
    return shapes.SearchAnswer(results=[shapes.found_answer(one, codes[one.owner]) for one in found])


@routes.get("/reference/types", Act.SEE_FORMS)
def reference_types(visit: Visit) -> shapes.TypesAnswer:
    """The tree of types."""
    del visit
    return shapes.TypesAnswer(
        types=[shapes.TypeAnswer.model_validate(one, from_attributes=True) for one in types.TYPES.values()]
    )


@routes.get("/reference/calibres", Act.SEE_FORMS)
def reference_calibres(visit: Visit) -> shapes.CalibresAnswer:
    """Every calibre with how it is written, and how it stands to others: what looks alike is not interchangeable."""
    del visit
    return shapes.CalibresAnswer(calibres=[
        shapes.CalibreAnswer(
            id=one.id, family=one.family, metric=one.metric, aliases=list(one.aliases),
            relations={b: how.value for (a, b), how in calibres.relations().items() if a == one.id},
        ) for one in calibres.calibres().values()
    ])  # fmt: skip


@routes.post("/reference/calibre", Act.SEE_FORMS)
def read_calibre(visit: Visit, body: shapes.CalibreBody) -> shapes.CalibreReadAnswer:
    """What a calibre as marked means, how surely, and what it must not be taken for."""
    del visit
    found = calibres.read_calibre(body.text)
    alike = calibres.look_alikes(found.calibre_id) if found.calibre_id else ()
    names = ("marked", "calibre_id", "family", "confidence", "cartridge")
    told = {name: getattr(found, name) for name in names}
    return shapes.CalibreReadAnswer(**told, candidates=list(found.candidates), look_alikes=list(alike))


@routes.get("/reference/makes", Act.SEE_FORMS)
def reference_makes(visit: Visit) -> shapes.MakesAnswer:
    """The makes of the free reference; it leans to one market, and no make is wrong for missing here."""
    del visit
    return shapes.MakesAnswer(
        makes=[shapes.MakeAnswer(id=one.id, name=one.name, models=len(one.models)) for one in makes.makes().values()]
    )


@routes.get("/reference/makes/{make}", Act.SEE_FORMS)
def reference_models(visit: Visit, make: str) -> shapes.ModelsAnswer:
    """The models of a make, by its id."""
    known, loaded = makes.makes().get(make), store.models(visit.session, make)
    if known is None and not loaded:
        raise NotFound
    return shapes.ModelsAnswer(models=list(known.models) if known else [], reference=loaded)
