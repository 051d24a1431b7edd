"""What comes back from the tracing desk: every reading shows the limits that bind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from tripoint.desks.tracing import clocks, rules
from tripoint.desks.tracing.codec import description_to_json, known
from tripoint.desks.tracing.model import (
    Answer,
    Chain,
    ClockPolicy,
    Description,
    Json,
    Limits,
    Opened,
    Priority,
    Request,
    Side,
    State,
    Step,
)
from tripoint.words.firearms.recovery import IllicitGround
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, Restriction, TraceNeed, WhyNot


class LimitsShown(BaseModel):
    """The limits that bind the reader. `by` names the party that set them."""

    codes: list[Restriction]
    words: str | None
    by: str | None


class OwnShown(BaseModel):
    """What only the asker's half sees."""

    parent: UUID | None
    root: UUID | None
    operation: UUID | None
    recovered: UUID | None
    possessor: str | None
    possessor_protected: bool
    note: str | None


class BeginningAnswer(BaseModel):
    """How a request about a recovered firearm begins; `lacking` are the facts that nobody stated."""

    recovered: UUID
    description: Json
    grounds: list[str]
    lacking: list[str]


class RequestAnswer(BaseModel):
    """One hop as the reader's half sees it."""

    id: UUID
    asker: str
    asked: str
    mine: Side
    state: State
    next: list[State]
    priority: Priority
    urgent_reason: str | None
    grounds: list[IllicitGround]
    intended_use: str | None
    wanted: str | None
    limits: LimitsShown
    description: Json
    lacking: list[str]
    made_at: datetime
    state_since: datetime
    submitted_at: datetime | None
    answered_at: datetime | None
    due_at: datetime | None
    answer_due_at: datetime | None
    late: bool
    waits_for: Side | None
    result: AnswerClass | None
    comments: int
    own: OwnShown | None


class RequestsAnswer(BaseModel):
    traces: list[RequestAnswer]
    next: UUID | None


class StepShown(BaseModel):
    """An interval of custody; names that were not released are absent."""

    id: UUID
    request: UUID | None
    party: str
    own: bool
    role: HolderRole
    country: str | None
    since: str | None
    until: str | None
    evidence: Evidence
    lawful: bool | None
    retail: bool
    holder: str | None
    licence: str | None
    document: str | None
    result: str | None
    next_country: str | None
    released: bool
    names_released: bool
    carried_from: UUID | None
    limits: LimitsShown


class AnswerShown(BaseModel):
    number: int
    at: datetime
    kind: AnswerClass
    partial: bool
    why: WhyNot | None
    words: str | None
    ask_next: str | None
    limits: LimitsShown
    use_until: date | None


class CommentShown(BaseModel):
    number: int
    party: str
    own: bool
    words: str
    at: datetime


class TurnShown(BaseModel):
    number: int
    before: State | None
    after: State
    party: str
    reason: str | None
    at: datetime


class OpenedAnswer(BaseModel):
    """A request with its thread, its course, its answers and intervals; `limits` bind whoever reads this."""

    trace: RequestAnswer
    limits: LimitsShown
    use_ended: bool
    answers: list[AnswerShown]
    steps: list[StepShown]
    comments: list[CommentShown]
    turns: list[TurnShown]


class SuggestedShown(BaseModel):
    country: str
    reason: str
    evidence: str
    party: bool
    asked: bool


class SuggestionsAnswer(BaseModel):
    """Whom to ask, best first; `lacking` are the facts that identify a firearm and are not given."""

    suggestions: list[SuggestedShown]
    lacking: list[str]


class GapShown(BaseModel):
    since: str | None
    until: str | None


class TimeShown(BaseModel):
    """Days from the last known retail sale to the recovery, and their band."""

    least: int
    most: int
    band: str


class ChainAnswer(BaseModel):
    """The chain of custody over all hops of the reader's half."""

    steps: list[StepShown]
    diversion: UUID | None
    gaps: list[GapShown]
    conflicts: list[UUID]
    recovery: Json | None
    time_to_crime: TimeShown | None
    hops: list[RequestAnswer]
    limits: LimitsShown


class ClockShown(BaseModel):
    acknowledge_working_days: int
    urgent_hours: int
    routine_days: int
    more_info_working_days: int
    expire_days: int
    time_zone: str
    week: list[int]
    holidays: list[date]


class ClocksAnswer(BaseModel):
    clocks: dict[str, ClockShown]


class ContextAnswer(BaseModel):
    recovered: UUID
    need: TraceNeed
    authority: str
    reason: str


def limits_shown(limits: Limits, by: str | None) -> LimitsShown:
    """Limits as they are shown, with the party that set them."""
    return LimitsShown(codes=list(limits.codes), words=limits.words, by=by if limits != Limits() else None)


def beginning_answer(recovered: UUID, described: Description, grounds: Iterable[str]) -> BeginningAnswer:
    """The beginning of a request about a recovered firearm."""
    return BeginningAnswer(
        recovered=recovered, description=description_to_json(described), grounds=list(grounds),
        lacking=list(rules.lacking(described)),
    )  # fmt: skip


def request_answer(request: Request, now: datetime) -> RequestAnswer:
    """A request as it is shown at a moment."""
    asking, due = request.asking, request.clocks.due_at
    return RequestAnswer(
        id=request.id, asker=request.asker, asked=request.asked, mine=request.mine, state=request.state,
        next=list(rules.next_states(request.state, request.mine)), priority=asking.priority,
        urgent_reason=asking.urgent_reason, grounds=list(asking.grounds), intended_use=asking.intended_use,
        wanted=asking.wanted, limits=limits_shown(asking.limits, request.asker),
        description=description_to_json(asking.description), lacking=list(rules.lacking(asking.description)),
        made_at=request.made_at, state_since=request.state_since, submitted_at=request.submitted_at,
        answered_at=request.answered_at, due_at=due, answer_due_at=request.clocks.answer_due_at,
        late=due is not None and due < now, waits_for=clocks.WAITS_FOR.get(request.state), result=request.result,
        comments=request.comments,
        own=OwnShown.model_validate(request.own, from_attributes=True) if request.own else None,
    )  # fmt: skip


def step_shown(step: Step) -> StepShown:
    """An interval as it is shown."""
    plain = {name: getattr(step, name) for name in StepShown.model_fields}
    days = {name: str(day) if (day := getattr(step, name)) else None for name in ("since", "until")}
    return StepShown(**plain | days | {"limits": limits_shown(step.limits, step.party)})


def answer_shown(answer: Answer, by: str) -> AnswerShown:
    """An answer as it is shown, with the limits its party set."""
    plain = {name: getattr(answer, name) for name in AnswerShown.model_fields}
    return AnswerShown(**plain | {"limits": limits_shown(answer.limits, by)})


def binding(opened: Opened) -> LimitsShown:
    """The limits that bind the reader: of what was asked where he was asked, of what was answered where he asks."""
    request = opened.request
    if request.mine is Side.ASKED:
        return limits_shown(request.asking.limits, request.asker)
    return limits_shown(rules.limits_in_force([one.limits for one in opened.answers]), request.asked)


def opened_answer(opened: Opened, now: datetime) -> OpenedAnswer:
    """A request with everything of it that the reader may see."""
    by = opened.request.asked
    return OpenedAnswer(
        trace=request_answer(opened.request, now), limits=binding(opened), use_ended=opened.ended,
        answers=[answer_shown(one, by) for one in opened.answers],
        steps=[step_shown(step) for step in opened.steps],
        comments=[CommentShown.model_validate(one, from_attributes=True) for one in opened.comments],
        turns=[TurnShown.model_validate(one, from_attributes=True) for one in opened.turns],
    )  # fmt: skip


def chain_answer(chain: Chain, now: datetime) -> ChainAnswer:
    """The chain of custody, with the limits of everything in it."""
    time, recovery = chain.time_to_crime, chain.recovery
    others = [step.limits for step in chain.steps if not step.own]
    setters = sorted({step.party for step in chain.steps if not step.own and step.limits != Limits()})
    return ChainAnswer(
        steps=[step_shown(step) for step in chain.steps], diversion=chain.diversion,
        gaps=[
            GapShown(since=str(gap.since) if gap.since else None, until=str(gap.until) if gap.until else None)
            for gap in chain.gaps
        ],
        conflicts=list(chain.conflicts), recovery=known(asdict(recovery)) if recovery else None,
        time_to_crime=TimeShown(least=time.least, most=time.most, band=time.band) if time else None,
        hops=[request_answer(hop, now) for hop in chain.hops],
        limits=limits_shown(rules.limits_in_force(others), ", ".join(setters) or None),
    )  # fmt: skip


def clocks_answer(found: dict[str, ClockPolicy]) -> ClocksAnswer:
    """Clocks by party."""
    return ClocksAnswer(
        clocks={code: ClockShown.model_validate(one, from_attributes=True) for code, one in found.items()}
    )
