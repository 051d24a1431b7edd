"""Two bullets compared: lands meet lands in the same order, begun at each of them in turn.

Source: the sequence average of Bachrach (2002) and of Hare, Hofmann, Carriquiry (2017): with n lands there are n ways
to lay two bullets side by side; the right one has n good pairs at once, the others none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tripoint.engines.ballistics.bullets.lands import Land
from tripoint.engines.ballistics.bullets.meeting import LandComparison, compare_lands


@dataclass(frozen=True, slots=True)
class BulletComparison:
    """The best phase (land i of one lies on land i + phase of the other), its mean correlation, and the next best's.

    `lands` are the comparisons of that phase in the order of the first bullet. `fit` is False where no phase has two
    pairs that can be compared, or the bullets have different numbers of lands: class characteristics differ.
    """

    fit: bool
    phase: int
    score: float
    next_best: float
    lands: tuple[LandComparison, ...]


def compare_bullets(one: Sequence[Land], other: Sequence[Land]) -> BulletComparison:
    """Two bullets, each a sequence of all its lands in the order they lie round it, in the same direction."""
    count = len(one)
    if count < 2 or count != len(other):
        return BulletComparison(False, 0, 0.0, 0.0, ())
    table = [[compare_lands(first, second) for second in other] for first in one]
    sums = [phase_mean([table[land][(land + phase) % count] for land in range(count)]) for phase in range(count)]
    order = np.argsort([-value for value in sums], kind="stable")
    best = int(order[0])
    lands = tuple(table[land][(land + best) % count] for land in range(count))
    fit = sum(land.fit for land in lands) >= 2
    return BulletComparison(fit, best, sums[best] if fit else 0.0, sums[int(order[1])] if fit else 0.0, lands)


def phase_mean(lands: Sequence[LandComparison]) -> float:
    """The mean correlation of the pairs that can be compared; of fewer than two, 0."""
    known = [land.correlation for land in lands if land.fit]
    return float(np.mean(known)) if len(known) >= 2 else 0.0
