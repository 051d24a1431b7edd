"""How good a prepared scan is, and why one is not fit to be compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Heights, Mask, Region

LAG = 2  # points of the fine grid: 25 µm
CLOSED_UM = 200.0
SPARSE, MARGIN = 4, 4  # points of the fine grid; points of the sparse one
GOOD_CORRELATION = 0.25
MANY_DROPOUTS = 0.3
# What a region must show at least, and what shows enough of it, in mm²: all but breech faces are small.
AREAS = {
    Region.BREECH_FACE: (0.3, 2.0), Region.FIRING_PIN: (0.1, 0.5), Region.APERTURE_SHEAR: (0.05, 0.3),
    Region.EJECTOR: (0.05, 0.3), Region.LAND: (0.1, 0.5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quality:
    """A score from 0 to 1; whether the scan may be compared; codes of what is wrong; and what was measured.

    What is not fit is never ranked. A fit scan may still have reasons: warnings.
    """

    score: float
    fit: bool
    reasons: tuple[str, ...]
    area_mm2: float
    roughness_um: float
    dropout_share: float


def judged(heights: Heights, mask: Mask, step_um: float, region: Region, spikes: float) -> Quality:
    """The quality of heights in their band (0 outside the mask) on a square grid; `spikes` the share that was cut."""
    settings, (least, good) = SETTINGS.preparing, AREAS[region]
    area = float(mask.sum()) * step_um**2 / 1e6
    roughness = float(np.sqrt(np.mean(np.square(heights[mask])))) if mask.any() else 0.0
    correlation, dropouts = correlation_at(heights, mask, LAG), dropout_share(mask, step_um)
    faults = chosen(
        ("area-too-small", area < least), ("nothing-to-see", roughness < settings.flat_below_um),
        ("only-noise", roughness >= settings.flat_below_um and correlation < settings.noise_below),
        ("spikes", spikes > settings.spiky_share),
    )  # fmt: skip
    if faults:
        return Quality(0.0, False, faults, area, roughness, dropouts)
    warnings = chosen(
        ("small-area", area < good), ("dropouts", dropouts > MANY_DROPOUTS), ("noisy", correlation < GOOD_CORRELATION)
    )
    score = min(1.0, area / good) * (1 - dropouts) * min(1.0, correlation / GOOD_CORRELATION)
    return Quality(score, True, warnings, area, roughness, dropouts)


def chosen(*codes: tuple[str, bool]) -> tuple[str, ...]:
    """The codes that are true."""
    return tuple(code for code, true in codes if true)


def correlation_at(heights: Heights, mask: Mask, lag: int) -> float:
    """How alike heights `lag` points apart are, rows and columns together: 1 the same, 0 for noise."""
    pairs = (
        (heights[lag:], heights[:-lag], mask[lag:] & mask[:-lag]),
        (heights[:, lag:], heights[:, :-lag], mask[:, lag:] & mask[:, :-lag]),
    )
    sums = np.zeros(3)
    for first, second, both in pairs:
        one, other = first[both].astype(np.float64), second[both].astype(np.float64)
        sums += one @ other, one @ one, other @ other
    return float(sums[0] / np.sqrt(sums[1] * sums[2])) if sums[1] * sums[2] > 0 else 0.0


def dropout_share(mask: Mask, step_um: float) -> float:
    """How much of what lies within the mask's own outline is missing; holes wider than 200 µm belong to the mark.

    The outline is the mask closed by a disc of 100 µm, on every fourth point.
    """
    from scipy import ndimage

    if not mask.any():
        return 1.0
    sparse = np.pad(mask[::SPARSE, ::SPARSE], MARGIN)
    width = max(1, round(CLOSED_UM / step_um / SPARSE / 2))
    disc = np.hypot(*np.mgrid[-width : width + 1, -width : width + 1]) <= width + 0.5
    closed = ndimage.binary_closing(sparse, structure=disc)
    return float(max(0.0, 1 - sparse.sum() / max(1, int(closed.sum()))))
