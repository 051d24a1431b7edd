"""The follower: keeps the index of persons and the audiences as the database is, some tenths of a second behind it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tripoint.base.database import Engine
from tripoint.base.errors import Unavailable
from tripoint.base.logs import logger
from tripoint.records.indexing import audiences, engine as indexes, store
from tripoint.records.indexing.folder import Folder, WriteLock
from tripoint.records.indexing.following import Following, OtherDatabase, late_terms
from tripoint.records.indexing.model import Snapshot, State, Status

PAUSE = 0.2  # seconds between looks where nobody wakes the follower
BREATH = 1.0  # seconds between signs of life
LONGEST_STEP = 60.0  # seconds; one takes some tenths, and a follower that is at it for longer counts as gone
PROGRESS_EVERY = 10.0  # seconds between lines of the log while an index is built
AFTER_A_FAILURE = 1.0  # seconds
log = logger(__name__)


class Bell(Protocol):
    """Wakes the follower when something was committed."""

    def wait(self, seconds: float) -> None:
        """Return when the bell rings, at the latest after so many seconds."""


@dataclass(slots=True)
class Follower:
    """One process's work on one folder, which it has locked. `step` by `step`, or `run` until stopped."""

    engine: Engine  # acting as tripoint_index
    folder: Folder
    lock: WriteLock
    live: Following | None = None  # the index that is searched
    coming: Following | None = None  # the one that is being built
    _audiences_at: Snapshot | None = None
    _said: Status | None = None
    _breathed: float = 0.0
    _began: float | None = None  # the step in hand, or the last one; None while the database is gone
    _logged: float = 0.0
    _paths: dict[int, Path] = field(default_factory=dict)

    @classmethod
    def begin(cls, engine: Engine, path: Path) -> Follower:
        """Lock the folder and open what is there. Raises Conflict where another process follows already."""
        folder = Folder(path)
        follower = cls(engine, folder, WriteLock(folder))
        try:
            follower._open()
        except BaseException:
            follower.close()
            raise
        return follower

    def close(self) -> None:
        """Give back the folder."""
        self._close_writers()
        self.lock.release()

    def run(self, stop: threading.Event, bell: Bell) -> None:
        """Follow until stopped; a database that is gone is waited for."""
        tidying = threading.Thread(target=self._keep_tidy, args=(stop,), name="tidying", daemon=True)
        breathing = threading.Thread(target=self._keep_breathing, args=(stop,), name="breathing", daemon=True)
        tidying.start()
        breathing.start()
        while not stop.is_set():
            self._began = time.monotonic()
            try:
                more = self.step()
            except Unavailable:
                self._began = None
                log.warning("the follower waits for the database")
                self._reopen(stop)
                continue
            if not more:
                bell.wait(PAUSE)
        tidying.join()
        breathing.join()

    def _keep_breathing(self, stop: threading.Event) -> None:
        """Say that the follower lives, however long a step takes: what one party loads must not look like a silence.

        A checking party would else be told of it, whose own lists are all there. The step's own large transactions are
        told by their terms, to whom may meet them.
        """
        while not stop.wait(BREATH):
            began = self._began
            if self._said is not None and began is not None and time.monotonic() - began < LONGEST_STEP:
                self.folder.breathe()

    def _reopen(self, stop: threading.Event) -> None:
        """Forget what was written and not published, and go on from the position kept, once the database is back."""
        self._close_writers()
        while not stop.wait(AFTER_A_FAILURE):
            try:
                self._open()
            except Unavailable:
                self._close_writers()
            else:
                return

    def _close_writers(self) -> None:
        for each in (self.live, self.coming):
            if each is not None:
                each.writer.close()
        self.live = self.coming = None

    def step(self) -> bool:
        """Bring everything up to now, or a part of it where it is much; whether there is more."""
        if self.folder.rebuild_asked() and self.coming is None:
            self._begin_another()
        self._write_audiences()
        more = False
        for each in (self.live, self.coming):
            if each is not None:
                more = each.step(self.engine) or more
        if self.coming is not None and self.coming.position.whole and not self.coming.position.late:
            self._put_in_use(self.coming)
        self._say()
        return more

    def tidy(self) -> bool:
        """One step of tidying the indexes; whether there is more to do."""
        return any(each.writer.merge_some() for each in (self.live, self.coming) if each is not None)

    def _keep_tidy(self, stop: threading.Event) -> None:
        """Tidy beside the following, which waits only for the last moment of a step."""
        while not stop.is_set():
            try:
                more = self.tidy()
            except (OSError, ValueError) as error:  # closed or replaced meanwhile; the next look finds the newer one
                log.warning("tidying the index is put off", fault=str(error))
                more = False
            if not more:
                stop.wait(PAUSE)

    def _open(self) -> None:
        """Open the generation in use, and the one that was being built when the last follower ended."""
        current = self.folder.current()
        unfinished = [each for each in self.folder.generations() if each != current]
        if current is not None:
            self.live = self._following(current)
        if unfinished and unfinished[-1] != current and self.live is not None:
            self.coming = self._following(unfinished[-1])
        if self.live is None:
            self._begin_another()

    def _following(self, path: Path) -> Following | None:
        """The index of a folder with its position; None where it cannot be used, which is said in the log."""
        try:
            writer = indexes.open_writer(path)
            try:
                with store.one_moment(self.engine) as session:
                    found = Following.begin(writer, session)
            except BaseException:
                writer.close()
                raise
        except (indexes.IndexDamaged, OtherDatabase) as fault:
            log.error("an index is of no use and is built anew", fault=str(fault))
            return None
        self._paths[id(found)] = path
        return found

    def _begin_another(self) -> None:
        """Begin a generation from nothing."""
        self.coming = self._following(self.folder.next_generation())
        log.info("an index of persons is being built", persons=self.coming.of if self.coming else 0)

    def _put_in_use(self, made: Following) -> None:
        """From now on the generation just built is searched."""
        path, before = self._paths[id(made)], self.live
        self.folder.use(path)
        self.live, self.coming = made, None
        if before is not None:
            before.writer.close()
        self.folder.drop_others(path)
        log.info("the index of persons is in use", persons=made.writer.persons, generation=path.name)

    def _write_audiences(self) -> None:
        """Write the audiences where any terms moved."""
        with store.one_moment(self.engine) as session:
            shown = store.snapshot(session)
            if self._audiences_at is None or store.terms_moved(session, self._audiences_at):
                audiences.write(self.folder.path, store.all_terms(session))
            self._audiences_at = shown

    def _say(self) -> None:
        """Tell how things stand: when they have changed, and now and then that the follower lives."""
        now, at = time.monotonic(), self.live or self.coming
        building = self.coming
        status = Status(
            State.READY if self.live else State.BUILDING,
            at.writer.persons if at else 0,
            self.live.writer.generation if self.live else 0,
            building.taken if building else 0,
            building.of if building else 0,
            rebuilding=building is not None,
            late_terms=tuple(sorted(set(late_terms([self.live])))) if self.live else (),
            left_out=at.left_out if at else 0,
            place=at.position.place if at else "",
        )
        if status != self._said:
            self.folder.say(status)
            self._said, self._breathed = status, now
        elif now - self._breathed > BREATH:
            self.folder.breathe()
            self._breathed = now
        if building and now - self._logged > PROGRESS_EVERY:
            self._logged = now
            log.info("index building", taken=building.taken, persons=building.of)


def follow_once(engine: Engine, path: Path, tell: Callable[[Status], None] | None = None) -> None:
    """Bring the index of a folder up to now, building it where there is none, without any follower.

    Raises Conflict where a follower is at work there.
    """
    follower = Follower.begin(engine, path)
    try:
        while follower.step():
            if tell and follower._said:
                tell(follower._said)
        follower.tidy()
    finally:
        follower.close()
