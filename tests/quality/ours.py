"""The one place where the bench meets our own engine: whatever faces it has, they are called from here.

The compiled comparison (`score_pairs` over `encode`d people) is used where the engine has it, else `score`.
"""

from __future__ import annotations

import statistics
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.quality.metrics import Scores
from tests.quality.persons import Person, named
from tripoint.engines.screening import MODEL, Grade, prepare, question_keys, record_keys, score
from tripoint.words.people import PersonDescription

Pairs = npt.NDArray[np.int32]  # [n, 2]: places on the left and on the right
CANDIDATES, WORTH_SCORING = 30, 0.25  # as the check desk takes them, where no index is at hand
PASSES, AT_ONCE = 5, 50_000
INDEX_FACES = ("build", "open_index", "Batch")
Search = Callable[[PersonDescription], list[tuple[int, float]]]
POSSIBLE, STRONG = (dict(MODEL.thresholds)[grade] for grade in (Grade.POSSIBLE, Grade.STRONG))


def face(module: str, name: str) -> Callable[..., Any] | None:
    """A function of the engine, or None where this engine has none of that name."""
    try:
        found: Callable[..., Any] | None = getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None
    return found


def compiled() -> bool:
    """Whether the compiled comparison is there."""
    return bool(face("tripoint.engines.screening.compare", "score_pairs"))


def version() -> str:
    """The version of the judgement, and which face of it scored."""
    return f"{MODEL.version}, {'compiled' if compiled() else 'explained form'}"


def comparer(left: Sequence[PersonDescription], right: Sequence[PersonDescription]) -> Callable[[Pairs], Scores]:
    """What scores pairs of these people, 0 to 1; all that is done once a person is done before it is returned."""
    score_pairs = face("tripoint.engines.screening.compare", "score_pairs")
    encode = face("tripoint.engines.screening.people", "encode") if score_pairs else None
    if score_pairs and encode:
        here, there = encode(left), encode(right)
        return lambda pairs: np.asarray(score_pairs(here, there, pairs), np.float64)
    asked, held = [prepare(person) for person in left], [prepare(person) for person in right]
    return lambda pairs: np.array([score(asked[one], held[other]).score for one, other in pairs.tolist()], np.float64)


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
        if find is None:
            return search_keys(listed, asked)
        return [[(listed[at].id, score) for at, score in find(person.described())] for person in asked]


def search_keys(listed: Sequence[Person], asked: Sequence[Person]) -> list[list[tuple[str, float]]]:
    """The same by the keys of each person alone, where the engine has no index."""
    filed: dict[int, list[int]] = defaultdict(list)
    for at, person in enumerate(listed):
        for key in record_keys(person.described()):
            filed[key.value].append(at)
    found = [candidates(filed, person.described()) for person in asked]
    pairs = np.array([(at, one) for at, ones in enumerate(found) for one in ones], np.int32).reshape(-1, 2)
    answers: list[list[tuple[str, float]]] = [[] for _ in asked]
    for (at, one), value in zip(pairs.tolist(), score_people(asked, listed, pairs).tolist(), strict=True):
        answers[at].append((listed[one].id, value))
    return [sorted(answer, key=lambda each: -each[1]) for answer in answers]


def candidates(filed: dict[int, list[int]], question: PersonDescription) -> list[int]:
    """Who shares enough of the question's keys to be scored."""
    weights: Counter[int] = Counter()
    for key in question_keys(question):
        for at in filed.get(key.value, ()):
            weights[at] += round(key.weight * 10)
    best = weights.most_common(CANDIDATES)
    return [at for at, weight in best if weight >= WORTH_SCORING * best[0][1]]


def indexed(listed: Sequence[Person], folder: Path) -> Search | None:
    """A search over an index of these people, built in the folder; None where this engine has no index.

    The search gives places among the people and their scores, the highest first.
    """
    build, open_index, batch = (face("tripoint.engines.screening.index", name) for name in INDEX_FACES)
    encode = face("tripoint.engines.screening.people", "encode") if compiled() else None
    if not (build and open_index and batch and encode):
        return None
    parts = []
    for first in range(0, len(listed), AT_ONCE):
        people = encode([person.described() for person in listed[first : first + AT_ONCE]])
        references = b"".join(at.to_bytes(16, "big") for at in range(first, first + len(people)))
        rows = np.frombuffer(references, np.uint8).reshape(-1, 16)
        parts.append(batch(rows, np.zeros(len(people), np.int32), people))
    build(folder, parts)
    index = open_index(folder)
    return lambda question: [
        (int.from_bytes(found.ref, "big"), float(found.score)) for found in index.search(question, None, CANDIDATES)
    ]
