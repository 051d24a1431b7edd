"""The figures the bench comes to, as values: of labelled pairs, and of people asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tests.quality import metrics, others, ours
from tests.quality.metrics import Labels, Scores, Told
from tests.quality.questions import Question

OURS = "tripoint"
THRESHOLDS = {OURS: ours.POSSIBLE, **others.THRESHOLDS}
Found = Sequence[Sequence[tuple[str, float]]]  # for each question the listed people found and their scores


@dataclass(frozen=True, slots=True)
class PairFigures:
    """One scorer on one set of pairs."""

    group: str
    scorer: str
    pairs: int
    same: int
    own: Told
    best: Told
    auc: float
    recall_1: float  # recall at 1 % false positives
    recall_01: float  # at 0.1 %


def measure(group: str, scorer: str, scores: Scores, same: Labels, threshold: float | None = None) -> PairFigures:
    """The figures of one scorer at its own threshold, unless another is given."""
    bar = THRESHOLDS[scorer] if threshold is None else threshold
    return PairFigures(
        group,
        scorer,
        len(same),
        int(same.sum()),
        metrics.told_at(scores, same, bar),
        metrics.best_f1(scores, same),
        metrics.auc(scores, same),
        metrics.recall_at(scores, same, 0.01),
        metrics.recall_at(scores, same, 0.001),
    )


def measure_sets(groups: Sequence[str], same: Labels, scores: Mapping[str, Scores]) -> list[PairFigures]:
    """Every scorer on every set, in the order of their first pairs."""
    found = []
    for group in dict.fromkeys(groups):
        chosen = np.array([each == group for each in groups])
        found += [measure(group, scorer, each[chosen], same[chosen]) for scorer, each in scores.items()]
    return found


@dataclass(frozen=True, slots=True)
class AskedFigures:
    """One scorer on people asked for; shares from 0 to 1. Ranks count the people of the list of the one meant."""

    title: str
    scorer: str
    asked: int
    alerted: float  # anybody told at the scorer's own threshold
    meant_told: float | None  # the person meant told; None where nobody is meant
    first: float | None  # nobody else of that list scores as high
    first_ten: float | None


def measure_asked(
    title: str, scorer: str, questions: Sequence[Question], found: Found, threshold: float | None = None
) -> AskedFigures:
    """The figures of one scorer on questions and what it found for each."""
    bar = THRESHOLDS[scorer] if threshold is None else threshold
    alerted = share(any(score >= bar for _, score in each) for each in found)
    if questions[0].meant is None:
        return AskedFigures(title, scorer, len(questions), alerted, None, None, None)
    told, ranks = [], []
    for question, each in zip(questions, found, strict=True):
        meant = question.meant or ""
        own = dict(each).get(meant, -1.0)
        told.append(own >= bar)
        lists = meant.partition("-")[0]
        ahead = sum(score >= own for at, score in each if at != meant and at.startswith(lists))
        ranks.append(ahead if own >= 0 else 1_000)
    first, ten = share(rank < 1 for rank in ranks), share(rank < 10 for rank in ranks)
    return AskedFigures(title, scorer, len(questions), alerted, share(told), first, ten)


def share(values: Iterable[bool]) -> float:
    """The share of true ones."""
    every = list(values)
    return sum(every) / len(every)
