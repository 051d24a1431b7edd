"""One thread a process listens for the relay's notification and wakes the streams that wait."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field

import psycopg

from tripoint.base.announcements import WAKE_UP
from tripoint.base.logs import logger

log = logger(__name__)
TRY_AGAIN = 1.0  # seconds after the database went away


@dataclass(slots=True)
class WakeUp:
    """Wakes every waiting stream of this process; a stream that waits asks for its own event."""

    address: str  # as psycopg takes it
    _waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = field(default_factory=set)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._thread = threading.Thread(target=self._run, name="wake-up", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and wake everybody a last time."""
        self._stop.set()
        self.wake()
        if self._thread:
            self._thread.join(timeout=5)

    @property
    def stopping(self) -> bool:
        """Whether streams should end."""
        return self._stop.is_set()

    def enter(self) -> asyncio.Event:
        """An event of the running loop that is set at each wake-up, until `leave`."""
        event = asyncio.Event()
        with self._guard:
            self._waiting.add((asyncio.get_running_loop(), event))
        return event

    def leave(self, event: asyncio.Event) -> None:
        """No longer wake this one."""
        with self._guard:
            self._waiting = {(loop, other) for loop, other in self._waiting if other is not event}

    def wake(self) -> None:
        """Wake every stream that waits."""
        with self._guard:
            for loop, event in self._waiting:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except psycopg.OperationalError:
                log.warning("the feed's listener waits for the database")
                self._stop.wait(TRY_AGAIN)

    def _listen(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"listen {WAKE_UP}")
            while not self._stop.is_set():
                for _ in connection.notifies(timeout=0.5, stop_after=1):
                    self.wake()
