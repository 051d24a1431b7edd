"""A region of a scan on the common grid, levelled and in its band: what comparisons work on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripoint.engines.ballistics.preparing.bands import band
from tripoint.engines.ballistics.preparing.centre import centre_of
from tripoint.engines.ballistics.preparing.grid import regrid
from tripoint.engines.ballistics.preparing.isolating import isolate
from tripoint.engines.ballistics.preparing.levelling import HALF_TO_SIGMA, form_of
from tripoint.engines.ballistics.preparing.quality import Quality, judged
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Heights, Mask, Region, Surface, Unreadable

SAMPLE = 20_000
CURVED = frozenset({Region.FIRING_PIN, Region.LAND})


@dataclass(frozen=True, slots=True)
class Prepared:
    """Heights in µm in the region's band on a square grid of `step` µm, 0 outside the mask; point (0, 0) is the corner.

    `levelled` are the heights before the band was cut (what viewers show), `centre` the middle of the primer (x, y)
    in µm from the corner.
    """

    region: Region
    heights: Heights
    levelled: Heights
    mask: Mask
    step: float
    centre: tuple[float, float]
    quality: Quality

    def coarse(self) -> Prepared:
        """The same at twice the step and in the band of the first search. Quality stays that of the whole."""
        settings = SETTINGS.preparing
        share = self.mask.astype(np.float32)
        heights, shares = regrid(self.levelled, share, (self.step, self.step), settings.coarse_step_um)
        mask = np.asarray(shares > settings.least_share)
        cut = band(heights, mask, settings.coarse_shortest_um, settings.coarse_longest_um, settings.coarse_step_um)
        shown = np.where(mask, heights, np.float32(0))
        return Prepared(self.region, cut, shown, mask, settings.coarse_step_um, self.centre, self.quality)


def prepare(surface: Surface, region: Region, mask: Mask | None = None) -> Prepared:
    """The region of the surface made ready. `mask` (rows, columns as the surface) is an examiner's, or `isolate`'s.

    Raises Unreadable for a mask of another shape. A scan that shows nothing comes out as not fit, with the reasons.
    """
    if mask is not None and mask.shape != surface.heights.shape:
        raise Unreadable("The mask has another size than the scan.", reason="mask-does-not-fit", field="mask",
                         remedy="Draw the mask on this scan.")  # fmt: skip
    settings = SETTINGS.preparing
    shown = isolate(surface, region) if mask is None else mask & np.isfinite(surface.heights)
    level, spikes = levelled(surface, shown, curved=region in CURVED)
    steps = surface.step_y, surface.step_x
    heights, share = regrid(level, shown.astype(np.float32), steps, settings.step_um)
    valid = np.asarray(share > settings.least_share)
    cut = band(heights, valid, settings.shortest_um, settings.longest_um, settings.step_um)
    quality = judged(cut, valid, settings.step_um, region, spikes)
    kept = np.where(valid, heights, np.float32(0))
    return Prepared(region, cut, kept, valid, settings.step_um, centre_of(valid, settings.step_um), quality)


def levelled(surface: Surface, shown: Mask, *, curved: bool) -> tuple[Heights, float]:
    """Heights over their robust form, wild ones cut off, 0 where nothing is shown; and the share that was cut."""
    if not shown.any():
        return np.zeros_like(surface.heights), 0.0
    heights = np.where(shown, surface.heights, np.float32(0))
    heights -= form_of(heights, shown, (surface.step_y, surface.step_x), curved=curved)
    values = heights[shown]
    sample = values[:: max(1, len(values) // SAMPLE)]
    middle = np.median(sample)
    most = np.float32(SETTINGS.preparing.clip_spreads * HALF_TO_SIGMA * np.median(np.abs(sample - middle)))
    heights -= middle
    wild = float(np.count_nonzero(np.abs(values - middle) > most) / len(values)) if most else 0.0
    np.clip(heights, -most, most, out=heights)
    heights[~shown] = 0
    return heights, wild
