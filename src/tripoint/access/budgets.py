"""How much one sign-in may ask in a second and one officer may read in an hour, shared by all processes.

Each process keeps the level of every bucket it has met, and settles with the database what it spent: once a second in
a thread of its own, and after a reading at once when much was read. So a check pays for a look into a table in memory
and for no statement, and several processes together exceed a budget by no more than what they do between two settlings.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tripoint.access import budgets_store as store
from tripoint.access.budgets_store import Level, Spent
from tripoint.access.model import Act, AuditNote
from tripoint.base.database import Engine, transaction
from tripoint.base.errors import TooMany, TooMuchRead, TripointError
from tripoint.base.logs import logger

SETTLE_EVERY = 1.0  # seconds
SHARE = 0.05  # of a budget of reading; so much is spent before it is settled at once
FORGET_AFTER = 3600.0  # seconds without use; by then every bucket is full again
LOOKING = ("see_", "list_", "read_", "find_", "follow_", "search_")
COMES_ALONG = "hit"  # opening a hit opens its record, which is the one that counts
log = logger(__name__)


class Kind(StrEnum):
    """What is counted: requests of three kinds by sign-in, and records opened by officer."""

    CHECKS = "checks"
    LOOKS = "looks"
    CHANGES = "changes"
    READS = "reads"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A bucket: it holds `most` and refills by `refill` a second."""

    refill: float
    most: float

    @classmethod
    def per_second(cls, count: int) -> Allowance:
        """So many a second, and ten seconds' worth at once."""
        return cls(float(count), count * 10.0)

    @classmethod
    def per_hour(cls, count: int) -> Allowance:
        """So many an hour, all of them at once if need be."""
        return cls(count / 3600, float(count))


GENEROUS: Mapping[Kind, Allowance] = {
    Kind.CHECKS: Allowance.per_second(2000), Kind.LOOKS: Allowance.per_second(100),
    Kind.CHANGES: Allowance.per_second(50), Kind.READS: Allowance.per_hour(5000),
}  # fmt: skip


@dataclass(slots=True)
class Bucket:
    """One bucket as this process knows it; `unsettled` was spent since the database was last told."""

    level: float
    at: float
    unsettled: float = 0.0
    settled_at: float = -math.inf


def kind_of(act: Act) -> Kind:
    """The budget that a request for an act is counted in."""
    if act is Act.ASK_CHECK:
        return Kind.CHECKS
    return Kind.LOOKS if act.value.startswith(LOOKING) else Kind.CHANGES


def opened(notes: Iterable[AuditNote]) -> int:
    """How many records a visit opened, by what it wrote into the trail: so no reading is forgotten here."""
    return sum(
        note.object_id is not None and note.object_kind != COMES_ALONG and note.act.value.startswith(("read_", "open_"))
        for note in notes
    )


@dataclass(slots=True)
class Budgets:
    """The buckets of one process."""

    allowances: Mapping[Kind, Allowance] = field(default_factory=lambda: GENEROUS)
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[tuple[UUID, str], Bucket] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, sign_in: UUID, act: Act) -> None:
        """Count a request. Raises TooMany, saying how many seconds to wait."""
        wait = self._spend(sign_in, kind_of(act), 1)
        if wait:
            raise TooMany(wait=wait)

    def read(self, officer: UUID, count: int) -> None:
        """Count opened records, before they go out. Raises TooMuchRead, saying how many seconds to wait."""
        wait = self._spend(officer, Kind.READS, count) if count else 0
        if wait:
            raise TooMuchRead(wait=wait)

    def _spend(self, who: UUID, kind: Kind, count: float) -> int:
        """0 when it was spent, else the whole seconds until it can be."""
        allowance, now = self.allowances[kind], self.clock()
        with self._turn:
            bucket = self._buckets.get((who, kind))
            if bucket is None:
                bucket = self._buckets[who, kind] = Bucket(allowance.most, now)
            bucket.level = min(allowance.most, bucket.level + (now - bucket.at) * allowance.refill)
            bucket.at = now
            if bucket.level < count:
                return max(1, math.ceil((min(count, allowance.most) - bucket.level) / allowance.refill))
            bucket.level -= count
            bucket.unsettled += count
        return 0

    def much_is_read(self, officer: UUID) -> bool:
        """Whether what an officer read should be settled now and not within a second."""
        bucket = self._buckets.get((officer, Kind.READS))
        if bucket is None or not bucket.unsettled:
            return False
        late = self.clock() - bucket.settled_at > SETTLE_EVERY
        return late or bucket.unsettled >= SHARE * self.allowances[Kind.READS].most

    def settle(self, engine: Engine) -> None:
        """Tell the database what was spent here and learn what all processes spent. Raises Unavailable."""
        due = self._taken()
        if not due:
            return
        try:
            with transaction(engine) as session:
                levels = store.settle(session, due)
        except TripointError:
            self._give_back(due)
            raise
        self._learn(levels)

    def _taken(self) -> list[Spent]:
        """What is to be settled; buckets long out of use are forgotten."""
        now, due = self.clock(), []
        with self._turn:
            for (who, kind), bucket in list(self._buckets.items()):
                if bucket.unsettled:
                    allowance = self.allowances[Kind(kind)]
                    due.append(Spent(who, kind, bucket.unsettled, allowance.refill, allowance.most))
                    bucket.unsettled, bucket.settled_at = 0.0, now
                elif now - bucket.at > FORGET_AFTER:
                    del self._buckets[who, kind]
        return due

    def _give_back(self, due: Iterable[Spent]) -> None:
        """Keep what could not be settled for the next time."""
        with self._turn:
            for spent in due:
                self._buckets[spent.who, spent.kind].unsettled += spent.count

    def _learn(self, levels: Iterable[Level]) -> None:
        """Take over the common levels, less what was spent here meanwhile."""
        now = self.clock()
        with self._turn:
            for found in levels:
                bucket = self._buckets.get((found.who, found.kind))
                if bucket is not None:
                    bucket.level, bucket.at = found.level - bucket.unsettled, now


@dataclass(slots=True)
class Settling:
    """The thread of a process that settles once a second."""

    engine: Engine
    budgets: Budgets
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self.run, name="settling", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Settle a last time and end; returns when it has ended."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)

    def run(self) -> None:
        """Settle and pause; what a failing database does not take is kept for the next time."""
        while True:
            last = self._stop.wait(SETTLE_EVERY)
            try:
                self.budgets.settle(self.engine)
            except Exception as error:  # without this thread the processes would no longer share what is spent
                log.warning("what was spent could not be settled", exc_info=error)
            if last:
                return
