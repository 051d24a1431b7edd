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
LAND_DEEPEST = np.float32(15.0)  # µm from the curve of a land: what is deeper would ring through the band
CURVED = frozenset({Region.FIRING_PIN, Region.LAND})


@dataclass(frozen=True, slots=True)
class Prepared:
    """Heights in µm in the region's band on a square grid, 0 outside the mask; point (0, 0) is the corner.

    `step` is 12.5 µm, 3.125 for lands.

    `levelled` are the heights before the band was cut (what viewers show), `centre` the middle of the primer (x, y)
    in µm from the corner, `warnings` what reading the file had to say.
    """

    region: Region
    heights: Heights
    levelled: Heights
    mask: Mask
    step: float
    centre: tuple[float, float]
    quality: Quality
    warnings: tuple[str, ...] = ()

    def coarse(self) -> Prepared:
        """The same at twice the step and in the band of the first search. Quality stays that of the whole."""
        settings = SETTINGS.preparing
        share = self.mask.astype(np.float32)
        heights, shares = regrid(self.levelled, share, (self.step, self.step), settings.coarse_step_um)
        mask = np.asarray(shares > settings.least_share)
        cut = band(heights, mask, settings.coarse_shortest_um, settings.coarse_longest_um, settings.coarse_step_um)
        shown = np.where(mask, heights, np.float32(0))
        step = settings.coarse_step_um
        return Prepared(self.region, cut, shown, mask, step, self.centre, self.quality, self.warnings)


def prepare(surface: Surface, region: Region, mask: Mask | None = None) -> Prepared:
    """The region of the surface made ready. `mask` (rows, columns as the surface) is an examiner's, or `isolate`'s.

    Raises Unreadable for a mask of another shape. A scan that shows nothing comes out as not fit, with the reasons.
    """
    if mask is not None and mask.shape != surface.heights.shape:
        raise Unreadable("The mask has another size than the scan.", reason="mask-does-not-fit", field="mask",
                         remedy="Draw the mask on this scan.")  # fmt: skip
    settings, land = SETTINGS.preparing, region is Region.LAND
    step = settings.land_step_um if land else settings.step_um
    shortest = settings.land_shortest_um if land else settings.shortest_um
    shown = isolate(surface, region) if mask is None else mask & np.isfinite(surface.heights)
    level, spikes = levelled(surface, shown, region)
    heights, share = regrid(level, shown.astype(np.float32), (surface.step_y, surface.step_x), step)
    valid = np.asarray(share > settings.least_share)
    kept = np.where(valid, heights, np.float32(0))
    cut = band(np.clip(kept, -LAND_DEEPEST, LAND_DEEPEST) if land else kept, valid, shortest, settings.longest_um, step)
    quality = judged(cut, valid, step, region, spikes)
    return Prepared(region, cut, kept, valid, step, centre_of(valid, step), quality, surface.facts.warnings)


def levelled(surface: Surface, shown: Mask, region: Region) -> tuple[Heights, float]:
    """Heights over their robust form, wild ones cut off, 0 where nothing is shown; and the share that was cut.

    Nothing is cut from a land: its grooves are needed to find where it ends.
    """
    if not shown.any():
        return np.zeros_like(surface.heights), 0.0
    heights = np.where(shown, surface.heights, np.float32(0))
    heights -= form_of(heights, shown, (surface.step_y, surface.step_x), curved=region in CURVED)
    values = heights[shown]
    sample = values[:: max(1, len(values) // SAMPLE)]
    middle = np.median(sample)
    most = np.float32(SETTINGS.preparing.clip_spreads * HALF_TO_SIGMA * np.median(np.abs(sample - middle)))
    heights -= middle
    if region is Region.LAND or not most:
        heights[~shown] = 0
        return heights, 0.0
    wild = float(np.count_nonzero(np.abs(values - middle) > most) / len(values))
    np.clip(heights, -most, most, out=heights)
    heights[~shown] = 0
    return heights, wild
