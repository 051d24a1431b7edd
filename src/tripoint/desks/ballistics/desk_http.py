"""The routes of the ballistics desk beside exhibits: searches, candidates, pairs, annotations, links."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.rules import may
from tripoint.access.visit import Visit
from tripoint.desks.ballistics import answering, linking, searching, shapes
from tripoint.desks.ballistics.codes import (
    CUSTODY_ACTS,
    BreechFaceClass,
    Criterion,
    ExhibitKind,
    Finding,
    FiringPinShape,
    LinkState,
    PrimerMetal,
    Replica,
    RunState,
    Trigger,
    Twist,
    Verdict,
)
from tripoint.desks.ballistics.http import answered
from tripoint.desks.ballistics.model import Link, Note

LISTS = {
    "kind": tuple(ExhibitKind), "region": ("breech-face", "firing-pin", "aperture-shear", "ejector", "land"),
    "replica": tuple(Replica), "firing_pin_shape": tuple(FiringPinShape), "primer_metal": tuple(PrimerMetal),
    "breech_face_class": tuple(BreechFaceClass), "twist": tuple(Twist), "custody_act": CUSTODY_ACTS,
    "criterion": tuple(Criterion), "verdict": tuple(Verdict), "finding": tuple(Finding),
    "link_state": tuple(LinkState), "run_state": tuple(RunState), "trigger": tuple(Trigger),
}  # fmt: skip
routes = Routes("/api/ballistics", "ballistics")
Most = Annotated[int, Query(ge=1, le=500)]


@routes.get("/lists", Act.SEE_BALLISTIC_REFERENCE)
def vocabularies(visit: Visit) -> shapes.VocabularyAnswer:
    """The codes by which exhibits are described and decided on."""
    del visit
    return shapes.VocabularyAnswer(lists={name: [str(code) for code in codes] for name, codes in LISTS.items()})


@routes.get("/runs", Act.COMPARE_EXHIBITS)
def runs(
    visit: Visit, exhibit: UUID | None = None, state: RunState | None = None, limit: Most = 100
) -> answering.RunsAnswer:
    """The own party's searches, newest first: how many were searched, and how many of them fully scored."""
    found = searching.runs(visit, exhibit, state and state.value, limit)
    return answering.RunsAnswer(runs=[answering.run_answer(one) for one in found])


@routes.get("/runs/{run}", Act.COMPARE_EXHIBITS)
def run(visit: Visit, run: UUID) -> answering.RunFileAnswer:
    """A search with its candidates, best first."""
    found, listed = searching.run(visit, run)
    return answering.RunFileAnswer(
        run=answering.run_answer(found), candidates=[answering.candidate_answer(one) for one in listed]
    )


@routes.get("/candidates", Act.COMPARE_EXHIBITS)
def candidates(
    visit: Visit, exhibit: UUID | None = None, undecided: bool | None = None, limit: Most = 200
) -> answering.CandidatesAnswer:
    """The own party's candidates, newest first: of its searches, and leads that nobody asked for."""
    found = searching.candidates(visit, exhibit, undecided, limit)
    return answering.CandidatesAnswer(candidates=[answering.candidate_answer(one) for one in found])


@routes.post("/candidates/{candidate}/verdict", Act.DECIDE_CANDIDATE)
def decide(visit: Visit, candidate: UUID, body: answering.VerdictBody) -> answering.CandidateAnswer:
    """Say, by name, what a candidate is: none, potential, inconclusive."""
    return answering.candidate_answer(searching.decide(visit, candidate, body.verdict, body.reason))


@routes.get("/pairs", Act.COMPARE_EXHIBITS)
def pair(visit: Visit, one: UUID, other: UUID) -> answering.PairAnswer:
    """Two scans compared: the pose of the other on the one, the cells, the reasons."""
    return answering.pair_answer(searching.pair(visit, one, other))


@routes.get("/annotations", Act.COMPARE_EXHIBITS)
def list_annotations(visit: Visit, one: UUID, other: UUID | None = None) -> answering.NotesAnswer:
    """The own party's annotations of a scan or of a pair."""
    return notes_answer(searching.notes(visit, one, other))


def notes_answer(found: list[Note]) -> answering.NotesAnswer:
    """Annotations as they go out."""
    return answering.NotesAnswer(
        annotations=[answering.NoteAnswer.model_validate(one, from_attributes=True) for one in found]
    )


@routes.post("/annotations", Act.DECIDE_CANDIDATE, status_code=201, response_model=answering.NotesAnswer)
def annotate(visit: Visit, body: answering.NoteBody) -> Response:
    """Annotate a point of a scan, for the own party."""
    found, new = searching.annotate(visit, body.note())
    return answered(notes_answer(found), new=new)


@routes.delete("/annotations/{which}", Act.DECIDE_CANDIDATE, status_code=204)
def remove_annotation(visit: Visit, which: UUID) -> Response:
    """Take away an annotation of one's own."""
    searching.remove_note(visit, which)
    return Response(status_code=204)


def link_answer(visit: Visit, link: Link) -> answering.LinkAnswer:
    """A link as it goes out to this officer."""
    return answering.link_answer(link, examiner=may(visit.officer, Act.CONFIRM_HIT_LINK, visit.sign_in))


@routes.post("/links", Act.ASK_PHYSICAL, status_code=201, response_model=answering.LinkAnswer)
def ask_physical(visit: Visit, body: answering.LinkBody) -> Response:
    """Ask the other party for a comparison of the exhibits themselves; it learns of the link now."""
    made, new = linking.ask(visit, body.id, body.candidate, body.reason)
    return answered(link_answer(visit, made), new=new)


@routes.get("/links", Act.COMPARE_EXHIBITS)
def links(visit: Visit, state: LinkState | None = None) -> answering.LinksAnswer:
    """The links of the own party, newest first."""
    found = linking.listing(visit, state and state.value)
    return answering.LinksAnswer(links=[link_answer(visit, one) for one in found])


@routes.get("/links/{which}", Act.COMPARE_EXHIBITS)
def link(visit: Visit, which: UUID) -> answering.LinkAnswer:
    """A link with its steps; what an examiner found is told once both have said it."""
    return link_answer(visit, linking.read(visit, which))


@routes.post("/links/{which}/steps", Act.CONFIRM_HIT_LINK)
def step(visit: Visit, which: UUID, body: answering.StepBody) -> answering.LinkAnswer:
    """Move a link: exhibits exchanged, a finding at the microscope, once more, closed."""
    return link_answer(visit, linking.step(visit, which, body.step, body.finding, body.remarks))
