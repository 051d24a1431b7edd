"""From the instrument's grid to the common one: square, of 12.5 µm, each point the mean of the area it stands for."""

from __future__ import annotations

import numpy as np

from tripoint.engines.ballistics.surface import Floats, Heights, Mask

LEAST_SHARE = 1e-6
EVEN = 1e-6  # how near to a whole number a factor is one


def regrid(heights: Heights, share: Heights, steps: tuple[float, float], step: float) -> tuple[Heights, Heights]:
    """Heights and shares (0 to 1: how much of a point is measured) on a square grid of `step` µm.

    `steps` are µm between rows and between columns. Means over areas weighted by share: gaps are not guessed. Where
    nothing is measured the height is 0.
    """
    shares = averaged(averaged(share, steps[0] / step, 0), steps[1] / step, 1)
    sums = averaged(averaged(heights * share, steps[0] / step, 0), steps[1] / step, 1)
    return np.asarray(sums / np.maximum(shares, LEAST_SHARE), dtype=np.float32), np.asarray(shares, dtype=np.float32)


def averaged(values: Heights, factor: float, axis: int) -> Heights:
    """Values along an axis, each the mean over the stretch it stands for; `factor` old steps over new ones."""
    matrix = np.moveaxis(values, axis, 0)
    whole = round(1 / factor)
    if whole >= 1 and abs(whole * factor - 1) < EVEN:
        means = whole_averaged(matrix, whole)
    else:
        means = integrated(matrix, factor)
    return np.asarray(np.moveaxis(means, 0, axis), dtype=np.float32)


def whole_averaged(matrix: Heights, whole: int) -> Heights:
    """The means of each `whole` rows; what is left over at the end is dropped."""
    count = max(1, matrix.shape[0] // whole) * whole
    total = matrix[0:count:whole].copy()
    for place in range(1, min(whole, matrix.shape[0])):
        total += matrix[place:count:whole]
    return total / np.float32(whole)


def integrated(matrix: Heights, factor: float) -> Heights:
    """The same for any factor: the integral along the rows, read at the new points' edges."""
    count = max(1, int(matrix.shape[0] * factor + EVEN))
    integral = np.zeros((matrix.shape[0] + 1, matrix.shape[1]))
    np.cumsum(matrix, axis=0, out=integral[1:])
    edges = np.minimum(np.arange(count + 1) / factor, matrix.shape[0])
    below = np.minimum(edges.astype(np.int64), matrix.shape[0] - 1)
    read = integral[below] + (edges - below)[:, None] * (integral[below + 1] - integral[below])
    return np.asarray(np.diff(read, axis=0) * factor, dtype=np.float32)


def back(mask: Mask, shape: tuple[int, int], steps: tuple[float, float], step: float) -> Mask:
    """A mask on the common grid, brought back to the instrument's grid of this shape."""
    rows = np.minimum(((np.arange(shape[0]) + 0.5) * steps[0] / step).astype(np.int64), mask.shape[0] - 1)
    columns = np.minimum(((np.arange(shape[1]) + 0.5) * steps[1] / step).astype(np.int64), mask.shape[1] - 1)
    return np.asarray(mask[np.ix_(rows, columns)])


def places(shape: tuple[int, int], steps: tuple[float, float]) -> tuple[Floats, Floats]:
    """x of the columns and y of the rows in µm, from the middle of the grid."""
    rows, columns = shape
    x = (np.arange(columns, dtype=np.float64) - (columns - 1) / 2) * steps[1]
    y = (np.arange(rows, dtype=np.float64) - (rows - 1) / 2) * steps[0]
    return x, y
