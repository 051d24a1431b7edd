"""Measures of a scorer on labelled pairs, each with its exact definition.

Everywhere `scores` are numbers, higher for likelier the same, and `same` says of each pair whether it is. A threshold
takes every pair of that score or more: pairs with equal scores are taken together or not at all. All raise ValueError
where no pair is the same or none is different, for nothing can be measured then.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Told:
    """What a threshold tells: shares from 0 to 1."""

    threshold: float
    precision: float  # of the pairs told, those that are the same; 1 where none is told
    recall: float  # of the pairs that are the same, those told
    false_positives: float  # of the pairs that are different, those told

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Every distinct score as a threshold, the highest first: pairs told that are the same, and that are different."""

    thresholds: Scores
    right: npt.NDArray[np.int64]
    wrong: npt.NDArray[np.int64]


def curve(scores: Scores, same: Labels) -> Curve:
    """How many pairs of either kind each distinct score takes."""
    if not same.any() or same.all():
        raise ValueError("pairs that are the same and pairs that are different are both needed")
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    last = np.append(np.nonzero(np.diff(ordered))[0], len(ordered) - 1)  # the last pair of each distinct score
    return Curve(ordered[last], np.cumsum(same[order])[last], np.cumsum(~same[order])[last])


def told_at(scores: Scores, same: Labels, threshold: float) -> Told:
    """Precision, recall and false positives of the pairs that score `threshold` or more."""
    if not same.any() or same.all():
        raise ValueError("pairs that are the same and pairs that are different are both needed")
    told = scores >= threshold
    right, wrong = int((told & same).sum()), int((told & ~same).sum())
    precision = right / (right + wrong) if right + wrong else 1.0
    return Told(threshold, precision, right / int(same.sum()), wrong / int((~same).sum()))


def best_f1(scores: Scores, same: Labels) -> Told:
    """The highest F1 of any threshold; of equal ones the highest threshold."""
    found = curve(scores, same)
    f1 = 2 * found.right / (found.right + found.wrong + same.sum())
    return told_at(scores, same, float(found.thresholds[int(np.argmax(f1))]))


def auc(scores: Scores, same: Labels) -> float:
    """The chance that a pair that is the same scores above one that is not, equal scores counting half."""
    found = curve(scores, same)
    right, wrong = np.append(0, found.right), np.append(0, found.wrong)
    area = np.sum(np.diff(wrong) * (right[1:] + right[:-1])) / 2
    return float(area / (right[-1] * wrong[-1]))


def recall_at(scores: Scores, same: Labels, false_positives: float) -> float:
    """The highest recall of any threshold at which at most this share of the different pairs is told."""
    found = curve(scores, same)
    allowed = found.wrong <= false_positives * found.wrong[-1] + 1e-9
    return float(found.right[allowed].max(initial=0) / found.right[-1])


def roc(scores: Scores, same: Labels) -> list[tuple[float, float]]:
    """Points (share of different pairs told, recall) from (0, 0) to (1, 1), one for each distinct score."""
    found = curve(scores, same)
    across, up = found.wrong / found.wrong[-1], found.right / found.right[-1]
    return [(0.0, 0.0), *zip(across.tolist(), up.tolist(), strict=True)]


def calibration(scores: Scores, same: Labels, bins: int = 10) -> list[tuple[int, float]]:
    """For each of `bins` equal steps of the score from 0 to 1: how many pairs, and the share that are the same.

    A score of exactly 1 belongs to the highest step; the share of an empty step is NaN.
    """
    at = np.clip((scores * bins).astype(int), 0, bins - 1)
    counts = np.bincount(at, minlength=bins)
    right = np.bincount(at[same], minlength=bins)
    return [(int(all_), float(hit / all_) if all_ else float("nan")) for all_, hit in zip(counts, right, strict=True)]


def percentile(values: Scores, share: float) -> float:
    """The smallest of the values that at least this share of them do not exceed (nearest rank)."""
    if not len(values):
        raise ValueError("no value")
    return float(np.sort(values)[max(0, int(np.ceil(share * len(values))) - 1)])
