"""The best calibration there could be: scores kept in their order, pooled where they contradict it (PAV).

Pool adjacent violators: M. Ayer et al., An empirical distribution function for sampling with incomplete information,
Ann. Math. Stat. 26:641, 1955; its use for likelihood ratios: N. Brümmer, J. du Preez, Application-independent
evaluation of speaker detection, Computer Speech & Language 20:230, 2006.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


def pooled(scores: Array, same: Array) -> Array:
    """log10 likelihood ratios (n,) that rise with the scores and fit them best; infinite at clean ends.

    `scores` (n,) any numbers, `same` (n,) bool: of one gun. Raises ValueError where one kind is missing.
    """
    count_same, count_other = counts_of(same)
    order = np.argsort(scores, kind="stable")
    _, first, ties = np.unique(scores[order], return_index=True, return_counts=True)
    of_one = np.add.reduceat(same[order].astype(np.float64), first)
    shares, sizes = violators_pooled(of_one / ties, ties.astype(np.float64))
    with np.errstate(divide="ignore"):
        odds = np.log10(shares) - np.log10(1 - shares) - np.log10(count_same / count_other)
    ratios = np.empty(len(scores))
    ratios[order] = np.repeat(np.repeat(odds, sizes), ties)
    return ratios


def violators_pooled(means: Array, weights: Array) -> tuple[Array, Array]:
    """Means that never fall, each of so many neighbours: blocks (mean, how many of the given ones it stands for)."""
    blocks: list[list[float]] = []
    for mean, weight in zip(means.tolist(), weights.tolist(), strict=True):
        blocks.append([mean, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            last, former = blocks.pop(), blocks[-1]
            total = former[1] + last[1]
            former[:] = [(former[0] * former[1] + last[0] * last[1]) / total, total, former[2] + last[2]]
    found = np.array(blocks)
    return found[:, 0], found[:, 2].astype(np.int64)


def counts_of(same: Array) -> tuple[int, int]:
    """How many pairs are of one gun, and how many of two. Raises ValueError where one kind is missing."""
    count_same, count_other = int(same.sum()), int((~same).sum())
    if not count_same or not count_other:
        raise ValueError("pairs of one gun and of two guns are needed")
    return count_same, count_other
