"""The shapes of recovered firearms, meetings and the reference over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from tripoint.access.http import Body, Line
from tripoint.records.firearms.model import Meeting, MeetingState, Recovered, Side
from tripoint.records.firearms.work import Opened
from tripoint.records.marks.model import Candidate, Holder, MarkQuery
from tripoint.records.shapes import FirearmCode, Year
from tripoint.words.firearms.recovery import Step, StepState

Note = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]


class RecoveredAnswer(BaseModel):
    id: UUID
    owner: str
    operation: UUID
    happened_at: datetime
    state: str
    version: int
    facts: dict[str, Any]


class RecoveredListAnswer(BaseModel):
    firearms: list[RecoveredAnswer]
    next: UUID | None


class MarkAnswer(BaseModel):
    id: UUID
    kind: str
    place: str | None
    raw: str
    script: str
    readings: list[dict[str, Any]]


class StepAnswer(BaseModel):
    step: Step
    state: StepState
    note: str
    by_officer: str
    at: datetime | None
    number: int


class MeetingAnswer(BaseModel):
    id: UUID
    side: Side
    own: UUID
    other_party: str
    other_contact: str
    level: str
    score: float
    content: dict[str, Any]
    state: MeetingState
    made_at: datetime
    decided_at: datetime | None
    reason: str | None


class MeetingsAnswer(BaseModel):
    meetings: list[MeetingAnswer]


class OpenedAnswer(RecoveredAnswer):
    marks: list[MarkAnswer]
    steps: list[StepAnswer]
    meetings: list[MeetingAnswer]
    pictures: Annotated[list[UUID], Field(description="of those the reader may see; GET /api/pictures/{id}")]
    own: bool


class PicturesBody(Body):
    """Every picture that belongs to the firearm, put in before with POST /api/pictures."""

    pictures: Annotated[tuple[UUID, ...], Field(max_length=20)]


class StepBody(Body):
    state: StepState
    note: Note = ""


class DecisionBody(Body):
    """Whether the recovered firearm is the listed one, and why; the reason stays with the party that decides."""

    state: Annotated[MeetingState, Field(description="confirmed or refuted")]
    reason: Line


class SearchBody(Body):
    """A mark as it can be read, and what is known beside it. In the body: addresses stand in logs."""

    query: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
    make: Line | None = None
    model: Line | None = None
    calibre: Line | None = None
    type: FirearmCode | None = None
    year: Year | None = None
    holders: Holder | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    def asked(self) -> MarkQuery:
        """The records' own form."""
        return MarkQuery(
            self.query, self.make, self.model, self.calibre, self.type, self.year, holders=self.holders
        )  # fmt: skip


class ReasonAnswer(BaseModel):
    code: str
    words: str
    weight: float


class FoundAnswer(BaseModel):
    """One candidate. Of what the reader's checks meet as a pointer only its kind and owner are told."""

    holder_kind: Holder
    level: str
    score: float
    holder: UUID | None
    owner: str
    mark: str | None
    facts: dict[str, Any]
    reasons: list[ReasonAnswer]


class SearchAnswer(BaseModel):
    results: list[FoundAnswer]


class TypeAnswer(BaseModel):
    code: str
    group: str
    above: str | None
    essential: bool


class TypesAnswer(BaseModel):
    types: list[TypeAnswer]


class CalibreAnswer(BaseModel):
    id: str
    family: str
    metric: str
    aliases: list[str]
    relations: dict[str, str]


class CalibresAnswer(BaseModel):
    calibres: list[CalibreAnswer]


class CalibreBody(Body):
    text: Line


class CalibreReadAnswer(BaseModel):
    marked: str
    calibre_id: str | None
    family: str | None
    confidence: float
    candidates: list[str]
    cartridge: str | None
    look_alikes: list[str]


class MakeAnswer(BaseModel):
    id: str
    name: str
    models: int


class MakesAnswer(BaseModel):
    makes: list[MakeAnswer]


class ModelsAnswer(BaseModel):
    """Models of a make: those of the free reference, and the records of the one that this hub's operator loaded."""

    models: list[str]
    reference: list[dict[str, Any]]


def recovered_answer(found: Recovered) -> RecoveredAnswer:
    """A recovered firearm."""
    return RecoveredAnswer.model_validate(found, from_attributes=True)


def opened_answer(found: Opened) -> OpenedAnswer:
    """A recovered firearm with what belongs to it."""
    head = recovered_answer(found.recovered).model_dump()
    return OpenedAnswer(
        **head, own=found.own, marks=[MarkAnswer.model_validate(one, from_attributes=True) for one in found.marks],
        steps=[StepAnswer.model_validate(one, from_attributes=True) for one in found.steps],
        meetings=[meeting_answer(one) for one in found.meetings], pictures=list(found.pictures),
    )  # fmt: skip


def meeting_answer(found: Meeting) -> MeetingAnswer:
    """One half of a meeting."""
    return MeetingAnswer.model_validate(found, from_attributes=True)


SHOWN = ("make", "model", "calibre", "type", "made_in", "place", "kind", "status", "country")


def found_answer(found: Candidate, owner: str) -> FoundAnswer:
    """A candidate, as far as its level goes."""
    full = found.level.value == "full"
    facts = {name: found.row[name] for name in SHOWN if found.row.get(name) is not None} if full else {}
    reasons = [ReasonAnswer.model_validate(one, from_attributes=True) for one in found.ranked.reasons] if full else []
    return FoundAnswer(
        holder_kind=found.holder_kind, level=found.level.value, score=found.ranked.score if full else 0.0, owner=owner,
        holder=found.holder if full else None, mark=found.row["raw"] if full else None, facts=facts, reasons=reasons,
    )  # fmt: skip
