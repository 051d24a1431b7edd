"""How well likelihood ratios speak: their cost, the least cost their order allows, their error of calibration.

Cllr and its minimum: Brümmer and du Preez 2006. Empirical cross-entropy: D. Ramos, J. Gonzalez-Rodriguez, Reliable
support, Forensic Sci. Int. 230:156, 2013. All in bits; 0 is perfect, 1 what is reached by saying nothing.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.evidence.monotone import counts_of, pooled

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
LN_10 = np.log(10.0)


def cllr(ratios: Array, same: Array) -> float:
    """The cost of log10 likelihood ratios (n,): 0 perfect, 1 worth nothing, above 1 misleading. Raises ValueError."""
    counts_of(same)
    return cross_entropy(ratios, same, 0.0)


def cllr_min(scores: Array, same: Array) -> float:
    """The least cost that scores in this order can have, after the best calibration. Raises ValueError."""
    return cllr(pooled(scores, same), same)


def cross_entropy(ratios: Array, same: Array, prior: float) -> float:
    """The empirical cross-entropy at prior log10 odds, in bits; 0 / 0 odds make it Cllr."""
    odds = prior * LN_10
    share = 1 / (1 + np.exp(-odds))
    natural = ratios * LN_10 + odds
    of_same, of_other = np.logaddexp(0, -natural[same]).mean(), np.logaddexp(0, natural[~same]).mean()
    return float((share * of_same + (1 - share) * of_other) / np.log(2))


def error_of_calibration(ratios: Array, same: Array, priors: Array | None = None) -> float:
    """ECE: the mean distance over prior log10 odds (-2 to 2) of the cross-entropy from its least. Raises ValueError."""
    asked = np.linspace(-2, 2, 41) if priors is None else priors
    least = pooled(ratios, same)
    return float(np.mean([cross_entropy(ratios, same, one) - cross_entropy(least, same, one) for one in asked]))


def equal_error(scores: Array, same: Array) -> float:
    """The rate at which as many same-gun pairs are missed as different-gun pairs are taken. Raises ValueError."""
    count_same, count_other = counts_of(same)
    order = np.argsort(-scores, kind="stable")
    missed = 1 - np.cumsum(same[order]) / count_same
    taken = np.cumsum(~same[order]) / count_other
    ends = np.append(np.diff(scores[order]) != 0, True)  # between equal scores no line can be drawn
    return float(np.min(np.maximum(missed, taken)[ends]))


def area_under(scores: Array, same: Array) -> float:
    """AUC: how often a same-gun pair scores above a different-gun pair; ties count half. Raises ValueError."""
    count_same, count_other = counts_of(same)
    _, place, ties = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[place]
    return float((ranks[same].sum() - count_same * (count_same + 1) / 2) / (count_same * count_other))
