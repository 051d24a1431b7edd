"""Two marks laid on each other: which of the poses to try holds, where each cell lies, how many agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.comparing.cells import NOWHERE, refined, tabled
from tripoint.engines.ballistics.comparing.consensus import agreeing, rigid, turned
from tripoint.engines.ballistics.comparing.fields import Field, laid
from tripoint.engines.ballistics.settings import Celling

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Lying:
    """Moved lies on fixed turned by `degrees` (x towards y), its own centre at `land`, x and y in fine grid points."""

    degrees: float
    land: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Met:
    """What one direction found, n cells: correlations at each one's best (`NOWHERE` where it could not be compared),
    where its middle lies on either mark (n, 2; x, y in fine grid points), own rotations, which are congruent, the
    correlation of all at the common pose, the share of their points that could be compared, and that pose."""

    ncc: Array
    here: Array
    there: Array
    degrees: Array
    congruent: Array
    correlation: float
    overlap: float
    lying: Lying

    @property
    def counted(self) -> tuple[int, int]:
        """Congruent cells, and cells compared."""
        return int(self.congruent.sum()), int((self.ncc > NOWHERE).sum())


@dataclass(frozen=True, slots=True)
class Tried:
    """One pose tried with the small turns around it: correlations (turns, cells, down, right), and `in_common`."""

    lying: Lying
    table: Array
    correlation: float
    weighed: float
    place: tuple[int, int, int]


def meet(fixed: Field, moved: Field, poses: Sequence[Lying], celling: Celling) -> Met | None:
    """Fixed's cells looked for on moved about each pose; the pose with the best common correlation holds.

    None where nothing could be compared.
    """
    if not len(fixed.cells):
        return None
    tries = [tried(fixed, moved, lying, celling) for lying in poses]
    best = max(tries, key=lambda one: one.weighed, default=None)
    return None if best is None or best.weighed <= NOWHERE else settled(fixed, moved, best, celling)


def tried(fixed: Field, moved: Field, lying: Lying, celling: Celling) -> Tried:
    """The correlations of every cell at the small turns and offsets around one pose, on the halved grids."""
    reach = round(celling.reach_um / (2 * fixed.step))
    size = round(celling.cell_um / (2 * fixed.step))
    turns, (rows, columns) = celling.turns_deg, fixed.half_heights.shape
    table = np.empty((len(turns), len(fixed.cells), 2 * reach + 1, 2 * reach + 1), np.float32)
    heights = np.empty((rows + 2 * reach, columns + 2 * reach), np.float32)
    mask = np.empty_like(heights)
    for at, turn in enumerate(turns):
        laid(moved.half_heights, moved.half_mask, *taking(moved, lying, turn, halved=True), reach, heights, mask)
        tabled(fixed.half_heights, fixed.half_mask, fixed.cells, size, heights, mask, reach, reach,
               celling.least_overlap, table[at])  # fmt: skip
    return Tried(lying, table, *in_common(table, weights(fixed, size)))


def taking(moved: Field, lying: Lying, turn: float, *, halved: bool = False) -> tuple[float, float, float, float]:
    """Cosine, sine, x0 and y0 that take points of fixed to points of moved, on the fine or the halved grids."""
    angle = np.radians(lying.degrees + turn)
    cosine, sine = float(np.cos(angle)), float(np.sin(angle))
    (x, y), (land_x, land_y) = moved.centre, lying.land
    if halved:  # its points lie between two of the fine grid
        x, y, land_x, land_y = (x - 0.5) / 2, (y - 0.5) / 2, (land_x - 0.5) / 2, (land_y - 0.5) / 2
    return cosine, sine, x - cosine * land_x - sine * land_y, y - cosine * land_y + sine * land_x


def weights(fixed: Field, size: int) -> Array:
    """How many points each cell has measured."""
    return np.array([fixed.half_mask[row : row + size, column : column + size].sum() for row, column in fixed.cells])


def in_common(table: Array, points: Array) -> tuple[float, float, tuple[int, int, int]]:
    """The mean correlation of the cells, by their points, at the turn and offset where it stands out most; how much it
    stands out: weighed by the root of the share of points compared; and that place."""
    there = table > NOWHERE
    count = np.einsum("tcdr,c->tdr", there, points)
    if count.max() <= 0:
        return NOWHERE, NOWHERE, (0, 0, 0)
    mean = np.einsum("tcdr,c->tdr", np.where(there, table, 0), points) / np.maximum(count, 1)
    weighed = np.where(count > 0, mean * np.sqrt(count / points.sum()), NOWHERE)
    turn, down, right = np.unravel_index(int(weighed.argmax()), mean.shape)
    place = (int(turn), int(down), int(right))
    return float(mean[place]), float(weighed[place]), place


def settled(fixed: Field, moved: Field, best: Tried, celling: Celling) -> Met:
    """Each cell where it fits best by itself, on the fine grid; who agrees; the pose they agree on."""
    count, reach = len(fixed.cells), best.table.shape[2] // 2
    turn, down, right = np.unravel_index(
        best.table.transpose(1, 0, 2, 3).reshape(count, -1).argmax(axis=1), (best.table.shape[0], *best.table.shape[2:])
    )
    ways = np.array([taking(moved, best.lying, one) for one in celling.turns_deg])[turn]
    starts = 2 * np.stack((down - reach, right - reach), axis=1)
    found = sought(fixed, moved, ways, starts, 2, celling)
    offsets = starts + found[:, 1:]
    size = round(celling.cell_um / fixed.step)
    here = fixed.cells[:, ::-1] * 2.0 + (size - 1) / 2
    there = taken(ways, here + offsets[:, ::-1])
    degrees = np.asarray(celling.turns_deg)[turn]
    congruent = agreeing(
        found[:, 0], offsets * fixed.step, degrees, celling.least_ncc, celling.near_um, celling.near_deg
    )
    lying = common_pose(moved, best, here, there, congruent, celling)
    exact = sought(fixed, moved, np.tile(taking(moved, lying, 0.0), (count, 1)), np.zeros((count, 2)), 1, celling)
    points = weights(fixed, size // 2)
    correlation = max(best.correlation, mean_of(exact[:, 0], points))
    overlap = float(points[found[:, 0] > NOWHERE].sum() / points.sum())
    return Met(found[:, 0], here, there, best.lying.degrees + degrees, congruent, correlation, overlap, lying)


def sought(fixed: Field, moved: Field, ways: Array, starts: Array, reach: int, celling: Celling) -> Array:
    """`refined` on the fine grids: (cells, 3) correlation, offset down, offset right."""
    found = np.empty((len(fixed.cells), 3))
    size = round(celling.cell_um / (2 * fixed.step)) * 2
    refined(fixed.heights, fixed.mask, fixed.cells * 2, size, moved.heights, moved.mask, ways,
            starts.astype(np.int64), reach, celling.least_overlap, found)  # fmt: skip
    return found


def mean_of(ncc: Array, points: Array) -> float:
    """The mean correlation of the cells that could be compared, by their points."""
    there = ncc > NOWHERE
    return float((ncc * points)[there].sum() / points[there].sum()) if there.any() else NOWHERE


def taken(ways: Array, points: Array) -> Array:
    """Where points (n, 2) of fixed lie on moved, each by its own way."""
    cosine, sine, x0, y0 = ways.T
    x, y = points.T
    return np.stack((cosine * x + sine * y + x0, cosine * y - sine * x + y0), axis=1)


def common_pose(
    moved: Field, best: Tried, here: Array, there: Array, congruent: Array, celling: Celling
) -> Lying:
    """The rigid pose of the congruent cells; where they are few, that of the best common correlation."""
    centre = np.array(moved.centre)
    if congruent.sum() >= celling.few:
        degrees, shift = rigid(there[congruent], here[congruent])
        x, y = turned(centre, degrees) + shift
        return Lying(degrees, (float(x), float(y)))
    turn, down, right = best.place
    reach = best.table.shape[2] // 2
    x, y = best.lying.land  # a cell found at an offset: moved has to come back by it
    return Lying(
        best.lying.degrees + celling.turns_deg[turn], (x - 2.0 * (right - reach), y - 2.0 * (down - reach))
    )


def backwards(fixed: Field, lying: Lying, moved: Field) -> Lying:
    """The same pose seen from the other mark: where fixed's own centre comes to rest on moved."""
    ways = np.array([taking(moved, lying, 0.0)])
    x, y = taken(ways, np.array([fixed.centre]))[0]
    return Lying(-lying.degrees, (float(x), float(y)))
