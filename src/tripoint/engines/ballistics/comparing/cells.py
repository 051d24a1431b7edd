"""Cells of one mark looked for on another: the normalised correlation of masked squares at every small offset.

Congruent matching cells are J. Song's (Proposed "NIST Ballistics Identification System" based on 3D topography
measurements on correlation cells, AFTE Journal 45(2):184, 2013); the masked correlation is Padfield's (2012), summed
directly, for a cell has few points and few offsets. Squares are laid out row after row, so that those of one column
of offsets are stretches of one long row: sums run along them.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.comparing.fields import laid
from tripoint.engines.compiled import summing

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
NOWHERE = -2.0  # a correlation that could not be taken
ZERO = np.float32(0.0)


@summing
def correlated(one: Array, one_there: Array, two: Array, two_there: Array, least: float) -> float:
    """The correlation of two squares laid out row after row, -1 to 1.

    `NOWHERE` where fewer than `least` points are measured in both, or one of them is flat. Heights are 0 where the
    masks are.
    """
    count, sum_one, sum_two, squares_one, squares_two, product = ZERO, ZERO, ZERO, ZERO, ZERO, ZERO
    for at in range(len(one)):
        a, b, in_a, in_b = one[at], two[at], one_there[at], two_there[at]
        count += in_a * in_b
        sum_one += a * in_b
        sum_two += b * in_a
        squares_one += a * a * in_b
        squares_two += b * b * in_a
        product += a * b
    if count < least or count < 1:
        return NOWHERE
    spread = (squares_one - sum_one * sum_one / count) * (squares_two - sum_two * sum_two / count)
    if spread <= 1e-6 * count * count:
        return NOWHERE
    return float((product - sum_one * sum_two / count) / np.sqrt(spread))


@summing
def row_after_row(source: Array, top: int, left: int, rows: int, columns: int, found: Array) -> float:
    """Lays a rectangle of `source` row after row into `found`; gives its sum."""
    total = ZERO
    for row in range(rows):
        here, there = source[top + row, left : left + columns], found[row * columns : (row + 1) * columns]
        for column in range(columns):
            there[column] = here[column]
            total += here[column]
    return float(total)


@summing
def tabled(
    fixed: Array, fixed_mask: Array, cells: Array, size: int, moved: Array, moved_mask: Array, margin: int, reach: int,
    least_share: float, found: Array,
) -> None:  # fmt: skip
    """Fills `found` (cells, offsets down, offsets right) with the correlation of each cell at each offset in points.

    `moved` stands on the grid of `fixed` with `margin` points around it; `least_share` of a cell's own points must be
    measured in both.
    """
    one, one_there = np.empty(size * size, np.float32), np.empty(size * size, np.float32)
    tall = size + 2 * reach
    two, two_there = np.empty(tall * size, np.float32), np.empty(tall * size, np.float32)
    for at in range(len(cells)):
        top, left = cells[at]
        row_after_row(fixed, top, left, size, size, one)
        least = least_share * row_after_row(fixed_mask, top, left, size, size, one_there)
        for right in range(2 * reach + 1):
            begin = left + right - reach + margin
            row_after_row(moved, top - reach + margin, begin, tall, size, two)
            row_after_row(moved_mask, top - reach + margin, begin, tall, size, two_there)
            for down in range(2 * reach + 1):
                here = slice(down * size, (down + size) * size)
                found[at, down, right] = correlated(one, one_there, two[here], two_there[here], least)


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
    patch, patch_there = np.empty((wide, wide), np.float32), np.empty((wide, wide), np.float32)
    table = np.empty((1, 2 * reach + 1, 2 * reach + 1), np.float32)
    one, one_there = np.empty((size, size), np.float32), np.empty((size, size), np.float32)
    whole = np.zeros((1, 2), np.int64)
    for at in range(len(cells)):
        top, left = cells[at]
        one[:] = fixed[top : top + size, left : left + size]
        one_there[:] = fixed_mask[top : top + size, left : left + size]
        cosine, sine, x0, y0 = turns[at]
        across, along = left + starts[at, 1] - reach, top + starts[at, 0] - reach
        laid(moved, moved_mask, cosine, sine, x0 + cosine * across + sine * along,
             y0 + cosine * along - sine * across, 0, patch, patch_there)  # fmt: skip
        tabled(one, one_there, whole, size, patch, patch_there, reach, reach, least_share, table)
        found[at, 0], found[at, 1], found[at, 2] = NOWHERE, 0.0, 0.0
        for down in range(2 * reach + 1):
            for right in range(2 * reach + 1):
                if table[0, down, right] > found[at, 0]:
                    found[at, 0] = table[0, down, right]
                    found[at, 1], found[at, 2] = float(down - reach), float(right - reach)
