"""Which unit the numbers of a file are in: metres as the standard says, unless no scan can have that size.

Known from files of real laboratories: increments, heights or both written in micrometres where metres belong. These
are read, with a warning, where nothing else is possible. For anything else the person who sends it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Unit, UnitsUnclear

METRE, MICROMETRE = Unit.METRE.micrometres, Unit.MICROMETRE.micrometres
TWICE = 1e-6  # somebody turned metres into micrometres twice
SAMPLE = 40_000
HALF_TO_SIGMA = 1.4826  # from the median distance to a standard deviation of a normal distribution


@dataclass(frozen=True, slots=True)
class Scales:
    """Micrometres for one of the file's numbers, across and in height; warnings where the standard was not kept."""

    across: float
    upright: float
    warnings: tuple[str, ...] = ()


def scales_of(extents: tuple[float, float], spread: float, unit: Unit | None) -> Scales:
    """The scales of a scan of these extents and this robust spread of heights, all in the file's numbers.

    Raises UnitsUnclear where no size that a scan can have follows from metres, or from the unit somebody gave.
    """
    if unit is not None:
        return given_scales(extents, spread, unit)
    across = next((scale for scale in (METRE, MICROMETRE, TWICE) if fits_across(extents, scale)), None)
    upright = next((scale for scale in (METRE, MICROMETRE) if fits_upright(spread, scale)), None)
    if across is None or upright is None:
        raise unclear(extents, spread)
    warnings = []
    if across != METRE:
        warnings.append("increments-in-micrometres")
    if upright != METRE:
        warnings.append("heights-in-micrometres")
    return Scales(across, upright, tuple(warnings))


def given_scales(extents: tuple[float, float], spread: float, unit: Unit) -> Scales:
    """The scales in the unit a person named: heights may still be in metres where only they then make sense."""
    across = unit.micrometres
    upright = next((scale for scale in (across, METRE) if fits_upright(spread, scale)), None)
    if not fits_across(extents, across) or upright is None:
        raise unclear(extents, spread, unit)
    return Scales(across, upright, ("unit-given",))


def fits_across(extents: tuple[float, float], scale: float) -> bool:
    """Whether a scan can be that wide and high."""
    limits = SETTINGS.reading
    return min(extents) * scale >= limits.least_extent_um and max(extents) * scale <= limits.largest_extent_um


def fits_upright(spread: float, scale: float) -> bool:
    """Whether a scan can be that rough. A spread of nothing fits every unit: there is nothing to see."""
    limits = SETTINGS.reading
    return spread == 0 or limits.least_spread_um <= spread * scale <= limits.largest_spread_um


def unclear(extents: tuple[float, float], spread: float, unit: Unit = Unit.METRE) -> UnitsUnclear:
    """The question, with what the file says and which units would make a scan of it."""
    possible = [each for each in Unit if fits_across(extents, each.micrometres)]
    advice = f" (perhaps {possible[0].value})" if possible and possible[0] is not unit else ""
    size = f"{extents[0]:.3g} by {extents[1]:.3g} {unit.value}, heights about {spread:.3g} {unit.value}"
    return UnitsUnclear(
        f"Read in {unit.value}, this scan would be {size}: no mark has that size.", reason="units-unclear",
        field="unit", remedy=f"Say in which unit the file is written: unit = m, mm, um or nm{advice}.",
    )  # fmt: skip


def spread_of(values: Floats) -> float:
    """The robust spread of finite heights about their median, from an even sample; nan where none is finite."""
    sample = values.ravel()[:: max(1, values.size // SAMPLE)]
    sample = sample[np.isfinite(sample)]
    if not sample.size:
        every = values[np.isfinite(values)]
        sample = every[:: max(1, every.size // SAMPLE)]
    if not sample.size:
        return float("nan")
    return float(HALF_TO_SIGMA * np.median(np.abs(sample - np.median(sample))))
