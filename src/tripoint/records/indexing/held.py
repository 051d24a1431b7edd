"""The index as a web process holds it: mapped, looked after at most ten times a second, asked for one party."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tripoint.access.lookup import MaybePersons
from tripoint.base.errors import QueryFailed
from tripoint.base.logs import logger
from tripoint.records.indexing import audiences, engine as indexes
from tripoint.records.indexing.audiences import POINTER, Audiences
from tripoint.records.indexing.folder import Folder
from tripoint.records.indexing.model import State, Status
from tripoint.words.people import PersonDescription

LOOK_EVERY = 0.1  # seconds
NOT_YET = "The person lists could not be searched: their index is not ready; ask again."
NOT_ALL = "The person lists were searched as they stood a while ago; ask again in a minute."
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What one look found; searches in hand keep it while another look finds more."""

    generation: Path
    index: indexes.Index
    audiences: Audiences
    status: Status


@dataclass(slots=True)
class PersonIndex:
    """Searches the index in a folder. Used by all threads of a process; opened when it is first asked."""

    path: Path
    clock: Callable[[], float] = time.time
    scorer: indexes.Scorer | None = None  # None: the compiled comparison
    at_once: int = 1  # searches that compute at the same time
    _view: View | None = None
    _looked: float = float("-inf")
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _turns: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        """Searches take turns: ten at once would all be ten times as slow, and every short request beside them."""
        self._turns = threading.Semaphore(self.at_once)

    def search(self, asked: PersonDescription, party: int, most: int, least: float) -> MaybePersons:
        """At most `most` persons that the party's checks may be told of, and as many met blind, from score `least` on.

        Raises QueryFailed while there is no whole index.
        """
        view = self._look()
        if view is None:
            raise QueryFailed(NOT_YET)
        levels = view.audiences.levels(party, self.clock())
        with self._turns:
            found = view.index.search(asked, levels, most, least)
        behind = view.status.state is not State.READY
        missing = any(one < len(levels) and levels[one] >= POINTER for one in view.status.late_terms)
        return MaybePersons(tuple(UUID(bytes=one.ref) for one in found), NOT_ALL if behind or missing else None)

    def state(self) -> State:
        """What may be said of the index to anybody: no numbers, which would tell what others hold."""
        view = self._look()
        return view.status.state if view else Folder(self.path).status(self.clock()).state

    def warm(self) -> None:
        """Have everything compiled and mapped before somebody waits for it."""
        indexes.warm(self.path, self.scorer)
        self._look()

    def _look(self) -> View | None:
        """The newest view; the one before where another thread is looking."""
        now = time.monotonic()
        if now - self._looked < LOOK_EVERY:
            return self._view
        if self._guard.acquire(blocking=self._view is None):
            try:
                if now - self._looked >= LOOK_EVERY:
                    self._view = self._newer()
                    self._looked = time.monotonic()
            finally:
                self._guard.release()
        return self._view

    def _newer(self) -> View | None:
        """Map what is new. The audiences are read after the index: the follower writes them before."""
        folder, before = Folder(self.path), self._view
        current = folder.current()
        if current is None:
            return None
        try:
            if before is not None and before.generation == current:
                index = before.index
                index.refresh()
            else:
                index = indexes.open_index(current, self.scorer)
            index.hold()
            terms = self._audiences(before)
        except (OSError, indexes.IndexDamaged, audiences.AudiencesDamaged) as fault:
            log.error("the index cannot be read", fault=str(fault))
            return before
        return View(current, index, terms, folder.status(self.clock()))

    def _audiences(self, before: View | None) -> Audiences:
        """The audiences, read again where the file is another."""
        mark = audiences.mark(self.path)
        if before is not None and before.audiences.mark == mark:
            return before.audiences
        return audiences.read(self.path)
