"""The one place where the bench meets our own engine: whatever faces it has, they are called from here."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import numpy as np
import numpy.typing as npt

from tests.quality.metrics import Scores
from tests.quality.persons import Person, named
from tripoint.engines.screening import MODEL, Grade
from tripoint.engines.screening.compare import score_pairs
from tripoint.engines.screening.index import Batch, build, open_index
from tripoint.engines.screening.people import encode
from tripoint.words.people import PersonDescription

Pairs = npt.NDArray[np.int32]  # [n, 2]: places on the left and on the right
CANDIDATES = 30  # as many as the check desk takes
PASSES, AT_ONCE = 5, 50_000
Search = Callable[[PersonDescription], list[tuple[int, float]]]
POSSIBLE, STRONG = (dict(MODEL.thresholds)[grade] for grade in (Grade.POSSIBLE, Grade.STRONG))


def version() -> str:
    """The version of the judgement, and which face of it scored."""
    return f"{MODEL.version}, compiled"


def comparer(left: Sequence[PersonDescription], right: Sequence[PersonDescription]) -> Callable[[Pairs], Scores]:
    """What scores pairs of these people, 0 to 1; all that is done once a person is done before it is returned."""
    here, there = encode(left), encode(right)
    return lambda pairs: np.asarray(score_pairs(here, there, pairs), np.float64)


def score_names(pairs: Sequence[tuple[str, str]]) -> Scores:
    """Each pair of names, as two people of whom nothing else is known."""
    left = [named(one).described() for one, _ in pairs]
    right = [named(other).described() for _, other in pairs]
    return comparer(left, right)(side_by_side(len(pairs)))


def score_people(left: Sequence[Person], right: Sequence[Person], pairs: Pairs) -> Scores:
    """Each pair of people with all that is known of them."""
    return comparer([person.described() for person in left], [person.described() for person in right])(pairs)


def side_by_side(count: int) -> Pairs:
    """Each place with itself."""
    return np.repeat(np.arange(count, dtype=np.int32)[:, None], 2, axis=1)


def pairs_a_second(left: Sequence[Person], right: Sequence[Person], pairs: Pairs) -> float:
    """Pairs scored in a second of processor time on one core, everything prepared: the median of several passes."""
    compare = comparer([person.described() for person in left], [person.described() for person in right])
    compare(pairs)
    return statistics.median(len(pairs) / max(timed(compare, pairs), 1e-6) for _ in range(PASSES))


def timed(compare: Callable[[Pairs], Scores], pairs: Pairs) -> float:
    """Seconds of processor time of one pass."""
    begun = process_time()
    compare(pairs)
    return process_time() - begun


def search(listed: Sequence[Person], asked: Sequence[Person]) -> list[list[tuple[str, float]]]:
    """For each person asked for, the listed people found and their scores, the highest first."""
    with tempfile.TemporaryDirectory() as folder:
        find = indexed(listed, Path(folder))
        return [[(listed[at].id, score) for at, score in find(person.described())] for person in asked]


def indexed(listed: Sequence[Person], folder: Path) -> Search:
    """A search over an index of these people, built in the folder: places among them and scores, the highest first."""
    parts = []
    for first in range(0, len(listed), AT_ONCE):
        people = encode([person.described() for person in listed[first : first + AT_ONCE]])
        references = b"".join(at.to_bytes(16, "big") for at in range(first, first + len(people)))
        rows = np.frombuffer(references, np.uint8).reshape(-1, 16)
        parts.append(Batch(rows, np.zeros(len(people), np.int32), people))
    build(folder, parts)
    index = open_index(folder)
    return lambda question: [
        (int.from_bytes(found.ref, "big"), float(found.score)) for found in index.search(question, None, CANDIDATES)
    ]
