"""What is sent to the tracing desk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from tripoint.access.http import Body, Line
from tripoint.desks.tracing import clocks
from tripoint.desks.tracing.model import (
    Answer,
    Asking,
    ClockPolicy,
    Context,
    Description,
    Limits,
    OwnPart,
    Priority,
    Recovery,
    SentMark,
    State,
    Step,
    Wish,
)
from tripoint.records.shapes import Code, Day, PartyCode, Text
from tripoint.words.countries import is_country
from tripoint.words.dates import read_partial_date
from tripoint.words.firearms.recovery import AcquisitionMode, IllicitGround, MarkedStatus
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, Restriction, TraceNeed, WhyNot


def a_country(code: str) -> str:
    """A three-letter code of ours."""
    if not is_country(code):
        raise ValueError("is no country we know; give its three-letter code (ISO 3166-1)")
    return code


def partial(text: str) -> str:
    """A date of which day and month may be unknown."""
    return str(read_partial_date(text))


Country = Annotated[str, Field(max_length=3), AfterValidator(a_country)]
PartialDay = Annotated[str, Field(max_length=20), AfterValidator(partial)]
UNNAMED = UUID(int=0)  # the work names each interval it keeps
Year = Annotated[int, Field(ge=1850, le=2150)]
Codes = Annotated[tuple[Restriction, ...], Field(max_length=len(Restriction))]


class LimitsBody(Body):
    """How what is told may be used; it binds the receiver."""

    codes: Codes = ()
    words: Text | None = None

    def limits(self) -> Limits:
        """The desk's own form."""
        return Limits(tuple(dict.fromkeys(self.codes)), self.words)


class MarkBody(Body):
    """A mark: where it stands, of which kind, and what can be read."""

    place: Code = "frame"
    kind: Code = "serial"
    raw: Line


class RecoveryBody(Body):
    """Where, when and how the firearm came into the hands of the police."""

    country: Country
    day: Day | None = None
    place: Line | None = None
    acquired_by: AcquisitionMode | None = None
    circumstances: Text | None = None


class DescriptionBody(Body):
    """The firearm as it is described to the asked party."""

    marks: Annotated[tuple[MarkBody, ...], Field(max_length=40)] = ()
    make: Line | None = None
    model: Line | None = None
    calibre: Line | None = None
    type: Code | None = None
    country_of_manufacture: Country | None = None
    year: Year | None = None
    importer: Line | None = None
    import_country: Country | None = None
    import_year: Year | None = None
    marked_status: MarkedStatus | None = None
    recovery: RecoveryBody | None = None

    def description(self) -> Description:
        """The desk's own form; a possessor is never in it."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        recovery = Recovery(**dict(self.recovery)) if self.recovery else None
        marks = tuple(SentMark(**dict(one)) for one in self.marks)
        return Description(**plain | {"marks": marks, "recovery": recovery})


class StepBody(Body):
    """An interval of custody; `carried_from` takes what an interval of another request told, and nothing else of this.

    `names_released` says whether the other half sees holder, licence and document.
    """

    role: HolderRole = HolderRole.UNKNOWN
    country: Country | None = None
    since: PartialDay | None = None
    until: PartialDay | None = None
    evidence: Evidence = Evidence.NONE
    lawful: bool | None = None
    retail: bool = False
    holder: Line | None = None
    licence: Line | None = None
    document: Line | None = None
    result: Text | None = None
    next_country: Country | None = None
    released: bool = False
    names_released: bool = False
    carried_from: UUID | None = None

    def step(self) -> Step:
        """The desk's own form."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        days = {name: read_partial_date(day) if (day := plain[name]) else None for name in ("since", "until")}
        return Step(id=UNNAMED, **plain | days)


Steps = Annotated[tuple[StepBody, ...], Field(max_length=40)]


class RequestBody(Body):
    """What one party asks another about a firearm; `possessor` is sent only with `send_possessor`, `note` never."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "id": "01890a5d-ac96-774b-bcce-b302099a8057", "asked": "BRA", "grounds": ["illicit_where_found"],
        "intended_use": "criminal investigation", "submit": True, "description": {
            "marks": [{"raw": "TBK 482915"}], "make": "Taurus", "type": "pistol", "calibre": "9x19",
            "country_of_manufacture": "BRA", "recovery": {"country": "PRY", "acquired_by": "seized"},
        },
    }]})  # fmt: skip
    id: UUID
    asked: PartyCode
    description: DescriptionBody
    priority: Priority = Priority.ROUTINE
    urgent_reason: Text | None = None
    grounds: Annotated[tuple[IllicitGround, ...], Field(max_length=len(IllicitGround))] = ()
    intended_use: Text | None = None
    wanted: Text | None = None
    limits: LimitsBody = LimitsBody()
    parent: UUID | None = None
    operation: UUID | None = None
    recovered: UUID | None = None
    possessor: Line | None = None
    possessor_protected: bool = False
    send_possessor: bool = False
    note: Text | None = None
    steps: Steps = ()
    submit: bool = False

    def wish(self) -> Wish:
        """The desk's own form."""
        asking = Asking(
            self.description.description(), self.priority, self.urgent_reason, tuple(dict.fromkeys(self.grounds)),
            self.intended_use, self.wanted, self.limits.limits(),
        )  # fmt: skip
        own = OwnPart(
            self.parent, None, self.operation, self.recovered, self.possessor, self.possessor_protected, self.note
        )
        return Wish(
            self.id, self.asked, asking, own, tuple(one.step() for one in self.steps), self.send_possessor, self.submit
        )


class SuggestionBody(Body):
    """A firearm of which nobody has been asked yet, or the request after which somebody else is to be asked."""

    description: DescriptionBody
    parent: UUID | None = None


class MoveBody(Body):
    """What a request is made, and why."""

    to: State
    reason: Text | None = None


class CommentBody(Body):
    words: Text


class AnswerBody(Body):
    """What the asked party tells: how far it came, or why it did not, and the intervals of custody it found."""

    kind: AnswerClass
    partial: bool = False
    why: WhyNot | None = None
    words: Text | None = None
    ask_next: Country | None = None
    limits: LimitsBody = LimitsBody()
    use_until: Day | None = None
    steps: Steps = ()

    def answer(self) -> Answer:
        """The desk's own form."""
        return Answer(
            self.kind, self.partial, self.why, self.words, self.ask_next, self.limits.limits(), self.use_until
        )


class ClockBody(Body):
    """How soon the own party answers, by its own calendar. Days of the week from 0, Monday."""

    acknowledge_working_days: Annotated[int, Field(ge=1, le=clocks.LONGEST["acknowledge_working_days"])] = 2
    urgent_hours: Annotated[int, Field(ge=1, le=clocks.LONGEST["urgent_hours"])] = 24
    routine_days: Annotated[int, Field(ge=1, le=clocks.LONGEST["routine_days"])] = 30
    more_info_working_days: Annotated[int, Field(ge=1, le=clocks.LONGEST["more_info_working_days"])] = 10
    expire_days: Annotated[int, Field(ge=1, le=clocks.LONGEST["expire_days"])] = 180
    time_zone: Line = "UTC"
    week: Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(min_length=1, max_length=7)] = (0, 1, 2, 3, 4)
    holidays: Annotated[tuple[Day, ...], Field(max_length=400)] = ()

    def policy(self) -> ClockPolicy:
        """The desk's own form."""
        plain = {name: getattr(self, name) for name in type(self).model_fields}
        return ClockPolicy(**plain | {"week": tuple(sorted(set(self.week))), "holidays": tuple(sorted(self.holidays))})


class ContextBody(Body):
    """Whether a recovered firearm must be traced; who established its illicit origin or context, and how."""

    need: TraceNeed
    authority: Line
    reason: Text

    def context(self, recovered: UUID) -> Context:
        """The desk's own form."""
        return Context(recovered, self.need, self.authority, self.reason)
