"""An index of people opened for questions: who of those the asker may meet may be the one asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.index.asking import ask
from tripoint.engines.screening.index.gathering import Candidates, Question, candidates, sight
from tripoint.engines.screening.index.holding import hold_behind
from tripoint.engines.screening.index.manifest import Manifest, read_manifest, segment_path, stamp
from tripoint.engines.screening.index.segment import REBUILD, IndexDamaged, Segment, check_segment, open_segment
from tripoint.engines.screening.index.sketching import sketches
from tripoint.engines.screening.people import People
from tripoint.engines.screening.score import prepare
from tripoint.words.people import PersonDescription

Column = npt.NDArray[Any]
Scorer = Callable[[People, People, Column, float], Column]  # as compare.score_pairs
MOST_TOLD, MOST_BLIND = 240, 100  # candidates scored of what is told, and of what is blind
TRIES = 5  # to open an index whose segments are being merged meanwhile


@dataclass(frozen=True, slots=True)
class Found:
    """A record that may be the person asked for: its reference and audience, the asker's level there, the score."""

    ref: bytes
    audience: int
    level: int
    score: float
    segment: int
    row: int


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """One state of the index, whole in itself: a search holds on to the one it began with."""

    stamp: tuple[int, int, int]
    manifest: Manifest
    segments: tuple[Segment, ...]
    ends: Column  # int64: where the rows of each segment end when all are counted


class Index:
    """An open index. Threads may search and refresh at the same time; so may any number of processes."""

    def __init__(self, folder: Path, scorer: Scorer) -> None:
        self.folder, self.scorer = folder, scorer
        self.lock = threading.Lock()
        self.held: frozenset[int] = frozenset()
        self.opened = open_state_of(folder, ())

    def __len__(self) -> int:
        """How many records were alive when the manifest was written."""
        return sum(listed.alive for listed in self.opened.manifest.segments)

    @property
    def note(self) -> str:
        """What the writer noted when it last flushed."""
        return self.opened.manifest.note

    def refresh(self) -> bool:
        """Whether there was another manifest: then its new segments are mapped. One question to the system if not.

        Raises IndexDamaged; what was open before stays so.
        """
        if stamp(self.folder) == self.opened.stamp:
            return False
        with self.lock:
            if stamp(self.folder) == self.opened.stamp:
                return False
            self.opened = open_state_of(self.folder, self.opened.segments)
        return True

    def hold(self) -> None:
        """Keep what is open in memory, in the background; segments that are kept already are passed over."""
        segments = self.opened.segments
        for segment in segments:
            if segment.number not in self.held:
                hold_behind(segment.mapped)
        self.held = frozenset(segment.number for segment in segments)

    def search(self, question: PersonDescription, levels: Column | None, most: int, least: float = 0.0) -> list[Found]:
        """The best `most` records told (levels 2, 3) from a score of `least` on, best first, then as many blind (1).

        `levels`: uint8, what the asker may meet of each audience by its number; audiences beyond its end are not met;
        None meets all in full.
        """
        opened, people = self.opened, prepare(question).people  # kept for who is met to be told why
        told, blind = find_candidates(opened, people, levels)
        return [
            *best(opened, score_candidates(self.scorer, people, opened, told, least), most, least),
            *best(opened, score_candidates(self.scorer, people, opened, blind, least), most, least),
        ]


def open_index(folder: Path | str, scorer: Scorer | None = None) -> Index:
    """Opens the index in a folder, by default with the compiled scorer. Raises IndexDamaged."""
    if scorer is None:
        from tripoint.engines.screening.compare import score_pairs

        return Index(Path(folder), score_pairs)
    return Index(Path(folder), scorer)


def open_state_of(folder: Path, open_already: Sequence[Segment]) -> Opened:
    """Maps what the manifest lists, except for segments that are open already. Raises IndexDamaged."""
    known = {segment.number: segment for segment in open_already}
    for _ in range(TRIES):
        seen, manifest = stamp(folder), read_manifest(folder)
        try:
            segments = tuple(
                known.get(listed.number) or open_segment(segment_path(folder, listed.number), listed.number)
                for listed in manifest.segments
            )
        except FileNotFoundError as gone:
            missing = gone.filename
            continue  # merged since the manifest was read: the next one does without it
        return Opened(seen, manifest, segments, np.cumsum([len(segment) for segment in segments], dtype=np.int64))
    raise IndexDamaged(f"{missing} is listed in the manifest but missing; {REBUILD}")


def find_candidates(opened: Opened, question: People, levels: Column | None) -> tuple[Candidates, Candidates]:
    """The rows worth scoring for the one person in `question`: told and blind."""
    keys, weights = ask(question)
    if not opened.segments or not len(keys):
        nothing = np.empty(0, dtype=np.int64)
        return Candidates(nothing, nothing, nothing), Candidates(nothing, nothing, nothing)
    seen = sight(levels, opened.manifest.generation)
    with np.errstate(over="ignore"):  # meant, where it runs uncompiled
        wanted = Question(keys, weights, sketches(question))
        return candidates(opened.segments, wanted, seen, MOST_TOLD, MOST_BLIND)


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Candidates with the segment (its position) and row of each, their levels and scores."""

    segment: Column
    row: Column
    level: Column
    score: Column


def score_candidates(scorer: Scorer, question: People, opened: Opened, found: Candidates, least: float = 0.0) -> Scored:
    """Every candidate's score, in the order in which records were filed."""
    order = np.argsort(found.place)
    place, level = found.place[order], found.level[order]
    segment = np.searchsorted(opened.ends, place, side="right")
    row = place - np.concatenate((np.zeros(1, dtype=np.int64), opened.ends))[segment]
    score = np.zeros(len(place), dtype=np.float32)
    for at in np.unique(segment):
        mine = segment == at
        pairs = np.zeros((int(mine.sum()), 2), dtype=np.int32)
        pairs[:, 1] = row[mine]
        score[mine] = scorer(question, opened.segments[at].people, pairs, least)
    return Scored(segment, row, level, score)


def best(opened: Opened, scored: Scored, most: int, least: float) -> list[Found]:
    """The best of what was scored; of equals the one filed first."""
    order = np.argsort(-scored.score, kind="stable")[:most]
    found = []
    for at in order[scored.score[order] >= least]:
        segment, row = opened.segments[scored.segment[at]], int(scored.row[at])
        reference, audience = segment.references[row].tobytes(), int(segment.state[row, 0])
        found.append(Found(reference, audience, int(scored.level[at]), float(scored.score[at]), segment.number, row))
    return found


def verify(folder: Path | str) -> None:
    """Reads every byte of an index and raises IndexDamaged when any is not as it was written."""
    for listed in read_manifest(Path(folder)).segments:
        path = segment_path(Path(folder), listed.number)
        try:
            check_segment(path)
            open_segment(path, listed.number)
        except FileNotFoundError as gone:
            raise IndexDamaged(f"{gone.filename} is listed in the manifest but missing; {REBUILD}") from None
