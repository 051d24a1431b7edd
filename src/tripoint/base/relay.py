"""The relay: one thread of one process takes what was announced, tells those who listen, and numbers the feeds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tripoint.base import announcements
from tripoint.base.announcements import Announcement
from tripoint.base.database import Engine, Session, transaction
from tripoint.base.errors import Unavailable
from tripoint.base.logs import logger

ONE_RELAY = 7_261_002  # the advisory lock that the one working relay holds
PAUSE = 0.2  # seconds between looks: how late a hit may be told, and a live figure stale
CHORES_EVERY = 200  # looks
AT_ONCE = 2000  # announcements handed on in one transaction
AFTER_A_FAILURE = 1.0  # seconds

Listener = Callable[[Session, Sequence[Announcement]], None]
Chore = Callable[[Session], None]
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Wiring:
    """Who listens to which kind of announcement, which kinds are counted, and what is done now and then."""

    listeners: Mapping[str, Listener]
    counted: frozenset[str] = frozenset()
    chores: tuple[Chore, ...] = ()


@dataclass(slots=True)
class Relay:
    """Runs until stopped. In a hub of several processes each has one; the database lets only one work at a time."""

    engine: Engine  # acting as tripoint_relay
    wiring: Wiring
    pause: float = PAUSE
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="relay", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the present look; returns when it has ended."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)

    def run(self) -> None:
        """Look, hand on, pause; a database that is gone is waited for, whatever else fails is tried again."""
        look = 0
        while not self._stop.is_set():
            try:
                more = self.look()
                if look % CHORES_EVERY == 0:
                    self.do_chores()
            except Unavailable:
                log.warning("relay waits for the database")
                self._stop.wait(AFTER_A_FAILURE)
                continue
            except Exception as error:  # what waits is still there: without this thread no page would live again
                log.error("the relay stumbled and tries again", exc_info=error)
                self._stop.wait(AFTER_A_FAILURE)
                continue
            look += 1
            if not more:
                self._stop.wait(self.pause)

    def look(self) -> bool:
        """Hand on everything that waits, in one transaction; True when there may be more."""
        with self.alone() as session:
            if session is None:
                return False
            waiting = announcements.take(session, AT_ONCE)
            for kind, listener in self.wiring.listeners.items():
                heard = [told for told in waiting if told.kind == kind]
                if heard:
                    listener(session, heard)
            announcements.number(session, announcements.coalesce(waiting, self.wiring.counted))
            return len(waiting) >= AT_ONCE

    def do_chores(self) -> None:
        """Do every chore in a transaction of its own: one that fails holds up neither the others nor the feeds."""
        for chore in self.wiring.chores:
            try:
                with self.alone() as session:
                    if session is not None:
                        chore(session)
            except Unavailable:
                raise
            except Exception as error:
                log.error("a chore failed; the others go on", exc_info=error)

    @contextmanager
    def alone(self) -> Generator[Session | None]:
        """A transaction in which no other relay works; None while another one does."""
        with transaction(self.engine) as session:
            lock = session.exec_driver_sql("select pg_try_advisory_xact_lock(%(key)s)", {"key": ONE_RELAY})
            yield session if lock.scalar_one() else None
