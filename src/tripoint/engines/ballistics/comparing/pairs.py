"""One mark against another: the exhaustive search, the cells of both directions, and one score of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.comparing.cells import NOWHERE
from tripoint.engines.ballistics.comparing.consensus import turned
from tripoint.engines.ballistics.comparing.fields import Field, field_of, scaled
from tripoint.engines.ballistics.comparing.lands import compare_land_scans
from tripoint.engines.ballistics.comparing.meeting import Lying, Met, backwards, meet
from tripoint.engines.ballistics.comparing.model import Cell, Comparison, Pose, Reason
from tripoint.engines.ballistics.comparing.rings import Spectra, spectra_of
from tripoint.engines.ballistics.comparing.turning import Lead, Probe, correlations, leads, probe_of
from tripoint.engines.ballistics.preparing import Prepared
from tripoint.engines.ballistics.settings import SETTINGS, Turning
from tripoint.engines.ballistics.surface import Region

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
NOTHING_IN_COMMON = "nothing-in-common"


@dataclass(frozen=True, slots=True)
class Coarse:
    """What the exhaustive search takes of a mark: heights in units of their spread (float32, 0 where the mask is not)
    on a grid of `step` µm, and its centre, x and y in µm from the first grid point."""

    heights: Array
    mask: Array
    step: float
    centre: tuple[float, float]

    def asked(self, turning: Turning) -> Probe:
        """The mark as a question."""
        return probe_of(self.heights, self.mask, self.step, self.centre, turning)

    def known(self, turning: Turning) -> Spectra:
        """The mark as one of a collection."""
        return spectra_of(self.heights, self.mask, self.step, np.array([self.centre]), turning)


def coarse_of(prepared: Prepared) -> Coarse:
    """The coarse form of a prepared mark."""
    coarse = prepared.coarse()
    heights, mask = scaled(coarse.heights, coarse.mask, SETTINGS.celling.clip_spreads)
    shift = (coarse.step - prepared.step) / 2  # the first point of the coarse grid lies between four of the fine
    centre = (prepared.centre[0] - shift, prepared.centre[1] - shift)
    return Coarse(heights, mask > 0, coarse.step, centre)


def fine_of(prepared: Prepared) -> Field:
    """The fine form of a prepared mark."""
    return field_of(prepared.heights, prepared.mask, prepared.step, prepared.centre, SETTINGS.celling)


def turning_for(region: Region) -> Turning:
    """The rings of a region."""
    return SETTINGS.rings.get(region, SETTINGS.turning)


def compare(one: Prepared, other: Prepared) -> Comparison:
    """Two prepared marks of one region compared, at every rotation and at offsets of their centres up to the reach.

    What is not fit scores 0, with the code `one-not-fit` or `other-not-fit`. Raises ValueError for two regions.
    """
    if one.region is not other.region:
        raise ValueError(f"a {one.region} cannot be compared with a {other.region}")
    faults = refused(one, other)
    if faults:
        return Comparison(reasons=faults)
    if one.region is Region.LAND:
        return compare_land_scans(one, other, score_of)
    turning = turning_for(one.region)
    known = coarse_of(other).known(turning)
    probe = coarse_of(one).asked(turning)
    spectra = Spectra(*(part.transpose(1, 0, 2) for part in (known.heights, known.mask, known.energy)))
    found = leads(probe, correlations(probe, spectra)[:, 0], turning.leads)
    return compared(fine_of(one), fine_of(other), found)


def refused(one: Prepared, other: Prepared) -> tuple[Reason, ...]:
    """Why two marks are not compared: a code for each that is not fit, with its quality."""
    return tuple(
        (f"{name}-not-fit", each.quality.score)
        for name, each in (("one", one), ("other", other))
        if not each.quality.fit
    )


def compared(one: Field, other: Field, found: Sequence[Lead]) -> Comparison:
    """The comparison of two fields about the poses that stood out, forward and backward."""
    forward = meet(one, other, [lying_of(one, lead) for lead in found], SETTINGS.celling)
    if forward is None:
        return Comparison(reasons=((NOTHING_IN_COMMON, 0.0),))
    backward = meet(other, one, [backwards(one, forward.lying, other)], SETTINGS.celling)
    return told(one, other, forward, backward, max((lead.correlation for lead in found), default=0.0))


def lying_of(one: Field, lead: Lead) -> Lying:
    """A lead as a pose of the other mark on the fine grid of `one`."""
    x, y = one.centre
    return Lying(lead.angle, (x + lead.offset[0] / one.step, y + lead.offset[1] / one.step))


def told(one: Field, other: Field, forward: Met, backward: Met | None, coarse: float) -> Comparison:
    """What both directions found, put together."""
    there, back = forward.counted, backward.counted if backward else (0, 0)
    congruent, compared_cells = min(there, back)
    both = [met for met in (forward, backward) if met and met.correlation > NOWHERE]
    correlation = sum(met.correlation for met in both) / len(both) if both else 0.0
    overlap = max((met.overlap for met in both), default=0.0)
    return Comparison(
        score=score_of(there, back, correlation, overlap), congruent_cells=congruent, cells_compared=compared_cells,
        pose=pose_of(one, other, forward.lying), correlation=correlation, coarse=coarse,
        cells=cells_of(one, other, forward), forward=there, backward=back,
        reasons=(("cells-agree", float(congruent)), ("correlation", correlation), ("coarse-correlation", coarse)),
    )  # fmt: skip


def score_of(forward: tuple[int, int], backward: tuple[int, int], correlation: float, overlap: float = 1.0) -> float:
    """The similarity, 0 to 1: half the share of congruent cells in both directions, half the common correlation.

    The share is that of one cell more than were compared: a few cells alone say little. The correlation weighs by the
    root of `overlap`, the share of the smaller mark that could be compared: by chance it is the larger the less is.
    """
    cells = forward[1] + backward[1]
    if not cells:
        return 0.0
    share = (forward[0] + backward[0]) / (cells + 2)
    return min(1.0, max(0.0, (share + correlation * math.sqrt(overlap)) / 2))


def pose_of(one: Field, other: Field, lying: Lying) -> Pose:
    """The pose about the middles of both grids, in µm."""
    middle = np.array(other.middle) - np.array(other.centre)
    x, y = (np.array(lying.land) + turned(middle, lying.degrees) - np.array(one.middle)) * one.step
    return Pose(within(lying.degrees), float(x), float(y))


def within(degrees: float) -> float:
    """An angle above -180 and up to 180 degrees."""
    return 180.0 - (180.0 - degrees) % 360.0


def cells_of(one: Field, other: Field, met: Met) -> tuple[Cell, ...]:
    """The cells of one direction as they are told, those that could be compared."""
    laid_on = turned(met.there - np.array(other.centre), met.lying.degrees) + np.array(met.lying.land)
    away = (laid_on - met.here) * one.step
    places = (met.here - np.array(one.middle)) * one.step
    size = SETTINGS.celling.cell_um
    numbers = [np.unique(np.round(one.cells[:, axis]), return_inverse=True)[1] for axis in (0, 1)]
    return tuple(
        Cell(int(numbers[0][at]), int(numbers[1][at]), float(places[at, 0]), float(places[at, 1]), size,
             float(met.ncc[at]), within(float(met.degrees[at] - met.lying.degrees)), float(away[at, 0]),
             float(away[at, 1]), bool(met.congruent[at]))
        for at in np.nonzero(met.ncc > NOWHERE)[0]
    )  # fmt: skip
