"""The index of engines/screening as the follower writes it: persons described in words, a position for a note."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening import score
from tripoint.engines.screening.index import Batch, Index, IndexDamaged, Writer, open_index, verify, warm as compile_all
from tripoint.engines.screening.index.searching import Scorer
from tripoint.engines.screening.index.warming import SOMEBODY
from tripoint.engines.screening.people import encode
from tripoint.records.indexing.following import Refs
from tripoint.words.people import PersonDescription

__all__ = ["DescribingWriter", "Index", "IndexDamaged", "Scorer", "open_index", "open_writer", "verify", "warm"]


class DescribingWriter:
    """A writer that is given descriptions."""

    def __init__(self, path: Path) -> None:
        self._writer = Writer(path)
        self._tidying = threading.Lock()
        self._closed = False

    @property
    def note(self) -> str:
        """The position kept in the index."""
        return self._writer.manifest.note

    @property
    def persons(self) -> int:
        """How many persons were in the index when it was published last."""
        return sum(listed.alive for listed in self._writer.manifest.segments)

    @property
    def generation(self) -> int:
        """How often it was published."""
        return self._writer.manifest.generation

    def append(self, refs: Refs, audiences: npt.NDArray[np.int32], people: Sequence[PersonDescription]) -> None:
        """Add persons, or replace those of the same ids, when published."""
        self._writer.append(Batch(refs, audiences, encode(people)))

    def retire(self, refs: Refs) -> None:
        """Take persons out, at once; unknown ones are passed over."""
        if len(refs):
            self._writer.retire(refs)

    def set_audience(self, refs: Refs, audiences: npt.NDArray[np.int32]) -> None:
        """Give persons other audiences, at once; unknown ones are passed over."""
        self._writer.set_audience(refs, audiences)

    def flush(self, note: str) -> None:
        """Publish what was written, with the position it stands at, at one stroke."""
        self._writer.flush(note)

    def merge_some(self) -> bool:
        """One step of tidying; whether there was one. May run beside all the others."""
        with self._tidying:
            return not self._closed and self._writer.merge_some()

    def close(self) -> None:
        """Let another writer in, once a step of tidying is done; there are no more after it."""
        with self._tidying:
            self._closed = True
            self._writer.close()


def warm(folder: Path, scorer: Scorer | None = None) -> None:
    """Have everything compiled, or read from the disk where that was done before.

    One process after another: what the first compiles the others need not.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "warming.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        compile_all(scorer)
        score(SOMEBODY, SOMEBODY)


def open_writer(path: Path) -> DescribingWriter:
    """The index of a folder, an empty one where there is none. Raises IndexDamaged."""
    return DescribingWriter(path)
