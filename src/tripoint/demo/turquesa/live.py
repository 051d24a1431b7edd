"""The returns of the parties while somebody looks on: the five days again and again faster than they were."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from tripoint.demo.turquesa.filing import Desks, Filer
from tripoint.demo.turquesa.model import Course, Planned
from tripoint.demo.turquesa.moments import DAY
from tripoint.demo.turquesa.planning import Replay

LONGEST_WAIT = 1.0  # seconds between looks whether to stop
STORIES_FIRST = 0.05  # of a day: a story's parts come in soon, so that somebody who looks on sees them


@dataclass(slots=True)
class Returning:
    """A thread that files returns when they are due, `speed` times as fast as they happened, until told to stop."""

    replay: Replay
    desks: Desks
    first: datetime
    speed: float
    filed: int = 0
    errors: list[BaseException] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._work, name="returns", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """File no more; returns when the one in hand is filed."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=35)
        self.desks.close()

    def _work(self) -> None:
        filer, begun = Filer(self.desks, self.replay.seed, self.first), time.monotonic()
        try:
            for one in sorted(self.replay.returns, key=due):
                if not self._wait_until(begun + due(one) / self.speed):
                    return
                if one.course is not Course.MISSING:
                    filer.file(one)
                    self.filed += 1
        except Exception as error:  # kept for whoever looks after the demonstration
            if not self._stop.is_set():
                self.errors.append(error)

    def _wait_until(self, moment: float) -> bool:
        while (left := moment - time.monotonic()) > 0:
            if self._stop.wait(min(left, LONGEST_WAIT)):
                return False
        return not self._stop.is_set()


def due(one: Planned) -> float:
    """How many seconds of the operation after its beginning a return comes in."""
    return STORIES_FIRST * DAY if one.story else float(one.second)
