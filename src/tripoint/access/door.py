"""The one way in: every request opens one transaction here, is recognised, allowed, written down and committed."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tripoint.access import entry_store, possession, store
from tripoint.access.budgets import Budgets, opened
from tripoint.access.budgets_store import first_to_warn
from tripoint.access.lookup import NoPersons, PersonLookup
from tripoint.access.model import Act, AuditNote, Clocks, SignIn
from tripoint.access.possession import Shown
from tripoint.access.rules import PROOF_HOLDS, STEP_UP_ACTS, may
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announce
from tripoint.base.database import Engine, Session, Statement, transaction
from tripoint.base.errors import NotAllowed, NotSignedIn, StepUpNeeded, TooMuchRead, TripointError
from tripoint.base.ids import uuid7
from tripoint.base.keyring import NO_KEYS, KeyRing
from tripoint.base.memory import ShortMemory
from tripoint.base.room_left import room_anywhere

COOKIE = "__Host-tripoint"
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NEEDS_NO_ROOM = frozenset({Act.SIGN_OUT, Act.END_SIGN_IN})  # safety first: a row of the trail finds room


def utc_now() -> datetime:
    """The present moment; tests hand in their own clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request shows of itself before it is recognised."""

    secret: str | None
    by_cookie: bool
    csrf: str | None
    method: str
    request: UUID
    by_itself: bool = False  # a page asks again on its own: no sign that a person is there
    proof: str | None = None  # of a device: that it holds the key its token is bound to
    address: str = ""  # host and path, which that proof is made for


@dataclass(frozen=True, slots=True)
class Door:
    """Where requests enter: the engine, where clock and ids come from, and how long a session lasts."""

    engine: Engine
    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = uuid7
    session_idle: timedelta = timedelta(minutes=30)
    session_length: timedelta = timedelta(hours=12)
    clocks: Clocks = field(default_factory=Clocks)
    memory: ShortMemory = field(default_factory=ShortMemory)
    persons: PersonLookup = field(default_factory=NoPersons)
    room: Callable[[], None] = room_anywhere  # raises DiskFull before anything new is written
    keys: KeyRing = NO_KEYS
    budgets: Budgets = field(default_factory=Budgets)

    @contextmanager
    def visit(
        self, caller: Caller, act: Act, *, quiet: bool = False, ahead: Sequence[Statement] = ()
    ) -> Generator[Visit]:
        """Open a visit for `act`; commit when the block ends well, keep nothing otherwise.

        `quiet` is for the later looks of a stream, whose beginning was written down. `ahead` are looks that go to the
        database with the sign-on, to save an exchange: they see what the officer's party may see, and what they find
        is handed on only to one who may do the act.

        Raises NotSignedIn, NotAllowed or StepUpNeeded; a refusal is written to the trail in a transaction of its own.
        Raises DiskFull for a change that the disk has no room for.
        Raises TooMany when a sign-in asks too often, TooMuchRead when an officer opens too much: then nothing goes out.
        """
        refused: Visit | None = None
        try:
            with transaction(self.engine) as session:
                renew = not (quiet or caller.by_itself)
                visit = self._recognise(session, caller, act, renew=renew, fresh=not quiet, ahead=ahead)
                refusal = refusal_of(caller, visit)
                if refusal is not None:
                    refused = visit
                    raise refusal
                if caller.method in CHANGES and act not in NEEDS_NO_ROOM:
                    self.room()
                if not quiet:
                    self.budgets.ask(visit.sign_in.id, act)
                yield visit
                self.budgets.read(visit.officer.id, opened(visit.notes))
                store.finish(visit, visit.notes or ([] if quiet else [AuditNote(act)]))
        except TooMuchRead:
            self._tell_of_reading(caller, act)
            raise
        finally:
            if refused is not None:
                self._write_refusal(caller, act)
        if self.budgets.much_is_read(visit.officer.id):
            self.budgets.settle(self.engine)

    def _recognise(
        self, session: Session, caller: Caller, act: Act, *, renew: bool = True, fresh: bool = True,
        ahead: Sequence[Statement] = (),
    ) -> Visit:  # fmt: skip
        if not caller.secret:
            raise NotSignedIn
        found = store.sign_on(session, hash_secret(caller.secret), renew=renew, ahead=ahead)
        if found is None:
            raise NotSignedIn
        who, entry, rows = found
        if entry.kind == "device":  # the token alone opens nothing: the key that it is bound to signs each request
            shown = Shown(caller.proof, caller.method, caller.address, caller.secret)
            possession.check(session, shown, sign_in=entry.id, request=caller.request, now=self.clock(), fresh=fresh)
        return Visit(
            session, who, entry, act, caller.request, self.clock, self.new_id, self.clocks, self.memory, self.persons,
            keys=self.keys, ahead=rows,
        )  # fmt: skip

    def _write_refusal(self, caller: Caller, act: Act) -> None:
        with transaction(self.engine) as session:
            visit = self._recognise(session, caller, act)
            store.finish(visit, [AuditNote(act, outcome="refused")])

    def _tell_of_reading(self, caller: Caller, act: Act) -> None:
        """Write down that an officer is over his budget, and tell his party once an hour."""
        with transaction(self.engine) as session:
            visit = self._recognise(session, caller, act, renew=False)
            who, party = visit.officer.id, visit.party
            if first_to_warn(session, who):
                announce(session, Announcement("budget", (party,), who, "reads"))
            store.finish(visit, [AuditNote(act, "officer", who, party, outcome="over_budget")])


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a session's or token's secret: all that the database keeps of it."""
    return sha256(secret.encode()).digest()


def refusal_of(caller: Caller, visit: Visit) -> TripointError | None:
    """Why the visit may not do its act; None where it may. Some acts want a fresh proof of the person."""
    if not may(visit.officer, visit.act, visit.sign_in) or not csrf_holds(caller, visit.sign_in):
        return NotAllowed()
    if visit.act not in STEP_UP_ACTS:
        return None
    if visit.sign_in.kind != "session":
        return NotAllowed("A machine's token cannot do this.", remedy="A person does it, in a session of his own.")
    if not entry_store.proven_lately(visit.session, visit.sign_in.id, PROOF_HOLDS):
        remedy = "Prove it with your passkey or one-time code (POST /api/session/proof), then send it again."
        return StepUpNeeded(remedy=remedy)
    return None


def csrf_holds(caller: Caller, sign_in: SignIn) -> bool:
    """A change that a browser's cookie proves must also carry the session's own word, which no other site knows."""
    if not caller.by_cookie or caller.method not in CHANGES:
        return True
    shown, own = (caller.csrf or "").encode(), (sign_in.csrf or "").encode()
    return bool(shown and own) and hmac.compare_digest(shown, own)
