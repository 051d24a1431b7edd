"""A prepared mark made ready for cells: two grids, in units of its own spread, and the squares that hold enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.settings import Celling
from tripoint.engines.compiled import compiled

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Field:
    """Heights (float32, 0 where not measured) and mask (float32, 0 or 1) on a grid of `step` µm, and halved.

    `centre` is the mark's own, x, y in grid points of the fine grid; `cells` are (n, 2) row, column of the upper left
    point of each cell on the halved grid.
    """

    heights: Array
    mask: Array
    half_heights: Array
    half_mask: Array
    cells: Array
    centre: tuple[float, float]
    step: float

    @property
    def middle(self) -> tuple[float, float]:
        """x, y of the middle of the grid, in points of the fine grid."""
        rows, columns = self.heights.shape
        return (columns - 1) / 2, (rows - 1) / 2


def field_of(heights: Array, mask: Array, step: float, centre_um: tuple[float, float], celling: Celling) -> Field:
    """The field of one mark: heights float32 on a grid of `step` µm, with its mask; `centre_um` x, y from its first
    grid point."""
    whole, there = scaled(heights, mask, celling.clip_spreads)
    half, half_there = halved(whole, there)
    size = round(celling.cell_um / (2 * step))
    centre = (centre_um[0] / step, centre_um[1] / step)
    return Field(whole, there, half, half_there, cells_in(half_there, size, celling.least_fill), centre, step)


def scaled(heights: Array, mask: Array, clip: float) -> tuple[Array, Array]:
    """Heights without their mean, in units of their spread, cut at `clip` spreads; 0 where the mask is not."""
    good = mask & np.isfinite(heights)
    values = heights[good].astype(np.float64)
    whole = np.zeros(heights.shape, np.float32)
    spread = values.std() if len(values) else 0.0
    if spread > 0:
        values = np.clip((values - values.mean()) / spread, -clip, clip)
        whole[good] = values - values.mean()
    return whole, (good & (spread > 0)).astype(np.float32)


@compiled
def halved(heights: Array, mask: Array) -> tuple[Array, Array]:
    """Means of two by two points, where three of them or more are measured."""
    rows, columns = (heights.shape[0] + 1) // 2, (heights.shape[1] + 1) // 2
    found, there = np.zeros((rows, columns), np.float32), np.zeros((rows, columns), np.float32)
    for row in range(heights.shape[0] // 2):
        for column in range(heights.shape[1] // 2):
            value, count = np.float32(0.0), np.float32(0.0)
            for down in range(2):
                for right in range(2):
                    share = mask[2 * row + down, 2 * column + right]
                    count += share
                    value += share * heights[2 * row + down, 2 * column + right]
            if count >= 3:
                found[row, column], there[row, column] = value / count, np.float32(1.0)
    return found, there


def cells_in(mask: Array, size: int, least_fill: float) -> Array:
    """Squares of `size` points side by side over what is measured, those filled by `least_fill` or more."""
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if not len(rows):
        return np.zeros((0, 2), np.int64)
    found = [
        (row, column)
        for row in begins(int(rows[0]), int(rows[-1]) + 1, size, mask.shape[0])
        for column in begins(int(columns[0]), int(columns[-1]) + 1, size, mask.shape[1])
        if mask[row : row + size, column : column + size].mean() >= least_fill
    ]
    return np.array(found, np.int64).reshape(-1, 2)


def begins(first: int, end: int, size: int, limit: int) -> list[int]:
    """Where the fewest squares begin that cover `first` to `end` evenly, within 0 to `limit`; they may overlap."""
    count = max(1, -(-(end - first) // size))
    last = max(0, min(max(first, end - size), limit - size))
    return sorted({round(float(one)) for one in np.linspace(min(first, last), last, count)})


@compiled
def laid(
    heights: Array, mask: Array, cosine: float, sine: float, x0: float, y0: float, margin: int, found: Array,
    there: Array,
) -> None:  # fmt: skip
    """Lays a mark on another grid: point (column, row) of `found`, less the margin, is taken from
    (cosine x + sine y + x0, -sine x + cosine y + y0) of `heights`, between its points by what is measured around."""
    rows, columns = heights.shape
    for row in range(found.shape[0]):
        for column in range(found.shape[1]):
            across, along = float(column - margin), float(row - margin)
            x, y = cosine * across + sine * along + x0, cosine * along - sine * across + y0
            left, top = int(np.floor(x)), int(np.floor(y))
            value, share = np.float32(0.0), np.float32(0.0)
            if 0 <= left < columns - 1 and 0 <= top < rows - 1:
                right, low = np.float32(x - left), np.float32(y - top)
                for down in range(2):
                    for aside in range(2):
                        part = (low if down else np.float32(1) - low) * (right if aside else np.float32(1) - right)
                        part *= mask[top + down, left + aside]
                        share += part
                        value += part * heights[top + down, left + aside]
            if share > 0.5:
                found[row, column], there[row, column] = value / share, np.float32(1.0)
            else:
                found[row, column], there[row, column] = np.float32(0.0), np.float32(0.0)
