"""Many prices as one figure: median, the middle half, and how sure the median is. Never of fewer than ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import median

import numpy

FEWEST = 10  # answers: below it a figure could be led back to a person
DRAWS = 1000
SURE = 0.95  # of the interval


@dataclass(frozen=True, slots=True)
class Summary:
    """Prices summed up, in US dollars; only `count` is told of fewer than ten."""

    count: int
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    interval: tuple[float, float] | None = None  # of the median, 95 per cent, by bootstrap


def summed(prices: Sequence[float]) -> Summary:
    """The figures of prices, the same each time for the same prices in whatever order."""
    ordered = sorted(prices)
    if len(ordered) < FEWEST:
        return Summary(len(ordered))
    quartiles = (quantile(ordered, 0.25), quantile(ordered, 0.75))
    return Summary(len(ordered), median(ordered), quartiles, interval_of_median(ordered))


def quantile(ordered: Sequence[float], part: float) -> float:
    """A quantile of ordered numbers by linear interpolation (Hyndman and Fan 1996, type 7)."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def interval_of_median(ordered: Sequence[float]) -> tuple[float, float]:
    """The 95 per cent percentile bootstrap of the median (Efron 1979); the draws follow from the prices alone."""
    seed = int.from_bytes(sha256(repr([*ordered]).encode()).digest())
    draws = numpy.random.default_rng(seed).choice(numpy.asarray(ordered, float), (DRAWS, len(ordered)))
    low, high = numpy.quantile(numpy.median(draws, axis=1), [(1 - SURE) / 2, (1 + SURE) / 2])
    return float(low), float(high)
