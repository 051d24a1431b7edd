"""One question to a collection: everything at every rotation, the best of it cell by cell, in their order.

Large collections are searched by further processes too, in parts: whoever is free takes the next one. Each process
multiplies with one thread, for threads of one process get into each other's way.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.collection.files import CollectionDamaged
from tripoint.engines.ballistics.collection.keeping import Kept
from tripoint.engines.ballistics.collection.model import Candidate, Ranking
from tripoint.engines.ballistics.comparing.fields import Field
from tripoint.engines.ballistics.comparing.model import Comparison
from tripoint.engines.ballistics.comparing.pairs import Coarse, coarse_of, compared, fine_of
from tripoint.engines.ballistics.comparing.turning import Probe, best_correlations, correlations, leads
from tripoint.engines.ballistics.preparing import Prepared
from tripoint.engines.ballistics.settings import SETTINGS, Turning

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
SEARCHED_PART, SCORED_PART = 2_048, 8  # marks that one process takes at once: a fifth of a second's work
TO_SPREAD = 1.4826  # median absolute deviation to standard deviation of a normal distribution
Scored: TypeAlias = "list[tuple[int, Comparison]]"
Work: TypeAlias = "Callable[[Kept, Question, Array], Any]"
Everyone: TypeAlias = "Callable[[Work, Sequence[Array]], list[Any]]"  # does every part, gives what came, in order


@dataclass(frozen=True, slots=True)
class Question:
    """A prepared mark in both forms, with its spectra."""

    coarse: Coarse
    fine: Field
    probe: Probe


def question_of(query: Prepared, turning: Turning) -> Question:
    """The question made of a prepared mark."""
    coarse = coarse_of(query)
    return Question(coarse, fine_of(query), coarse.asked(turning))


def ranked(collection: Kept, rows: Array, k: int, rescore: int, everyone: Everyone) -> Ranking:
    """As Collection.rank, among these rows; `everyone` does the parts of the work."""
    found = np.concatenate([np.zeros(0, np.float32), *everyone(search, parts(rows, SEARCHED_PART))])
    best = np.argsort(-found, kind="stable")[:rescore]
    scored = [each for part in everyone(score, parts(rows[best], SCORED_PART)) for each in part]
    stage1 = dict(zip(rows[best].tolist(), above_middle(found)[best].tolist(), strict=True))
    return Ranking(len(rows), len(scored), in_order(collection, scored, stage1)[:k])


def in_order(collection: Kept, scored: Scored, stage1: dict[int, float]) -> tuple[Candidate, ...]:
    """The candidates, the most alike first; of those alike to the same degree the one the first search liked better.

    What has nothing in common with the question is no candidate.
    """
    told = sorted(scored, key=lambda each: (-each[1].score, -stage1[each[0]]))
    background = background_of([comparison.score for _, comparison in told])
    return tuple(
        Candidate(collection.ids[row], rank, max(0.0, (comparison.score - background) / (1 - background)),
                  stage1[row], comparison)
        for rank, (row, comparison) in enumerate((each for each in told if each[1].score > 0), 1)
    )  # fmt: skip


def background_of(scores: Sequence[float]) -> float:
    """What a question reaches with marks that are none of its gun's: the middle of its scores, the less of it the
    fewer they are."""
    count = len(scores)
    return float(np.median(scores)) * count / (count + SETTINGS.collecting.background_of) if count else 0.0


def above_middle(found: Array) -> Array:
    """Correlations in robust spreads above their middle."""
    if not len(found):
        return found
    middle = np.median(found)
    spread = TO_SPREAD * float(np.median(np.abs(found - middle)))
    return np.asarray((found - middle) / max(spread, 1e-3))


def search(collection: Kept, question: Question, rows: Array) -> Array:
    """The best correlation of the exhaustive search with each row."""
    together = SETTINGS.collecting.together
    found = [best_correlations(question.probe, collection.spectra(part)) for part in parts(rows, together)]
    return np.concatenate(found)


def score(collection: Kept, question: Question, rows: Array) -> Scored:
    """Each row compared cell by cell; rows that were ended meanwhile are left out. Raises CollectionDamaged."""
    found = correlations(question.probe, collection.spectra(rows))
    told = []
    for at, row in enumerate(rows.tolist()):
        try:
            surface = collection.surface(row)
        except CollectionDamaged:
            if collection.ended[row]:
                continue
            raise
        tried = leads(question.probe, found[:, at], collection.turning.leads)
        told.append((row, compared(question.fine, surface, tried)))
    return told


def parts(rows: Array, size: int) -> list[Array]:
    """Rows in parts of so many."""
    return [rows[at : at + size] for at in range(0, len(rows), size)]


@contextmanager
def hired(collection: Kept, question: Question, helpers: int) -> Generator[Everyone]:
    """This process and so many others."""
    if not helpers:
        yield lambda work, todo: [work(collection, question, rows) for rows in todo]
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by a process when it begins
    with ProcessPoolExecutor(
        helpers, multiprocessing.get_context("spawn"), initializer=begin, initargs=(collection.folder, question)
    ) as others:  # fmt: skip
        yield lambda work, todo: shared_out(collection, question, others, work, todo)


HERE: dict[str, Any] = {}  # of a helper: its collection and question


def begin(folder: Path, question: Question) -> None:
    """What a helper does first."""
    HERE["collection"], HERE["question"] = Kept(folder), question


def by_helper(work: Work, rows: Array) -> Any:
    """One part done by a helper."""
    return work(HERE["collection"], HERE["question"], rows)


def shared_out(
    collection: Kept, question: Question, others: Executor, work: Work, todo: Sequence[Array]
) -> list[Any]:
    """Every part done, in the order of the parts: helpers take them from the front, this process from the end."""
    given: list[Future[Any]] = [others.submit(by_helper, work, rows) for rows in todo]
    own: dict[int, Any] = {}
    for at in range(len(todo) - 1, -1, -1):
        if given[at].cancel():
            own[at] = work(collection, question, todo[at])
    return [own[at] if at in own else given[at].result() for at in range(len(todo))]
