"""The sealer: one thread of one process hashes new rows of the trail into the tree and signs its head.

Once an hour it rounds the tree up with fillers and publishes the head over all: parties see no other.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tripoint.access.sealing import store
from tripoint.access.sealing.keys import KeyFolder
from tripoint.access.sealing.model import LogKey, Place, SignedHead
from tripoint.base.announcements import Announcement, announce
from tripoint.base.database import Engine, Row, Session, transaction
from tripoint.base.errors import SetUp, Unavailable
from tripoint.base.ids import uuid7
from tripoint.base.logs import logger
from tripoint.engines.merkle.canonical import filled, row_hash
from tripoint.engines.merkle.fillers import NONCE_BYTES, filler_hash, rounded
from tripoint.engines.merkle.heads import TreeHead, key_statement, log_id, public_bytes
from tripoint.engines.merkle.tree import Frontier, Node, Tiles

PAUSE = 0.2  # seconds between looks
AT_ONCE = 5_000  # rows above the highest sealed, in one transaction
AFTER_A_FAILURE = 1.0  # seconds
HEAD = "audit_head"  # the announcement of an hour's head
UNTOLD = 0  # what a published head says is settled: the number would count the rows of all parties
log = logger(__name__)


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def new_nonce() -> bytes:
    """What makes a filler like no other: 32 random bytes."""
    return secrets.token_bytes(NONCE_BYTES)


@dataclass(slots=True)
class Sealer:
    """Runs until stopped. In a hub of several processes each has one; the database lets only one work at a time."""

    engine: Engine  # acting as tripoint_sealer
    folder: KeyFolder
    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = uuid7
    new_nonce: Callable[[], bytes] = new_nonce
    pause: float = PAUSE
    _place: Place | None = None
    _hour: datetime | None = None
    _key: tuple[LogKey, Ed25519PrivateKey] | None = None
    _log: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="sealer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the present look; returns when it has ended and its connections are closed."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)
        self.engine.dispose()

    def run(self) -> None:
        """Look, seal, pause; a database that is gone is waited for, whatever else fails is tried again."""
        while not self._stop.is_set():
            try:
                more = self.look()
            except Unavailable:
                log.warning("the sealer waits for the database")
                self._begin_anew()
            except Exception as error:  # what waits is still there, and is sealed once the fault is mended
                fault = error.sentence if isinstance(error, SetUp) else None
                log.error("the trail is not being sealed; trying again", exc_info=error, fault=fault)
                self._begin_anew()
            else:
                self._stop.wait(0 if more else self.pause)

    def look(self) -> bool:
        """Seal what can be seen and is not sealed, in one transaction; True when there may be more."""
        with transaction(self.engine) as session:
            if not store.alone(session):
                self._place = None
                return False
            place = self._standing(session)
            last, writing = store.last_number(session), store.writers(session)  # in this order, and before the rows
            rows, whole = store.unsealed(session, place.high, place.gaps, AT_ONCE)
            place = place.marked(last, writing).with_taken((row["seq"] for row in rows), writing, whole=whole)
            if rows:
                place = self._seal(session, place, rows)
            place, hour = self._publish(session, place)
        self._place, self._hour = place, hour
        return not whole

    def change_key(self, *, lost: bool = False) -> LogKey:
        """Go on with a new key, for which the present one signs; where that is lost, no verifier trusts it unasked.

        Raises SetUp where the present one is missing and not said to be lost, or nothing was ever sealed.
        """
        with transaction(self.engine) as session:
            store.wait_alone(session)
            known, newest = store.keys(session), store.newest_head(session)
            if not known or newest is None:
                raise SetUp("Nothing is sealed yet.", remedy="Start the hub once; it makes its first key itself.")
            number, size, now = known[-1].number + 1, newest.head.size, self.clock()
            old = None if lost else self.folder.read(known[-1].number)
            public = public_bytes(self.folder.made(number))
            statement = key_statement(log_id(known[0].public_key), number, public, size, now)
            key = LogKey(number, public, size, now, old.sign(statement) if old else None)
            store.add_key(session, key)
        self._begin_anew(wait=0)
        return key

    def _begin_anew(self, wait: float = AFTER_A_FAILURE) -> None:
        self._place = self._hour = self._key = None
        self._stop.wait(wait)

    def _standing(self, session: Session) -> Place:
        """Where the log ends now: remembered, unless another sealer has gone on since."""
        newest = store.newest_head(session)
        size = newest.head.size if newest else 0
        self._take_key(session)
        if self._place is not None and self._place.frontier.size == size:
            return self._place
        settled = store.settled(session)
        high, gaps = store.standing(session, settled)
        tiles = Tiles(lambda level, tile: store.tile(session, level, tile))
        frontier = Frontier.read(size, tiles.subtree)
        if newest and frontier.root() != newest.head.root:
            raise SetUp("The trail's tree is not what its newest head says.", remedy="Run `tripoint audit verify`.")
        self._hour, _ = store.last_hour(session)
        return Place(frontier, newest.head.digest() if newest else None, high, gaps, settled)

    def _take_key(self, session: Session) -> None:
        """The newest key; the log's first is made here. Raises SetUp for a file that is not the log's key."""
        known = store.keys(session)
        if self._key and known and known[-1] == self._key[0]:
            return
        if not known:
            first = LogKey(1, public_bytes(self.folder.made(1)), 0, self.clock(), None)
            store.add_key(session, first)
            known = [first]
        private = self.folder.read(known[-1].number)
        if public_bytes(private) != known[-1].public_key:
            raise SetUp(
                f"{self.folder.file(known[-1].number)} is not the key of this trail.",
                remedy="Put the right file there; every process of the hub needs the same.",
            )
        self._key, self._log = (known[-1], private), log_id(known[0].public_key)

    def _signer(self) -> tuple[LogKey, Ed25519PrivateKey]:
        if self._key is None:
            raise SetUp("The sealer has no key.")
        return self._key

    def _seal(self, session: Session, place: Place, rows: Sequence[Row]) -> Place:
        """Add the rows' leaves, the nodes they complete, and the head over all."""
        leaves = [(int(row["seq"]), row_hash(filled(dict(row)))) for row in rows]
        frontier, nodes = place.frontier.extended(hash for _, hash in leaves)
        store.add_leaves(session, place.frontier.size, leaves)
        return self._sign(session, place, frontier, nodes, place.settled)

    def _fill(self, session: Session, place: Place, size: int, settled: int) -> Place:
        """Add fillers up to this size, and the head over all, which says that `settled`."""
        nonces = [self.new_nonce() for _ in range(size - place.frontier.size)]
        fillers = [(nonce, filler_hash(nonce)) for nonce in nonces]
        frontier, nodes = place.frontier.extended(hash for _, hash in fillers)
        store.add_fillers(session, place.frontier.size, fillers)
        return self._sign(session, place, frontier, nodes, settled)

    def _sign(
        self, session: Session, place: Place, frontier: Frontier, nodes: Sequence[Node], settled: int
    ) -> Place:
        store.add_nodes(session, nodes)
        head = TreeHead(self._log, frontier.size, frontier.root(), self.clock(), settled, place.previous)
        key, private = self._signer()
        store.add_head(session, SignedHead(head, key.number, private.sign(head.statement())))
        return replace(place, frontier=frontier, previous=head.digest())

    def _publish(self, session: Session, place: Place) -> tuple[Place, datetime]:
        """Once an hour, however much or little happened in it, the tree is rounded up and its head published."""
        hour = self.clock().replace(minute=0, second=0, microsecond=0)
        if self._hour is not None and hour <= self._hour:
            return place, self._hour
        last, published = store.last_hour(session)
        if last is not None and hour <= last:
            return place, last
        if place.frontier.size == published:  # a head between, or the one before would tell that nothing happened
            place = self._fill(session, place, published + 1, place.settled)
        place = self._fill(session, place, rounded(published, place.frontier.size), UNTOLD)
        which = self.new_id()
        if store.add_hour(session, hour, which, place.frontier.size):
            announce(session, Announcement(HEAD, store.active_parties(session), which, "hourly"))
        return place, hour
