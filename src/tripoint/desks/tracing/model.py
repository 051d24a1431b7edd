"""The nouns of the tracing desk: requests, what is sent, custody intervals, answers, comments, clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.words.dates import PartialDate
from tripoint.words.firearms.recovery import AcquisitionMode, IllicitGround, MarkedStatus
from tripoint.words.time_to_crime import TimeToCrime
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, Restriction, TraceNeed, WhyNot


class Priority(StrEnum):
    """How pressing a request is; an urgent one says why."""

    ROUTINE = "routine"
    URGENT = "urgent"


class State(StrEnum):
    """How far a request is (the order of firearms tracing: asked, taken up, answered, closed)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    MORE_INFO_NEEDED = "more_info_needed"
    IN_PROGRESS = "in_progress"
    PARTIAL_RESULT = "partial_result"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Side(StrEnum):
    """Which half of a request a party has."""

    ASKER = "asker"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class SentMark:
    """A mark as it stands on the firearm: where, of which kind, and what can be read, never changed."""

    place: str
    kind: str
    raw: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Where, when and how the firearm came into the hands of the police."""

    country: str
    day: date | None = None
    place: str | None = None
    acquired_by: AcquisitionMode | None = None
    circumstances: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """The snapshot of a firearm that goes with a request; `possessor` only where the asker chose to send him."""

    marks: tuple[SentMark, ...] = ()
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    type: str | None = None
    country_of_manufacture: str | None = None
    year: int | None = None
    importer: str | None = None
    import_country: str | None = None
    import_year: int | None = None
    marked_status: MarkedStatus | None = None
    recovery: Recovery | None = None
    possessor: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How what a party tells may be used; the codes bind, the words explain. None of it means no limit was set."""

    codes: tuple[Restriction, ...] = ()
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """What the asker says in a request: all of it goes to the asked party."""

    description: Description
    priority: Priority = Priority.ROUTINE
    urgent_reason: str | None = None
    grounds: tuple[IllicitGround, ...] = ()
    intended_use: str | None = None
    wanted: str | None = None
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What stays with the asker: which request this one follows, the recovered firearm, who had it."""

    parent: UUID | None = None
    root: UUID | None = None
    operation: UUID | None = None
    recovered: UUID | None = None
    possessor: str | None = field(default=None, repr=False)
    possessor_protected: bool = False  # a child, a victim: never sent
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One interval of custody. `holder`, `licence` and `document` are None where the writer did not release them.

    `lawful` is None where nobody can say; `retail` marks a sale over the counter; `released` what the other half sees.
    """

    id: UUID
    role: HolderRole
    country: str | None
    since: PartialDate | None
    until: PartialDate | None
    evidence: Evidence
    lawful: bool | None
    retail: bool = False
    holder: str | None = field(default=None, repr=False)
    licence: str | None = None
    document: str | None = None
    result: str | None = None
    next_country: str | None = None
    released: bool = True
    names_released: bool = True
    carried_from: UUID | None = None
    request: UUID | None = None
    party: str = ""  # code of the party that wrote it
    own: bool = True
    limits: Limits = Limits()
    use_until: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asked party tells. `partial` says that more is to come; `use_until` ends the asker's reading."""

    kind: AnswerClass
    partial: bool = False
    why: WhyNot | None = None
    words: str | None = None
    ask_next: str | None = None  # country
    limits: Limits = Limits()
    use_until: date | None = None
    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of the thread that both halves read."""

    number: int
    party: str
    own: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of state; `party` is empty where the hub itself made it."""

    number: int
    before: State | None
    after: State
    party: str
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """How soon a party answers for its requests: its own time zone, working week (Monday is 0) and holidays.

    International instruments name no number of days ("within a reasonable time"), so each party sets its own.
    """

    acknowledge_working_days: int = 2
    urgent_hours: int = 24
    routine_days: int = 30
    more_info_working_days: int = 10
    expire_days: int = 180
    time_zone: str = "UTC"
    week: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Clocks:
    """What runs in a state: when the present step is due, the answer, and when the hub lets the request expire."""

    due_at: datetime | None
    answer_due_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Request:
    """One hop, as one of the two parties finds it. `mine` says which half the reader has."""

    id: UUID
    asker: str
    asked: str
    mine: Side
    state: State
    made_at: datetime
    state_since: datetime
    submitted_at: datetime | None
    answered_at: datetime | None
    clocks: Clocks
    result: AnswerClass | None
    asking: Asking
    own: OwnPart | None = None  # the asker's alone
    comments: int = 0
    numbers: tuple[int, int] = (-1, -1)  # of asker and asked, for the trail; never shown

    @property
    def other(self) -> int:
        """The number of the other half's party."""
        return self.numbers[self.mine is Side.ASKER]


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as its asker writes it down: to whom, what is sent, what stays, and whether it goes out at once.

    `asking.description.possessor` is empty here; `send_possessor` puts the one of the own part into what is sent.
    """

    id: UUID
    asked: str
    asking: Asking
    own: OwnPart = OwnPart()
    steps: tuple[Step, ...] = ()
    send_possessor: bool = False
    submit: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What requests are wanted: either half or one, a state, a party on the other side, only late ones."""

    side: Side | None = None
    state: State | None = None
    party: str | None = None
    operation: UUID | None = None
    late: bool = False
    after: UUID | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """A request with everything of it that the reader may see."""

    request: Request
    comments: tuple[Comment, ...]
    turns: tuple[Turn, ...]
    answers: tuple[Answer, ...]
    steps: tuple[Step, ...]
    ended: bool = False  # an answer was there whose use has ended


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A country to ask, and why. `party`: it takes part in this hub; `asked`: it was asked already."""

    country: str
    reason: str  # code: next_on_trail, import_mark, maker_country, maker_has_works
    evidence: str  # what the reason rests on
    party: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which nobody is known to have held the firearm."""

    since: PartialDate | None
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The intervals in their order, the point of diversion among them, the gaps, and the time-to-crime."""

    steps: tuple[Step, ...]
    diversion: UUID | None
    gaps: tuple[Gap, ...]
    recovery: Recovery | None
    time_to_crime: TimeToCrime | None
    hops: tuple[Request, ...] = ()
    conflicts: tuple[UUID, ...] = ()  # intervals that begin before the one before them ended


@dataclass(frozen=True, slots=True)
class Context:
    """What the owner decided about one recovered firearm: whether it must be traced, who said so, and why."""

    recovered: UUID
    need: TraceNeed
    authority: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A recovered firearm as its own record tells it, for counting."""

    id: UUID
    acquired_by: str
    type: str
    marked: str
    day: date
    operation: UUID


Json = dict[str, Any]
