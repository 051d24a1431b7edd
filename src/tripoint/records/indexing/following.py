"""One index following the database, step by step: after each step it holds exactly what its kept position says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tripoint.base.database import Engine, Session
from tripoint.base.logs import logger
from tripoint.records.codec import description_from_json
from tripoint.records.indexing import store
from tripoint.records.indexing.model import NOBODY_YET, Change, Late, Position, Snapshot
from tripoint.words.people import PersonDescription

AT_ONCE = 2_000  # persons taken in between two looks at what else changed: some tenths of a second
BASE_AT_ONCE = 10_000  # of an index that is being built and not searched yet
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, OverflowError)  # what a bad content may raise
log = logger(__name__)
Refs = npt.NDArray[np.uint8]


class OtherDatabase(ValueError):
    """The index was made from another database, or from this one before it was restored."""


class IndexWriter(Protocol):
    """What the follower needs of the index (engines/screening/index)."""

    @property
    def note(self) -> str:
        """The position kept in the index, empty in a new one."""

    @property
    def persons(self) -> int:
        """How many persons were in the index when it was published last."""

    @property
    def generation(self) -> int:
        """How often it was published."""

    def append(self, refs: Refs, audiences: npt.NDArray[np.int32], people: Sequence[PersonDescription]) -> None:
        """Add persons, or replace those of the same ids, when published."""

    def retire(self, refs: Refs) -> None:
        """Take persons out; unknown ones are passed over."""

    def set_audience(self, refs: Refs, audiences: npt.NDArray[np.int32]) -> None:
        """Give persons other audiences; unknown ones are passed over."""

    def flush(self, note: str) -> None:
        """Publish what was written, with the position it stands at, at one stroke."""

    def merge_some(self) -> bool:
        """One step of tidying; whether there was one. May run beside all the others."""

    def close(self) -> None:
        """Give back files."""


@dataclass(slots=True)
class Following:
    """An index and its position. `taken` counts persons taken in since this process began, `of` those of a building."""

    writer: IndexWriter
    position: Position
    taken: int = 0
    of: int = 0
    left_out: int = 0
    clock: Callable[[], float] = field(default=time.monotonic)

    @classmethod
    def begin(cls, writer: IndexWriter, session: Session) -> Following:
        """Go on from the position kept in the index; from nothing where it keeps none.

        Raises OtherDatabase where the position is one in another database.
        """
        where = store.place(session)
        kept = Position.read(writer.note)
        if kept is None:
            shown = str(store.snapshot(session))
            kept = Position(where, shown, NOBODY_YET, shown)
        if kept.place != where:
            raise OtherDatabase(OtherDatabase.__doc__)
        of = 0 if kept.whole else store.live_persons(session)
        return cls(writer, kept, taken=0 if kept.base == NOBODY_YET else writer.persons, of=of)

    def step(self, engine: Engine) -> bool:
        """Take in what became visible since the last step, and a part of what is many; whether there is more."""
        before = self.position
        with store.one_moment(engine) as session:
            self.position, written = self._take_in(session)
        if written or self.position.base != before.base or self.position.late != before.late:
            # Else nothing is lost by keeping the older position: there is nothing between the two.
            self.writer.flush(str(self.position))
        return bool(self.position.late) or not self.position.whole

    def _take_in(self, session: Session) -> tuple[Position, bool]:
        """Write what is new into the index; the position that is then reached, and whether anything was written."""
        kept, shown = Snapshot.read(self.position.snapshot), store.snapshot(session)
        late, few = dict(self.position.late), []
        for one in store.news(session, kept, but=late, many=AT_ONCE):
            if one.persons > AT_ONCE:
                late[one.number] = Late(NOBODY_YET, one.terms)
            else:
                few.append(one.number)
        if few:
            self._write(store.changes(session, few, kept, whole=not self.position.whole))
        base = self.position.base
        if late:
            late = self._take_late(session, late)
        elif base is not None:
            base = self._take_base(session, base)
        return self.position.at(shown, base, late), bool(few)

    def _take_late(self, session: Session, late: Mapping[int, Late]) -> dict[int, Late]:
        """The next part of the first large transaction; what is left of all of them."""
        number = min(late)
        changes = store.changes_of(session, number, late[number].reached, AT_ONCE)
        self._write(changes)
        rest = {other: left for other, left in late.items() if other != number}
        if len(changes) == AT_ONCE:
            rest[number] = Late(str(changes[-1].id), late[number].terms)
        return rest

    def _take_base(self, session: Session, base: str) -> str | None:
        """The next part of what stood in the database when the index was begun; None at the end."""
        changes = store.base(session, self.position.base_snapshot, base, BASE_AT_ONCE)
        self._write(changes)
        self.taken += len(changes)
        return str(changes[-1].id) if len(changes) == BASE_AT_ONCE else None

    def _write(self, changes: Iterable[Change]) -> None:
        """Bring persons into the index as they are now. The same may be brought twice: it is then there once."""
        every = iter(changes)
        while some := list(islice(every, AT_ONCE)):
            whole = [(one, person) for one in some if (person := self._described(one)) is not None]
            self.writer.retire(refs(one for one in some if one.ended))
            if whole:
                self._append(whole)
            moved = [one for one in some if not one.ended and one.description is None]
            if moved:
                self.writer.set_audience(refs(moved), audiences(moved))

    def _append(self, persons: Sequence[tuple[Change, PersonDescription]]) -> None:
        """Add persons; if one among them cannot be taken in, he alone stays out."""
        changes = [change for change, _ in persons]
        try:
            self.writer.append(refs(changes), audiences(changes), [person for _, person in persons])
        except UNREADABLE as error:
            if len(persons) == 1:
                self._leave_out(changes[0], error)
                return
            middle = len(persons) // 2
            self._append(persons[:middle])
            self._append(persons[middle:])

    def _leave_out(self, change: Change, error: Exception) -> None:
        """Count a person who is not in the index, and say so in the log, without what is held of him."""
        self.left_out += 1
        log.error("a person cannot be read and is not in the index", record=str(change.id), error=type(error).__name__)

    def _described(self, change: Change) -> PersonDescription | None:
        """What the person is found by; None for one who cannot be read."""
        if change.description is None:
            return None
        try:
            return description_from_json(change.description)
        except UNREADABLE as error:
            self._leave_out(change, error)
            return None


def refs(changes: Iterable[Change]) -> Refs:
    """The ids, 16 bytes each."""
    return np.frombuffer(b"".join(one.id.bytes for one in changes), np.uint8).reshape(-1, 16)


def audiences(changes: Iterable[Change]) -> npt.NDArray[np.int32]:
    """The numbers of the terms."""
    return np.fromiter((one.terms for one in changes), np.int32)


def late_terms(followings: Iterable[Following]) -> Iterator[int]:
    """Terms under which some persons are not in the index yet."""
    for each in followings:
        for one in each.position.late.values():
            yield from one.terms
