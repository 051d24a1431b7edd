"""The nouns of the data subjects' desk: requests, the parties asked, the records concerned, the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tripoint.engines.sealing import Sealed
from tripoint.records.model import RecordKind
from tripoint.words.people import PersonDescription


class RequestKind(StrEnum):
    """What a person asks for."""

    ACCESS = "access"
    CORRECTION = "correction"
    DELETION = "deletion"


class RequestState(StrEnum):
    """How far a request is. The clock runs while it is admissible."""

    RECEIVED = "received"
    INADMISSIBLE = "inadmissible"
    ADMISSIBLE = "admissible"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Ground(StrEnum):
    """Why a request is not admitted."""

    IDENTITY_NOT_SHOWN = "identity_not_shown"
    NO_MANDATE = "no_mandate"
    NOT_ABOUT_THE_ASKER = "not_about_the_asker"
    REPEATED = "repeated"


class Decision(StrEnum):
    """What an owner decides. `nothing_to_tell` says the same whether nothing is held or it is withheld."""

    TOLD = "told"
    DONE = "done"
    NOTHING_TO_TELL = "nothing_to_tell"


class Deed(StrEnum):
    """What became of one record concerned; known to its owner alone."""

    TOLD = "told"
    WITHHELD = "withheld"
    CORRECTED = "corrected"
    DELETED = "deleted"
    KEPT = "kept"


class Outcome(StrEnum):
    """How the person is answered in the end."""

    TOLD = "told"
    DONE = "done"
    NEITHER_CONFIRMED_NOR_DENIED = "neither_confirmed_nor_denied"


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came in. `reference` is the file number of the officer's own office, and names nobody."""

    kind: RequestKind
    reference: str
    received_on: date
    person: PersonDescription


@dataclass(frozen=True, slots=True)
class Request:
    """A request as one data protection officer finds it.

    `reference`, `outcome` and `ground` are the receiving party's alone; `sealed` is who asks, None once erased.
    """

    id: UUID
    party: str  # code of the party that received it
    kind: RequestKind
    state: RequestState
    received_on: date
    admitted_at: datetime | None
    due_at: datetime | None
    reminded: int  # per cent of the clock that the last reminder stood for: 0, 50, 80 or 100
    ended_at: datetime | None
    decided: bool  # whether the reader's own party has decided, or need not
    sealed: Sealed | None
    reference: str | None = None
    outcome: Outcome | None = None
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """What a party asked lets the receiving party tell; closed until all have decided or the clock has run out."""

    party: str  # code
    decision: Decision | None
    words: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class Concerned:
    """A record of the deciding party that is about the person, and what became of it."""

    kind: RecordKind
    record: UUID
    deed: Deed


@dataclass(frozen=True, slots=True)
class Ruling:
    """A party's decision. `words` go to the person, `reason` and `records` stay with the owner."""

    decision: Decision
    reason: str
    words: str | None = None
    records: tuple[Concerned, ...] = ()


@dataclass(frozen=True, slots=True)
class MaybeConcerned:
    """A person on one of the own party's lists who may be the one who asks; `score` from 0 to 1.

    `sealed` marks one to protect, found by the blind form of name and birth or of a document's number.
    """

    record: UUID
    score: float
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Whom of the own lists the particulars may mean. `late` says that some may be missing."""

    found: tuple[MaybeConcerned, ...]
    late: str | None = None


@dataclass(frozen=True, slots=True)
class RequestFile:
    """One request with who asks, what the parties asked let tell, and the reader's own decision."""

    request: Request
    person: PersonDescription | None
    answers: tuple[PartyAnswer, ...]
    own: Ruling | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the person: the outcome, and the words that owners let be told."""

    outcome: Outcome
    words: tuple[str, ...]
