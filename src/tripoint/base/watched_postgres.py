"""An embedded server that comes back by itself: whoever kills it whole, the hub that uses it starts it again."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tripoint.base.embedded_postgres import EmbeddedPostgres, Servers, start, start_again
from tripoint.base.errors import SetUp
from tripoint.base.logs import logger

LOOK_EVERY = 0.5  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before it is tried again
log = logger(__name__)


@dataclass(slots=True)
class Watch:
    """Looks after one server from a thread of its own; a start that fails is tried again, ever more seldom."""

    running: EmbeddedPostgres
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._thread = threading.Thread(target=self._watch, name="watching the database", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer; returns when no start is under way."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _watch(self) -> None:
        pause = LOOK_EVERY
        while not self._stop.wait(pause):
            try:
                if start_again(self.running):
                    log.error("the database was dead and has been started again")
                pause = LOOK_EVERY
            except (SetUp, OSError) as error:
                pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, pause * 2))
                log.error("the database is dead and does not start", error=str(error), seconds=pause)


@contextmanager
def watched_postgres(folder: Path, *, durable: bool = True) -> Generator[Servers]:
    """As `embedded_postgres`, and the server is started again when it dies within the block."""
    running = start(folder, durable=durable)
    watch = Watch(running)
    watch.start()
    try:
        yield running.servers
    finally:
        watch.stop()
        running.stop()
