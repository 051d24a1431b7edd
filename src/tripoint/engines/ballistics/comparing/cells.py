"""Cells of one mark looked for on another: the normalised correlation of masked squares at every small offset.

Congruent matching cells are J. Song's (Proposed "NIST Ballistics Identification System" based on 3D topography
measurements on correlation cells, AFTE Journal 45(2):184, 2013); the masked correlation is Padfield's (2012), summed
directly, for a cell has few points and few offsets.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.comparing.fields import laid
from tripoint.engines.compiled import summing

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
NOWHERE = -2.0  # a correlation that could not be taken


@summing
def correlated(
    fixed: Array, fixed_mask: Array, top: int, left: int, moved: Array, moved_mask: Array, down: int, right: int,
    size: int, least: float,
) -> float:  # fmt: skip
    """The correlation of two squares of `size` points whose first points are (top, left) and (down, right), -1 to 1.

    `NOWHERE` where fewer than `least` points are measured in both. Heights are 0 where the masks are.
    """
    one, one_there = fixed[top : top + size, left : left + size], fixed_mask[top : top + size, left : left + size]
    two, two_there = moved[down : down + size, right : right + size], moved_mask[down : down + size, right : right + size]
    count, sum_one, sum_two = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    squares_one, squares_two, product = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for row in range(size):
        for column in range(size):
            a, b, in_a, in_b = one[row, column], two[row, column], one_there[row, column], two_there[row, column]
            count += in_a * in_b
            sum_one += a * in_b
            sum_two += b * in_a
            squares_one += a * a * in_b
            squares_two += b * b * in_a
            product += a * b
    if count < least:
        return NOWHERE
    spread = (squares_one - sum_one * sum_one / count) * (squares_two - sum_two * sum_two / count)
    if spread <= 1e-6 * count * count:
        return NOWHERE
    return float((product - sum_one * sum_two / count) / np.sqrt(spread))


@summing
def tabled(
    fixed: Array, fixed_mask: Array, cells: Array, size: int, moved: Array, moved_mask: Array, margin: int, reach: int,
    least_share: float, found: Array,
) -> None:  # fmt: skip
    """Fills `found` (cells, offsets down, offsets right) with the correlation of each cell at each offset in points.

    `moved` stands on the grid of `fixed` with `margin` points around it; `least_share` of a cell's own points must be
    measured in both.
    """
    for at in range(len(cells)):
        top, left = cells[at]
        own = np.float32(0.0)
        for row in range(top, top + size):
            for column in range(left, left + size):
                own += fixed_mask[row, column]
        for down in range(2 * reach + 1):
            for right in range(2 * reach + 1):
                found[at, down, right] = correlated(
                    fixed, fixed_mask, top, left, moved, moved_mask, top + down - reach + margin,
                    left + right - reach + margin, size, least_share * own,
                )  # fmt: skip


@summing
def refined(
    fixed: Array, fixed_mask: Array, cells: Array, size: int, moved: Array, moved_mask: Array, turns: Array,
    starts: Array, reach: int, least_share: float, found: Array,
) -> None:  # fmt: skip
    """Looks for each cell once more on the fine grid, about where it was found, and fills `found` (cells, 3) with the
    correlation and the offset down and right, in points, added to where it began.

    Point (x, y) of the fixed grid is looked for at (cosine x + sine y + x0, cosine y - sine x + y0) of `moved`;
    `turns` (cells, 4) holds cosine, sine, x0, y0, `starts` (cells, 2) the offset down and right to begin with.
    """
    wide = size + 2 * reach
    patch, there = np.empty((wide, wide), np.float32), np.empty((wide, wide), np.float32)
    for at in range(len(cells)):
        top, left = cells[at]
        own = np.float32(0.0)
        for row in range(top, top + size):
            for column in range(left, left + size):
                own += fixed_mask[row, column]
        cosine, sine, x0, y0 = turns[at]
        across, along = left + starts[at, 1] - reach, top + starts[at, 0] - reach
        laid(moved, moved_mask, cosine, sine, x0 + cosine * across + sine * along,
             y0 + cosine * along - sine * across, 0, patch, there)  # fmt: skip
        found[at, 0], found[at, 1], found[at, 2] = NOWHERE, 0.0, 0.0
        for down in range(2 * reach + 1):
            for right in range(2 * reach + 1):
                ncc = correlated(
                    fixed, fixed_mask, top, left, patch, there, down, right, size, least_share * own
                )
                if ncc > found[at, 0]:
                    found[at, 0], found[at, 1], found[at, 2] = ncc, float(down - reach), float(right - reach)
