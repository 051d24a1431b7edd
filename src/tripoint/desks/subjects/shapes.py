"""What goes over the wire at the data subjects' desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tripoint.access.http import Body, Line
from tripoint.desks.subjects.model import (
    Concerned,
    Decision,
    Deed,
    Ground,
    Outcome,
    Received,
    Request,
    RequestFile,
    RequestKind,
    RequestState,
    Ruling,
)
from tripoint.records.model import RecordKind
from tripoint.records.shapes import BirthDate, Code, Day, PartyCode, ReferenceBody, Text
from tripoint.words.dates import read_partial_date
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName


class ParticularsBody(Body):
    """Who asks, as far as it is needed to look for records on the person."""

    names: Annotated[list[Line], Field(min_length=1, max_length=10)]
    births: Annotated[tuple[BirthDate, ...], Field(max_length=5)] = ()
    nationalities: Annotated[tuple[Code, ...], Field(max_length=5)] = ()
    documents: Annotated[tuple[ReferenceBody, ...], Field(max_length=10)] = ()

    def person(self) -> PersonDescription:
        """The desk's own form."""
        return PersonDescription(
            tuple(PersonName(name) for name in self.names),
            tuple(read_partial_date(birth) for birth in self.births), self.nationalities, None,
            tuple(DocumentReference(one.number, one.issuer, one.type) for one in self.documents),
        )  # fmt: skip


class ReceivedBody(Body):
    """A request as it came in; `reference` is your office's file number and must name nobody."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "kind": "access", "reference": "DPO 2026/17", "received_on": "2026-03-02",
        "person": {"names": ["Mireldo Antuvelas Corvey"], "births": ["1976-05-12"]},
    }]})  # fmt: skip
    kind: RequestKind
    reference: Line
    received_on: Day
    person: ParticularsBody

    def received(self) -> Received:
        """The desk's own form."""
        return Received(self.kind, self.reference, self.received_on, self.person.person())


class AdmissionBody(Body):
    """Admit a request and name the parties to ask beside the own; or give the ground for turning it away."""

    parties: Annotated[tuple[PartyCode, ...], Field(max_length=256)] = ()
    ground: Ground | None = None

    @model_validator(mode="after")
    def one_of_the_two(self) -> AdmissionBody:
        """Nobody is asked about a request that is turned away."""
        if self.ground and self.parties:
            raise ValueError("name parties or give a ground, one of the two")
        return self


class ConcernedBody(Body):
    kind: RecordKind
    record: UUID
    deed: Deed


class RulingBody(Body):
    """The own party's decision; `words` go to the person, `reason` and `records` stay with your party."""

    decision: Decision
    reason: Text
    words: Text | None = None
    records: Annotated[tuple[ConcernedBody, ...], Field(max_length=200)] = ()

    def ruling(self) -> Ruling:
        """The desk's own form."""
        concerned = tuple(Concerned(one.kind, one.record, one.deed) for one in self.records)
        return Ruling(self.decision, self.reason, self.words, concerned)


class RequestAnswer(BaseModel):
    """A request without its particulars."""

    id: UUID
    party: str
    kind: RequestKind
    state: RequestState
    received_on: date
    admitted_at: datetime | None
    due_at: datetime | None
    reminded: int
    ended_at: datetime | None
    decided: bool
    reference: str | None
    outcome: Outcome | None
    ground: Ground | None


class RequestsAnswer(BaseModel):
    requests: list[RequestAnswer]


class PersonAnswer(BaseModel):
    names: list[str]
    births: list[str]
    nationalities: list[str]
    documents: list[str]


class PartyAnswerShown(BaseModel):
    party: str
    decision: Decision | None
    words: str | None
    late: bool


class ConcernedAnswer(BaseModel):
    kind: RecordKind
    record: UUID
    deed: Deed


class RulingAnswer(BaseModel):
    decision: Decision
    reason: str
    words: str | None
    records: list[ConcernedAnswer]


class RequestFileAnswer(BaseModel):
    request: RequestAnswer
    person: PersonAnswer | None
    answers: list[PartyAnswerShown]
    own: RulingAnswer | None


class MaybeAnswer(BaseModel):
    record: UUID
    score: float
    sealed: bool


class SearchAnswer(BaseModel):
    found: list[MaybeAnswer]
    late: str | None


class AnsweredAnswer(BaseModel):
    outcome: Outcome
    words: list[str]


def request_answer(request: Request) -> RequestAnswer:
    """A request as its reader may see it."""
    return RequestAnswer.model_validate(request, from_attributes=True)


def file_answer(found: RequestFile) -> RequestFileAnswer:
    """A request with all that its reader may see."""
    return RequestFileAnswer(
        request=request_answer(found.request),
        person=person_answer(found.person) if found.person else None,
        answers=[PartyAnswerShown.model_validate(one, from_attributes=True) for one in found.answers],
        own=RulingAnswer.model_validate(found.own, from_attributes=True) if found.own else None,
    )


def person_answer(person: PersonDescription) -> PersonAnswer:
    """The particulars."""
    return PersonAnswer(
        names=[name.full for name in person.names], births=[str(birth) for birth in person.births],
        nationalities=list(person.nationalities), documents=[one.number for one in person.documents],
    )  # fmt: skip
