"""From the instrument's grid to the common one: square, of 12.5 µm, each point the mean of the area it stands for."""

from __future__ import annotations

import numpy as np

from tripoint.engines.ballistics.surface import Floats, Heights, Mask

LEAST_SHARE = 1e-6


def regrid(heights: Heights, share: Heights, steps: tuple[float, float], step: float) -> tuple[Heights, Heights]:
    """Heights and shares (0 to 1: how much of a point is measured) on a square grid of `step` µm.

    `steps` are µm between rows and between columns. Means over areas weighted by share: gaps are not guessed. Where
    nothing is measured the height is 0.
    """
    shares = averaged(averaged(share, steps[0] / step, 0), steps[1] / step, 1)
    sums = averaged(averaged(heights * share, steps[0] / step, 0), steps[1] / step, 1)
    return np.asarray(sums / np.maximum(shares, LEAST_SHARE), dtype=np.float32), np.asarray(shares, dtype=np.float32)


def averaged(values: np.ndarray, factor: float, axis: int) -> np.ndarray:  # type: ignore[type-arg]
    """Values along an axis, each the mean over the stretch it stands for; `factor` old steps over new ones.

    The integral along the axis, read at the new points' edges: exact for any factor.
    """
    matrix = np.moveaxis(values, axis, 0)
    count = max(1, int(matrix.shape[0] * factor + 1e-9))
    integral = np.zeros((matrix.shape[0] + 1, matrix.shape[1]))
    np.cumsum(matrix, axis=0, out=integral[1:])
    edges = np.minimum(np.arange(count + 1) / factor, matrix.shape[0])
    below = np.minimum(edges.astype(np.int64), matrix.shape[0] - 1)
    read = integral[below] + (edges - below)[:, None] * (integral[below + 1] - integral[below])
    return np.moveaxis(np.diff(read, axis=0) * factor, 0, axis)


def back(mask: Mask, shape: tuple[int, int], steps: tuple[float, float], step: float) -> Mask:
    """A mask on the common grid, brought back to the instrument's grid of this shape."""
    rows = np.minimum(((np.arange(shape[0]) + 0.5) * steps[0] / step).astype(np.int64), mask.shape[0] - 1)
    columns = np.minimum(((np.arange(shape[1]) + 0.5) * steps[1] / step).astype(np.int64), mask.shape[1] - 1)
    return np.asarray(mask[np.ix_(rows, columns)])


def places(shape: tuple[int, int], steps: tuple[float, float]) -> tuple[Floats, Floats]:
    """x of the columns and y of the rows in µm, from the middle of the grid."""
    return (
        (np.arange(shape[1]) - (shape[1] - 1) / 2) * steps[1],
        (np.arange(shape[0]) - (shape[0] - 1) / 2) * steps[0],
    )
