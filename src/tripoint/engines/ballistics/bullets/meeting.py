"""Two lands compared: the shift at which their signatures agree best, and how many stretches agree by themselves.

Sources: correlation over what both show (Padfield 2012, masked normalised cross-correlation); congruent stretches as
Ju and Hofmann (2022) count them, in own words: a stretch is congruent if alone it lies best where all lie together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tripoint.engines.ballistics.bullets.lands import Land
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats

Waves: TypeAlias = np.ndarray[tuple[int], np.dtype[np.complex128]]
LEAST_ENERGY = 1e-3
NONE = -1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one land: where it begins, µm from the middle of the prepared grid, how well it agrees alone.

    `off_um`: how far from the common shift it then lies.
    """

    from_um: float
    size_um: float
    correlation: float
    off_um: float
    congruent: bool


@dataclass(frozen=True, slots=True)
class LandComparison:
    """Correlation -1 to 1 at the best shift; `shift_um` brings the other land onto the first, middle of grid to middle.

    Both show `overlap_um` there.

    `reversed`: the other land had to be turned round, tried only where a scan lay on its side. `fit` is False, and the
    correlation 0, where a land shows too little.
    """

    fit: bool
    correlation: float
    shift_um: float
    overlap_um: float
    reversed: bool
    stretches: tuple[Stretch, ...]

    @property
    def congruent(self) -> int:
        """How many stretches agree by themselves."""
        return sum(stretch.congruent for stretch in self.stretches)


def compare_lands(one: Land, other: Land) -> LandComparison:
    """Two lands of one step compared; neither comes first but for the sign of the shift."""
    if not (one.fit and other.fit):
        return LandComparison(False, 0.0, 0.0, 0.0, False, ())
    straight = met(one, other, turned_round=False)
    if not (one.turned or other.turned):
        return straight
    return max(straight, met(one, other, turned_round=True), key=lambda found: found.correlation)


def met(one: Land, other: Land, *, turned_round: bool) -> LandComparison:
    """The comparison in one direction."""
    step = slice(None, None, -1) if turned_round else slice(None)
    first, first_known = one.heights.astype(np.float64), one.known.astype(np.float64)
    second, second_known = other.heights[step].astype(np.float64), other.known[step].astype(np.float64)
    least = SETTINGS.bullets.least_overlap * min(first_known.sum(), second_known.sum())
    correlations, overlaps = correlated(first, first_known, second, second_known, least)
    best = int(correlations.argmax())
    shift = best - (len(second) - 1)
    stretches = stretches_of(one, second, second_known, shift)
    other_start = -other.start_um - (len(second) - 1) * one.step_um if turned_round else other.start_um
    on_grid = shift * one.step_um + one.start_um - other_start
    overlap = float(overlaps[best]) * one.step_um
    return LandComparison(True, float(correlations[best]), on_grid, overlap, turned_round, stretches)


def correlated(
    first: Floats, first_known: Floats, second: Floats, second_known: Floats, least: float
) -> tuple[Floats, Floats]:
    """The correlation of what both know at each shift, from -(len(second) - 1) on; and how many points that is.

    -1 where fewer than `least` points overlap.
    """
    size = len(first) + len(second) - 1
    room = 1 << (size - 1).bit_length()

    def waves(values: Floats) -> Waves:
        return np.asarray(np.fft.rfft(values, room))

    def sums(left: Waves, right: Waves) -> Floats:
        return np.asarray(np.fft.irfft(left * right, room)[:size])

    back, back_known = second[::-1], second_known[::-1]
    a, known_a, square_a = waves(first * first_known), waves(first_known), waves(first**2 * first_known)
    b, known_b, square_b = waves(back * back_known), waves(back_known), waves(back**2 * back_known)
    count = sums(known_a, known_b)
    shared = np.maximum(count, 1.0)
    sum_a, sum_b = sums(a, known_b), sums(known_a, b)
    energy_a = np.maximum(sums(square_a, known_b) - sum_a**2 / shared, LEAST_ENERGY)
    energy_b = np.maximum(sums(known_a, square_b) - sum_b**2 / shared, LEAST_ENERGY)
    found = (sums(a, b) - sum_a * sum_b / shared) / np.sqrt(energy_a * energy_b)
    return np.where(count >= max(least, 1.0), np.clip(found, -1, 1), NONE), count


def stretches_of(one: Land, second: Floats, second_known: Floats, shift: int) -> tuple[Stretch, ...]:
    """The stretches of the first land that the second one covers at the common shift."""
    settings = SETTINGS.bullets
    size, reach = (round(length / one.step_um) for length in (settings.stretch_um, settings.reach_um))
    found = []
    for start in range(0, len(one.heights) - size + 1, size):
        low, high = start - shift - reach, start - shift + size + reach
        piece, known = one.heights[start : start + size], one.known[start : start + size]
        if low < 0 or high > len(second) or not known.all() or not second_known[low:high].all():
            continue
        correlation, off = alone(piece.astype(np.float64), second[low:high])
        off_um = (off - reach) * one.step_um
        congruent = correlation >= settings.stretch_correlation and abs(off_um) <= settings.stretch_off_um
        found.append(Stretch(one.start_um + start * one.step_um, size * one.step_um, correlation, off_um, congruent))
    return tuple(found)


def alone(piece: Floats, around: Floats) -> tuple[float, int]:
    """The best correlation of a piece within what lies around it, and the place."""
    windows = np.lib.stride_tricks.sliding_window_view(around, len(piece))
    centred = windows - windows.mean(axis=1, keepdims=True)
    own = piece - piece.mean()
    energy = np.sqrt(np.maximum((own @ own) * (centred * centred).sum(axis=1), LEAST_ENERGY))
    found = (centred @ own) / energy
    best = int(found.argmax())
    return float(found[best]), best
