"""From similarity to likelihood ratio: a logistic line, and the bounds beyond which the data carry nothing.

Logistic calibration with equal weight for both kinds: Brümmer and du Preez 2006; bounds: P. Vergeer et al., Numerical
likelihood ratios outputted by LR systems are often based on extrapolation: when to stop extrapolating? Sci. & Justice
56:482, 2016 (ELUB, with one misleading pair added to each kind).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.evidence.monotone import counts_of
from tripoint.engines.ballistics.settings import SETTINGS

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
LN_10 = np.log(10.0)
ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Calibration:
    """log10 LR = slope * score + intercept, kept within the bounds `lowest` and `highest` (log10)."""

    slope: float
    intercept: float
    lowest: float
    highest: float

    def ratios(self, scores: Array) -> Array:
        """The log10 likelihood ratios of scores (n,)."""
        return np.clip(self.slope * np.asarray(scores, np.float64) + self.intercept, self.lowest, self.highest)


def calibrate(scores: Array, same: Array) -> Calibration:
    """The calibration that fits the scores (n,) of pairs of one gun (`same` True) and of two.

    Raises ValueError where one kind is missing, or scores are not finite.
    """
    scores, same = np.asarray(scores, np.float64), np.asarray(same, bool)
    counts_of(same)
    if not np.isfinite(scores).all():
        raise ValueError("scores must be finite")
    slope, intercept = logistic(scores, same)
    slope = max(slope, 0.0)  # a larger similarity never speaks for two guns
    lowest, highest = bounds(slope * scores + intercept, same)
    return Calibration(slope, intercept, lowest, highest)


def logistic(scores: Array, same: Array) -> tuple[float, float]:
    """Slope and intercept in log10 by Newton's steps, a little held back so that clean splits stay finite."""
    count_same, count_other = counts_of(same)
    middle, spread = float(scores.mean()), float(scores.std()) or 1.0
    design = np.stack(((scores - middle) / spread, np.ones(len(scores))), axis=1)
    weights = np.where(same, 0.5 / count_same, 0.5 / count_other) * len(scores)
    held = np.diag([SETTINGS.weighing.held_back, 0.0])
    found = np.zeros(2)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(design @ found, -50, 50)))
        slope_of_cost = design.T @ (weights * (chance - same)) + held @ found
        curve = (design * (weights * chance * (1 - chance))[:, None]).T @ design + held + 1e-12 * np.eye(2)
        step = np.linalg.solve(curve, slope_of_cost)
        found -= np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    slope = found[0] / spread
    return float(slope / LN_10), float((found[1] - slope * middle) / LN_10)


def bounds(ratios: Array, same: Array) -> tuple[float, float]:
    """Lowest and highest log10 LR that data of this size carry: where saying it is no worse than saying nothing.

    A threshold t is carried as far as the normalised Bayes error rate with one misleading pair added to either kind
    stays below that of always saying 1, at every threshold up to t. At least 0, at most the log10 of the pairs.
    """
    count_same, count_other = counts_of(same)
    thresholds = np.linspace(0.0, np.log10(max(count_same, count_other) + 1), SETTINGS.weighing.thresholds)
    taken = np.array([(ratios[~same] >= one).sum() + 1 for one in thresholds]) / (count_other + 1)
    missed = np.array([(ratios[same] < one).sum() + 1 for one in thresholds]) / (count_same + 1)
    above = carried(thresholds, missed / 10**thresholds + taken <= 1 / 10**thresholds)
    taken = np.array([(ratios[~same] > -one).sum() + 1 for one in thresholds]) / (count_other + 1)
    missed = np.array([(ratios[same] <= -one).sum() + 1 for one in thresholds]) / (count_same + 1)
    below = carried(thresholds, missed + taken / 10**thresholds <= 1 / 10**thresholds)
    return -below, above


def carried(thresholds: Array, good: Array) -> float:
    """The last threshold before the first that is not carried; 0 where none is."""
    bad = np.flatnonzero(~good[1:])
    return float(thresholds[bad[0] if len(bad) else len(thresholds) - 1])
