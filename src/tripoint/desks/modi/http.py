"""The routes of the desk of modi operandi."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response
from fastapi.responses import JSONResponse

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.modi import shapes, work
from tripoint.words import modi

LISTS = {
    "stage": tuple(modi.Stage), "crime_area": modi.AREAS, "commodity": modi.COMMODITIES,
    "concealment": modi.HIDING_PLACES, "transport": modi.TRANSPORTS, "installation": modi.INSTALLATIONS,
    "routing": modi.ROUTINGS, "detected_by": modi.DETECTIONS, "danger": tuple(modi.Danger), "documents": modi.PAPERS,
    "confidence": tuple(modi.Certainty), "language": modi.LANGUAGES,
}  # fmt: skip
routes = Routes("/api/modi", "modi operandi")


@routes.get("/cards", Act.READ_MODUS_CARDS)
def cards(visit: Visit) -> shapes.CardsAnswer:
    """What is released to officers in the field: the danger, and what to look for; the most dangerous first."""
    return shapes.CardsAnswer(cards=[shapes.card_answer(one) for one in work.cards(visit)])


@routes.get("/lists", Act.READ_MODUS)
def vocabularies(visit: Visit) -> shapes.VocabularyAnswer:
    """The codes by which modi operandi are told."""
    del visit
    return shapes.VocabularyAnswer(lists={name: [str(code) for code in codes] for name, codes in LISTS.items()})


@routes.post("/search", Act.READ_MODUS)
def search(visit: Visit, body: shapes.SearchBody) -> shapes.LibraryAnswer:
    """What the library has: by words in any of its languages, by codes; with the codes that stand among it."""
    found, facets = work.search(visit, body.search())
    counted = [shapes.FacetAnswer.model_validate(one, from_attributes=True) for one in facets]
    return shapes.LibraryAnswer(modi=[shapes.modus_answer(one) for one in found], facets=counted)


@routes.post("", Act.WRITE_MODUS, status_code=201, response_model=shapes.ModusAnswer)
def write(visit: Visit, body: shapes.ModusBody) -> Response:
    """A new draft, the own party's alone until it is proposed."""
    made, new = work.write(visit, body.id, body.content())
    return JSONResponse(shapes.modus_answer(made).model_dump(mode="json"), 201 if new else 200)


@routes.get("/{which}", Act.READ_MODUS)
def read(visit: Visit, which: UUID) -> shapes.ModusFileAnswer:
    """One with its cases, what it was compared with when it was decided on, and the notices drafted of it."""
    return shapes.file_answer(work.read(visit, which))


@routes.put("/{which}", Act.WRITE_MODUS)
def rewrite(visit: Visit, which: UUID, body: shapes.RewrittenBody) -> shapes.ModusAnswer:
    """The next version of one of the own party; those before stay in its history."""
    change = work.Change(body.reason, body.version, anew=body.terms is not None)
    return shapes.modus_answer(work.rewrite(visit, which, body.content(), change))


@routes.delete("/{which}", Act.WRITE_MODUS, status_code=204)
def discard(visit: Visit, which: UUID) -> Response:
    """Throw a draft of the own party away, with its pictures."""
    work.discard(visit, which)
    return Response(status_code=204)


@routes.post("/{which}/proposal", Act.WRITE_MODUS)
def propose(visit: Visit, which: UUID) -> shapes.ModusAnswer:
    """Put a draft before the analysts and its readers."""
    return shapes.modus_answer(work.propose(visit, which))


@routes.get("/{which}/nearest", Act.READ_MODUS)
def nearest(visit: Visit, which: UUID) -> shapes.NearestAnswer:
    """The accepted ones that come nearest, and why: codes, words, tools, pictures."""
    return shapes.NearestAnswer(nearest=[shapes.near_answer(one) for one in work.nearest(visit, which)])


@routes.post("/{which}/decision", Act.DECIDE_MODUS)
def decide(visit: Visit, which: UUID, body: shapes.DecisionBody) -> shapes.ModusAnswer:
    """Say that it is new, accepted, known as another one, or wants more work; name those it was compared with."""
    return shapes.modus_answer(work.decide(visit, which, body.decision()))


@routes.post("/{which}/publication", Act.DECIDE_MODUS)
def publish(visit: Visit, which: UUID, body: shapes.PublicationBody) -> shapes.ModusAnswer:
    """Publish one of the library to its readers, with or without a card for the field."""
    return shapes.modus_answer(work.publish(visit, which, card=body.card, reason=body.reason))


@routes.post("/{which}/cases", Act.WRITE_MODUS)
def set_case(visit: Visit, which: UUID, body: shapes.CaseBody) -> shapes.ModusFileAnswer:
    """Say how surely a report shows it; also of what another party wrote."""
    return shapes.file_answer(work.set_case(visit, which, body.occurrence, body.confidence, body.remarks))


@routes.post("/{which}/purple", Act.DRAFT_PURPLE, status_code=201)
def draft_purple(visit: Visit, which: UUID, body: shapes.PurpleBody) -> shapes.PurpleAnswer:
    """File the draft of a Purple Notice, filled from one of the library: it is about a method, never about a person."""
    made = work.draft_purple(visit, which, body.id, body.operation, body.addressed_to)
    return shapes.PurpleAnswer(notice_request=made.id)
