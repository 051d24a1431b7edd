"""Two lands of bullets compared, told in the words of a comparison: a stretch of striae is a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tripoint.engines.ballistics.bullets import Land, LandComparison, compare_lands, read_land
from tripoint.engines.ballistics.comparing.model import Cell, Comparison, Pose
from tripoint.engines.ballistics.preparing import Prepared

Score: TypeAlias = Callable[[tuple[int, int], tuple[int, int], float], float]
NO_STRIAE = "no-striae"
ON_ITS_SIDE = -90.0  # how a scan that lies on its side is turned upright


def compare_land_scans(one: Prepared, other: Prepared, score_of: Score) -> Comparison:
    """Two scans prepared as lands. Where one shows too few striae nothing is compared, with the code `no-striae`."""
    return compare_read_lands(read_land(one), read_land(other), score_of)


def compare_read_lands(first: Land, second: Land, score_of: Score) -> Comparison:
    """The same of two lands that were read before, for who compares one with many."""
    forward, backward = compare_lands(first, second), compare_lands(second, first)
    if not forward.fit:
        return Comparison(reasons=((NO_STRIAE, min(first.striae, second.striae)),))
    there, back = ((found.congruent, len(found.stretches)) for found in (forward, backward))
    congruent, compared = min(there, back)
    correlation = forward.correlation
    turns = ON_ITS_SIDE * (second.turned - first.turned) + 180.0 * forward.reversed
    across, down = (0.0, forward.shift_um) if first.turned else (forward.shift_um, 0.0)
    return Comparison(
        score=score_of(there, back, max(0.0, correlation)), congruent_cells=congruent, cells_compared=compared,
        pose=Pose(180.0 - (180.0 - turns) % 360.0, across, down), correlation=correlation, coarse=correlation,
        cells=cells_of(forward, on_its_side=first.turned), forward=there, backward=back,
        reasons=(("cells-agree", float(congruent)), ("correlation", correlation)),
    )  # fmt: skip


def cells_of(found: LandComparison, *, on_its_side: bool) -> tuple[Cell, ...]:
    """The stretches as cells in one row, or in one column where the scan lies on its side."""
    cells = []
    for number, part in enumerate(found.stretches):
        middle = part.from_um + part.size_um / 2
        row, column, x, y = (number, 0, 0.0, middle) if on_its_side else (0, number, middle, 0.0)
        dx, dy = (0.0, part.off_um) if on_its_side else (part.off_um, 0.0)
        cells.append(Cell(row, column, x, y, part.size_um, part.correlation, 0.0, dx, dy, part.congruent))
    return tuple(cells)
