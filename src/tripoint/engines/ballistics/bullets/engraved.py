"""The land engraved area of a scan: coarse in the direction of the striae, level, between its grooves, in its band.

Sources: Hare, Hofmann, Carriquiry (2017), Automatic matching of bullet land impressions; Chu et al. (2010), pilot study
of automated bullet signature identification. Own method: robust parabola, shoulders by their depth, Gaussian band.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tripoint.engines.ballistics.preparing.bands import SIGMA_OF_CUTOFF
from tripoint.engines.ballistics.preparing.grid import averaged
from tripoint.engines.ballistics.preparing.levelling import HALF_TO_SIGMA, fitted
from tripoint.engines.ballistics.preparing.prepared import Prepared
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Heights, Mask

Known: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
LEAST_ROWS, LEAST_COLUMNS = 8, 64
UNIT = 1_000.0  # µm in a mm: the numbers of the fit stay near one
LIGHTEST = 1e-3


@dataclass(frozen=True, slots=True)
class Engraved:
    """Heights in the band (rows, columns) in µm, 0 where nothing was measured, and their weights, 0 to 1.

    Columns are a land's step apart, rows `row_um`. `start` is the first column on the prepared grid. `turned`: the
    scan lay on its side.
    """

    heights: Heights
    weights: Heights
    start: int
    turned: bool


def engraved_of(prepared: Prepared) -> Engraved | None:
    """The engraved area of one land; None where too little was measured for one."""
    settings = SETTINGS.bullets
    heights, mask = prepared.levelled, prepared.mask
    turned = heights.shape[0] > heights.shape[1]
    if turned:
        heights, mask = np.rot90(heights), np.rot90(mask)
    factor = prepared.step / settings.row_um
    share = averaged(mask.astype(np.float32), factor, 0)
    sums = averaged(heights * mask, factor, 0)
    if share.shape[0] < LEAST_ROWS or share.shape[1] < LEAST_COLUMNS or share.mean() < settings.least_measured:
        return None
    there: Mask = np.asarray(share > settings.least_share)
    return levelled(np.asarray(sums / np.maximum(share, LIGHTEST), dtype=np.float32), there, turned)


def levelled(heights: Heights, there: Mask, turned: bool) -> Engraved | None:
    """Heights over the bullet's curve between the grooves, each row at its own level, in the band of striae."""
    across = middle_of(heights, there)
    known = np.isfinite(across)
    if known.sum() < LEAST_COLUMNS:
        return None
    curve = curve_through(across, known)
    left, right = between_grooves(across - curve)
    if right - left < LEAST_COLUMNS:
        return None
    residual, near = (heights - curve)[:, left:right], there[:, left:right].copy()
    residual -= row_levels(residual, near)[:, None]
    near &= np.abs(residual) < SETTINGS.bullets.deepest_um
    weights = near.astype(np.float32)
    return Engraved(in_band(np.asarray(residual * weights, dtype=np.float32), weights), weights, left, turned)


def middle_of(heights: Heights, there: Mask) -> Floats:
    """The median height of each column; NaN where less than a tenth of it was measured."""
    ordered = np.sort(np.where(there, heights, np.inf), axis=0)
    count = there.sum(axis=0)
    median = ordered[np.minimum(count // 2, len(ordered) - 1), np.arange(heights.shape[1])].astype(np.float64)
    return np.asarray(np.where(count * 10 >= len(ordered), median, np.nan))


def row_levels(residual: Floats, near: Mask) -> Floats:
    """The median of each row; 0 for an empty one."""
    return np.array([np.median(row[there]) if there.any() else 0.0 for row, there in zip(residual, near, strict=True)])


def curve_through(across: Floats, known: Known) -> Floats:
    """The robust parabola through the middle of the profile: the bullet's own roundness."""
    x = np.arange(len(across)) * SETTINGS.preparing.land_step_um / UNIT
    outer = SETTINGS.bullets.curve_margin * x[-1]
    inside = known & (x > outer) & (x < x[-1] - outer)
    if inside.sum() < LEAST_COLUMNS:
        inside = known
    terms = np.stack([np.ones_like(x), x, x * x], axis=1)
    return np.asarray(terms @ fitted(terms[inside], across[inside]))


def between_grooves(residual: Floats) -> tuple[int, int]:
    """The columns between the shoulders: where the profile leaves the curve for good, near its ends."""
    from scipy.ndimage import median_filter

    settings = SETTINGS.bullets
    width, margin = len(residual), round(settings.shoulder_um / SETTINGS.preparing.land_step_um)
    smooth = median_filter(np.where(np.isfinite(residual), residual, np.inf), margin | 1)
    left_curve = np.abs(smooth) > settings.groove_um
    outer = int(width * settings.groove_share)
    left, right = np.flatnonzero(left_curve[:outer]), np.flatnonzero(left_curve[width - outer :])
    first = int(left[-1]) + 1 if len(left) else 0
    last = width - outer + int(right[0]) if len(right) else width
    return first + margin, last - margin


def in_band(heights: Heights, weights: Heights) -> Heights:
    """Wavelengths of striae only, wild heights cut."""
    settings = SETTINGS.bullets
    short, long = (
        softened(heights, weights, cutoff * SIGMA_OF_CUTOFF / SETTINGS.preparing.land_step_um)
        for cutoff in (settings.shortest_um, settings.longest_um)
    )
    cut = (short - long) * weights
    spread = HALF_TO_SIGMA * float(np.median(np.abs(cut[weights > 0]))) if weights.any() else 0.0
    most = settings.clip_spreads * spread
    return np.asarray(np.clip(cut, -most, most), dtype=np.float32)


def softened(heights: Heights, weights: Heights, sigma: float) -> Heights:
    """A Gaussian along the rows; what is missing weighs nothing."""
    from scipy.ndimage import gaussian_filter1d

    near = gaussian_filter1d(weights, sigma, axis=1, mode="constant")
    return np.asarray(
        gaussian_filter1d(heights * weights, sigma, axis=1, mode="constant") / np.maximum(near, LIGHTEST), np.float32
    )
