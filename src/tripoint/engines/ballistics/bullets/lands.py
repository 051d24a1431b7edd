"""The signature of a land: its striae averaged along their own direction, wherever there are striae.

Part of a land often carries none (the untouched skin of the bullet, a break-off, damage). Rows count in a column only
as far as they agree with the rows of the same striae: own method, in two steps. First with rows a little way off, then
with the average itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tripoint.engines.ballistics.bullets.engraved import Engraved, Known, engraved_of
from tripoint.engines.ballistics.preparing.prepared import Prepared
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Heights, Profile, Region

ROUNDS = 3
FULL_WIDTH = 2.3548  # of a Gaussian at half its height, in standard deviations
LEAST_ENERGY = 1e-9


@dataclass(frozen=True, slots=True)
class Land:
    """One land: heights over its width in standard deviations (cut at 3), and where they stand on enough rows.

    Points are `step_um` µm apart, the first `start_um` from the middle of the prepared grid. `twist_deg` is how far the
    striae lean from the scan's columns, -12 to 12; `striae` the share of the measured area that carries them. `turned`:
    the scan lay on its side and was turned by -90 degrees (columns are what rows were), so left may be right.
    """

    heights: Profile
    known: Known
    step_um: float
    start_um: float
    twist_deg: float
    striae: float
    turned: bool

    @property
    def fit(self) -> bool:
        """Whether there is enough of it to be compared."""
        long_enough = self.known.sum() * self.step_um >= SETTINGS.bullets.least_length_um
        return bool(long_enough and self.striae >= SETTINGS.bullets.least_striae)


def read_land(prepared: Prepared) -> Land:
    """The signature of the land a scan prepared as `Region.LAND` shows: empty, and so not fit, where it shows none."""
    step = SETTINGS.preparing.land_step_um
    engraved = engraved_of(prepared) if prepared.region is Region.LAND and prepared.quality.fit else None
    if engraved is None:
        return Land(np.zeros(0, np.float32), np.zeros(0, np.bool_), step, 0.0, 0.0, 0.0, False)
    lean = lean_of(engraved)
    heights, weights = upright(engraved.heights, lean), upright(engraved.weights, lean)
    agreement = agreement_of(heights, weights)
    signature = averaged_by(agreement, heights)
    for _ in range(ROUNDS):
        agreement = agreement_with(signature, heights, weights)
        signature = averaged_by(agreement, heights)
    known = np.asarray(agreement.sum(axis=0) > SETTINGS.bullets.least_rows)
    striae = float(agreement.sum() / max(1.0, float(weights.sum())))
    start = (engraved.start - (max(prepared.heights.shape) - 1) / 2) * step
    return Land(scaled(signature, known), known, step, start, math.degrees(math.atan(lean)), striae,
                engraved.turned)  # fmt: skip


def scaled(signature: Floats, known: Known) -> Profile:
    """Heights in standard deviations, cut at three: one deep scratch is not the whole land."""
    spread = float(signature[known].std()) if known.any() else 0.0
    if spread == 0:
        return np.zeros(len(signature), np.float32)
    cut = SETTINGS.bullets.cut_spreads
    return np.where(known, np.clip(signature / spread, -cut, cut), 0).astype(np.float32)


def lean_of(engraved: Engraved) -> float:
    """By how much the striae move sideways for each µm along the land, -0.2 to 0.2.

    The lag at which rows some way apart agree best, over all such rows at once; refined by a parabola.
    """
    settings, heights = SETTINGS.bullets, engraved.heights
    apart = settings.lean_rows
    if heights.shape[0] <= apart:
        return 0.0
    most = int(settings.steepest * apart * settings.row_um / SETTINGS.preparing.land_step_um)
    size = 1 << (heights.shape[1] + most).bit_length()
    waves = np.fft.rfft(heights, size, axis=1)
    agreement = np.fft.irfft((waves[apart:] * waves[:-apart].conj()).sum(axis=0), size)
    near = np.concatenate([agreement[-most:], agreement[: most + 1]])
    best = int(near.argmax())
    return (best - most + vertex(near, best)) * SETTINGS.preparing.land_step_um / (apart * settings.row_um)


def vertex(values: Floats, place: int) -> float:
    """How far the top of the parabola through a value and its neighbours lies from it, -0.5 to 0.5."""
    if not 0 < place < len(values) - 1:
        return 0.0
    before, at, after = values[place - 1 : place + 2]
    bend = before - 2 * at + after
    return float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < 0 else 0.0


def upright(values: Heights, lean: float) -> Heights:
    """Each row moved so that the striae stand upright; nothing comes in from outside."""
    settings, columns = SETTINGS.bullets, np.arange(values.shape[1], dtype=np.float64)
    moved = np.empty_like(values)
    for row in range(len(values)):
        shift = lean * (row - (len(values) - 1) / 2) * settings.row_um / SETTINGS.preparing.land_step_um
        moved[row] = np.interp(columns + shift, columns, values[row], left=0.0, right=0.0)
    return moved


def over_window(values: Heights) -> Heights:
    """Sums over a window of the land's width."""
    from scipy.ndimage import gaussian_filter1d

    settings = SETTINGS.bullets
    sigma = settings.window_um / SETTINGS.preparing.land_step_um / FULL_WIDTH
    return np.asarray(gaussian_filter1d(values, sigma, axis=-1, mode="constant"), dtype=np.float32)


def agreement_of(heights: Heights, weights: Heights) -> Heights:
    """How far each point's surroundings agree with rows a little way off, 0 to 1."""
    found = np.zeros_like(heights)
    for apart in SETTINGS.bullets.neighbours:
        if apart >= len(heights):
            continue
        both = weights[apart:] * weights[:-apart]
        product = over_window(heights[apart:] * heights[:-apart] * both)
        one, other = over_window(heights[apart:] ** 2 * both), over_window(heights[:-apart] ** 2 * both)
        like = product / np.sqrt(np.maximum(one * other, LEAST_ENERGY))
        found[apart:] = np.maximum(found[apart:], like)
        found[:-apart] = np.maximum(found[:-apart], like)
    return counting(found) * weights


def agreement_with(signature: Floats, heights: Heights, weights: Heights) -> Heights:
    """How far each point's surroundings agree with the signature, 0 to 1."""
    line = signature.astype(np.float32)
    product = over_window(heights * line * weights)
    one, other = over_window(heights**2 * weights), over_window(line**2 * weights)
    return counting(product / np.sqrt(np.maximum(one * other, LEAST_ENERGY))) * weights


def counting(correlation: Heights) -> Heights:
    """What a correlation counts: nothing below the threshold, fully from twice it on."""
    least = np.float32(SETTINGS.bullets.least_agreement)
    return np.asarray(np.clip((correlation - least) / least, 0, 1), dtype=np.float32)


def averaged_by(weights: Heights, heights: Heights) -> Floats:
    """The weighted mean of each column."""
    return np.asarray((weights * heights).sum(axis=0) / np.maximum(weights.sum(axis=0), 1e-3), dtype=np.float64)
