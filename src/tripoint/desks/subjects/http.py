"""The routes of the data subjects' desk; every one is for data protection officers alone."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.subjects import work
from tripoint.desks.subjects.shapes import (
    AdmissionBody,
    AnsweredAnswer,
    ReceivedBody,
    RequestAnswer,
    RequestFileAnswer,
    RequestsAnswer,
    RulingBody,
    SearchAnswer,
    file_answer,
    request_answer,
)

routes = Routes("/api/subject-requests", "data subjects")


@routes.get("", Act.LIST_SUBJECT_REQUESTS)
def list_requests(visit: Visit) -> RequestsAnswer:
    """The requests that the own party received or is asked about, the most pressing first; without particulars."""
    return RequestsAnswer(requests=[request_answer(request) for request in work.list_requests(visit)])


@routes.post("", Act.RECEIVE_SUBJECT_REQUEST, status_code=201)
def receive(visit: Visit, body: ReceivedBody) -> RequestAnswer:
    """Write down a person's request for access, correction or deletion."""
    return request_answer(work.receive(visit, body.received()))


@routes.get("/{which}", Act.READ_SUBJECT_REQUEST)
def read(visit: Visit, which: UUID) -> RequestFileAnswer:
    """One request with its particulars, the own decision, and what the parties asked let be told."""
    return file_answer(work.read(visit, which))


@routes.post("/{which}/admission", Act.ADMIT_SUBJECT_REQUEST)
def admit(visit: Visit, which: UUID, body: AdmissionBody) -> RequestAnswer:
    """Admit a request, which starts its clock of 4 or 9 months and asks the parties named; or turn it away."""
    if body.ground:
        return request_answer(work.turn_away(visit, which, body.ground))
    return request_answer(work.admit(visit, which, body.parties))


@routes.get("/{which}/records", Act.FIND_SUBJECT_RECORDS)
def search(visit: Visit, which: UUID) -> SearchAnswer:
    """Persons on the own party's lists whom the particulars may mean: ids and scores, to be opened with a reason."""
    return SearchAnswer.model_validate(work.search(visit, which), from_attributes=True)


@routes.post("/{which}/decision", Act.DECIDE_SUBJECT_REQUEST)
def decide(visit: Visit, which: UUID, body: RulingBody) -> RequestFileAnswer:
    """Decide for the own party's records; a correction or deletion must have been made."""
    return file_answer(work.decide(visit, which, body.ruling()))


@routes.post("/{which}/answer", Act.ANSWER_SUBJECT_REQUEST)
def answer(visit: Visit, which: UUID) -> AnsweredAnswer:
    """Close the request: what to tell the person, or that it is neither confirmed nor denied that data are held."""
    told = work.answer(visit, which)
    return AnsweredAnswer(outcome=told.outcome, words=list(told.words))


@routes.post("/{which}/withdrawal", Act.ANSWER_SUBJECT_REQUEST)
def withdraw(visit: Visit, which: UUID) -> RequestAnswer:
    """The person takes the request back."""
    return request_answer(work.withdraw(visit, which))
