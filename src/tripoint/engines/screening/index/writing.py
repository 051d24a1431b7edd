"""The one writer of an index: appends, ends, restricts, merges, and publishes each step as a whole."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.index.asking import reference_keys
from tripoint.engines.screening.index.joining import join
from tripoint.engines.screening.index.manifest import (
    NAME,
    Listed,
    Manifest,
    read_manifest,
    segment_path,
    write_manifest,
)
from tripoint.engines.screening.index.postings import MOST_ROWS, file_people, locate
from tripoint.engines.screening.index.segment import (
    AUDIENCE,
    DIED,
    IndexDamaged,
    Segment,
    columns_of,
    open_segment,
    state_path,
    write_segment,
    write_state,
)
from tripoint.engines.screening.people import People

Column = npt.NDArray[Any]
FEWEST_MERGED, GROWTH = 4, 3  # segments merged at once; how many times larger a segment is than all after it together
FORGOTTEN_AFTER = 86_400  # seconds: so long at most the dead stay in the files
DEAD_SHARE = 0.3  # of a segment's rows, from which on it is written anew without them
SUFFIXES = (".segment", ".state", ".draft")
ENDED = 1  # a generation that is always past: dead at once for everybody


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Records to add: references of 16 bytes (V16 [n] or uint8 [n, 16]), audiences int32 [n], and the people."""

    refs: Column
    audiences: Column
    people: People


class Writer:
    """The one writer of a folder, which must hold an index or be empty. Raises IndexDamaged when there is another.

    What is appended can be found after `flush`; `retire` and `set_audience` work at once in every process that has
    refreshed since the last merge. Threads may share a writer: `merge_some` holds up the others only at its end.
    """

    clock: Callable[[], float] = staticmethod(time.time)

    def __init__(self, folder: Path | str, *, durable: bool = True, anew: bool = False) -> None:
        """`durable`: wait for the disk whenever something is published. `anew`: start from nothing, see `renew`."""
        self.folder, self.durable = Path(folder), durable
        self.folder.mkdir(parents=True, exist_ok=True)
        self.guard = hold(self.folder)
        self.lock, self.merging = threading.RLock(), threading.Lock()
        self.published: list[Segment] = []
        self.pending: list[Segment] = []
        if anew:
            self.manifest = Manifest(ENDED, highest_number(self.folder) + 1, ())
        else:
            try:
                self.take_up()
            except BaseException:
                self.close()
                raise
        self.following = self.manifest.following

    def take_up(self) -> None:
        """Opens what is published in the folder, where need be an empty index."""
        if not (self.folder / NAME).exists():
            write_manifest(self.folder, Manifest(ENDED, 1, ()), durable=self.durable)
        self.manifest = read_manifest(self.folder)
        self.published = [self.open(listed.number) for listed in self.manifest.segments]
        self.tidy()

    def open(self, number: int) -> Segment:
        """A segment mapped for writing its state."""
        try:
            return open_segment(segment_path(self.folder, number), number, writing=True)
        except FileNotFoundError as gone:
            raise IndexDamaged(f"{gone.filename} is listed in the manifest but missing; build it again") from None

    def tidy(self) -> None:
        """Undoes what an earlier writer had begun and not published."""
        self.clear({segment.number for segment in self.published})
        for segment in self.published:
            died = segment.state[:, DIED]
            died[died > self.manifest.generation] = 0

    def clear(self, kept: set[int]) -> None:
        """Takes the files of all segments but these out of the folder."""
        for path in self.folder.iterdir():
            if path.suffix in SUFFIXES and not (path.suffix != ".draft" and path.stem in {f"{at:08d}" for at in kept}):
                path.unlink()

    def close(self) -> None:
        """Lets another writer in. What was not flushed is lost."""
        self.guard.close()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def append(self, batch: Batch) -> None:
        """Adds records, or replaces those of the same references; found after `flush`. At most 2**20 at once.

        Of one reference several times in a batch the last counts.
        """
        references, count = plain_references(batch.refs), len(batch.people)
        if not count == len(references) == len(batch.audiences):
            raise ValueError(f"{len(references)} references and {len(batch.audiences)} audiences for {count} people")
        if count > MOST_ROWS:
            raise ValueError(f"{count} records at once; append at most {MOST_ROWS}")
        if not count:
            return
        postings = file_people(batch.people, references)
        state = np.zeros((count, 2), dtype=np.int32)
        state[:, AUDIENCE] = batch.audiences
        state[superseded(references), DIED] = ENDED
        with self.lock:
            number = self.following
            self.following += 1
            path = segment_path(self.folder, number)
            write_state(path, state, durable=self.durable)
            write_segment(path, columns_of(batch.people, references, postings), durable=self.durable)
            self.pending.append(self.open(number))

    def retire(self, refs: Iterable[bytes] | Column) -> int:
        """Ends records, at once in every process; how many there were."""
        references = plain_references(refs)
        with self.lock:
            ended = 0
            for segment in (*self.published, *self.pending):
                rows, _ = alive_rows(segment, references)
                segment.state[rows, DIED] = ENDED
                ended += len(rows)
            return ended

    def set_audience(self, refs: Iterable[bytes] | Column, audiences: Sequence[int] | Column) -> int:
        """Gives records other audiences, at once in every process; how many there were."""
        references, own = plain_references(refs), np.asarray(audiences, dtype=np.int32)
        with self.lock:
            changed = 0
            for segment in (*self.published, *self.pending):
                rows, which = alive_rows(segment, references)
                segment.state[rows, AUDIENCE] = own[which]
                changed += len(rows)
            return changed

    def flush(self, note: str | None = None) -> None:
        """Publishes what was appended, all of it or nothing; earlier records of the same references die with it.

        `note` is kept for the readers, `Index.note`; None keeps the last one.
        """
        with self.lock:
            generation = self.manifest.generation + 1
            segments = [*self.published, *self.pending]
            for at, segment in enumerate(self.pending, start=len(self.published)):
                for earlier in segments[:at]:
                    rows, _ = alive_rows(earlier, segment.references)
                    earlier.state[rows, DIED] = generation
            if self.pending or note is not None:
                self.publish(segments, note)
                self.pending = []

    def publish(self, segments: list[Segment], note: str | None = None) -> None:
        """The manifest of these segments, one generation on."""
        self.manifest = Manifest(
            self.manifest.generation + 1,
            self.following,
            tuple(
                Listed(segment.number, len(segment), int((segment.state[:, DIED] == 0).sum())) for segment in segments
            ),
            self.manifest.note if note is None else note,
        )
        write_manifest(self.folder, self.manifest, durable=self.durable)
        self.published = segments

    def merge_some(self) -> bool:
        """One step of merging, if there is any to do: neighbouring small segments become one, without the dead.

        Searches go on meanwhile; so do appends, ends and restrictions by other threads. Whether there was a step.
        """
        with self.merging:
            with self.lock:
                begin, end = choose(self.published)
                if begin == end:
                    begin, end = self.long_dead()
                segments = self.published[begin:end]
                number = self.following
                self.following += 1 if segments else 0
            if not segments:
                return False
            kept = [np.flatnonzero(alive(segment, self.manifest.generation)) for segment in segments]
            path = segment_path(self.folder, number)
            if any(map(len, kept)):
                join(path, segments, kept, durable=self.durable)
            with self.lock:
                self.replace(segments, kept, number)
            return True

    def long_dead(self) -> tuple[int, int]:
        """A segment, from `begin` to `end`, that holds dead rows and was written a day ago: who is erased must go."""
        for at, segment in enumerate(self.published):
            written = segment_path(self.folder, segment.number).stat().st_mtime
            if self.clock() - written > FORGOTTEN_AFTER and bool((segment.state[:, DIED] != 0).any()):
                return at, at + 1
        return 0, 0

    def replace(self, segments: list[Segment], kept: list[Column], number: int) -> None:
        """Puts the merged segment in the place of its parts, with all that changed of their state meanwhile."""
        at = self.published.index(segments[0])
        merged = []
        if any(map(len, kept)):
            merged = [self.open_joint(number, segments, kept)]
        self.publish([*self.published[:at], *merged, *self.published[at + len(segments) :]])
        for segment in segments:  # whoever has them mapped keeps them until its next refresh
            path = segment_path(self.folder, segment.number)
            path.unlink()
            state_path(path).unlink()

    def renew(self) -> None:
        """Publishes what was appended as one segment in the place of all that was there before."""
        with self.lock:
            for at, segment in enumerate(self.pending):
                for earlier in self.pending[:at]:
                    rows, _ = alive_rows(earlier, segment.references)
                    earlier.state[rows, DIED] = ENDED
            kept = [np.flatnonzero(alive(segment, ENDED)) for segment in self.pending]
            number = self.following
            self.following += 1
            segments = []
            if any(map(len, kept)):
                join(segment_path(self.folder, number), self.pending, kept)
                segments = [self.open_joint(number, self.pending, kept)]
            self.publish(segments, "")
            self.pending = []
            self.clear({number})

    def open_joint(self, number: int, segments: Sequence[Segment], kept: Sequence[Column]) -> Segment:
        """A segment just joined of these, with their state as it is now."""
        state = np.concatenate([segment.state[rows] for segment, rows in zip(segments, kept, strict=True)])
        write_state(segment_path(self.folder, number), state, durable=self.durable)
        return self.open(number)


def hold(folder: Path) -> Any:
    """An open file that says this process writes the folder. Raises IndexDamaged when another does."""
    guard = (folder / "writer.lock").open("a")
    try:
        fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        guard.close()
        raise IndexDamaged(f"another process is writing the index in {folder}; stop it first") from None
    return guard


def plain_references(refs: Iterable[bytes] | Column) -> Column:
    """References as uint8 [n, 16]. Raises ValueError when they are not of 16 bytes."""
    if not isinstance(refs, np.ndarray):
        parts = list(refs)
        if any(len(part) != 16 for part in parts):
            raise ValueError("a reference has 16 bytes, as a UUID has")
        return np.frombuffer(b"".join(parts), dtype=np.uint8).reshape(-1, 16)
    plain = np.ascontiguousarray(refs).view(np.uint8).reshape(len(refs), -1)
    if len(plain) and plain.shape[1] != 16:
        raise ValueError(f"a reference has 16 bytes, as a UUID has, not {plain.shape[1]}")
    return plain.reshape(-1, 16)


def superseded(references: Column) -> Column:
    """The rows whose reference comes again later."""
    _, last = np.unique(references[::-1], axis=0, return_index=True)
    rows = np.ones(len(references), dtype=bool)
    rows[len(references) - 1 - last] = False
    return np.flatnonzero(rows)


def living(segment: Segment) -> int:
    """How many rows have not died."""
    return len(segment) - int(np.count_nonzero(segment.state[:, DIED]))


def alive(segment: Segment, generation: int) -> Column:
    """Which rows are not dead to a reader of this generation, bool."""
    died = segment.state[:, DIED]
    return np.asarray((died == 0) | (died > generation))


def alive_rows(segment: Segment, references: Column) -> tuple[Column, Column]:
    """The rows of these references that have not died, and which of the references each has."""
    keys = reference_keys(references)
    low, high = np.empty(len(keys), dtype=np.int64), np.empty(len(keys), dtype=np.int64)
    locate(keys, segment.postings.directory, segment.postings.tag, low, high)
    counts = high - low
    which = np.repeat(np.arange(len(keys)), counts)
    rows = segment.postings.row[np.repeat(low - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())]
    same = (segment.references[rows] == references[which]).all(axis=1) & (segment.state[rows, DIED] == 0)
    return rows[same], which[same]


def choose(segments: Sequence[Segment]) -> tuple[int, int]:
    """Which neighbouring segments to merge next: from `begin` to `end`, which are equal when none need it."""
    sizes = [len(segment) for segment in segments]
    for begin in range(len(sizes) - FEWEST_MERGED + 1):
        if sizes[begin] < GROWTH * sum(sizes[begin + 1 :]):
            return begin, len(sizes)
    for at, segment in enumerate(segments):
        if int((segment.state[:, DIED] != 0).sum()) > DEAD_SHARE * len(segment):
            return at, at + 1
    return 0, 0


def build(folder: Path | str, batches: Iterable[Batch], progress: Callable[[int], None] | None = None) -> None:
    """A whole new index in a folder, in the place of whatever was there; readers see that until the end.

    Batches are of at most 2**20 records; some 100,000 are best. `progress` is told the number of records done.
    """
    with Writer(folder, durable=False, anew=True) as writer:
        done = 0
        for batch in batches:
            writer.append(batch)
            done += len(batch.people)
            if progress:
                progress(done)
        writer.durable = True
        writer.renew()


def highest_number(folder: Path) -> int:
    """The highest number of a segment in a folder, 0 when there is none."""
    return max((int(path.stem) for path in folder.glob("*.segment") if path.stem.isdigit()), default=0)
