"""The middle of the primer: of the circle that the outer edge of a mask lies on."""

from __future__ import annotations

import numpy as np

from tripoint.engines.ballistics.surface import Floats, Mask

DIRECTIONS = 180
ROUNDS, INNER = 3, 5
TOLERANCE = 2.0  # points of the grid from the circle at which a point of the edge counts half


def centre_of(mask: Mask, step_um: float) -> tuple[float, float]:
    """The centre (x, y) in µm from the corner of the grid; the middle of the grid where the mask is empty."""
    rows, columns = np.nonzero(edge_of(mask))
    if len(rows) < DIRECTIONS // 10:
        return (mask.shape[1] - 1) / 2 * step_um, (mask.shape[0] - 1) / 2 * step_um
    y, x = rows.astype(np.float64), columns.astype(np.float64)
    middle = float(x.mean()), float(y.mean())
    for _ in range(ROUNDS):
        outer = outermost(x - middle[0], y - middle[1])
        middle = circle_through(x[outer], y[outer])
    return middle[0] * step_um, middle[1] * step_um


def edge_of(mask: Mask) -> Mask:
    """The points of the mask that touch what lies outside it, holes too."""
    inner = np.zeros_like(mask)
    inner[1:-1, 1:-1] = mask[1:-1, 1:-1] & mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    return mask & ~inner


def outermost(x: Floats, y: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """In each direction from the middle, the point farthest out."""
    direction = ((np.arctan2(y, x) + np.pi) / (2 * np.pi) * DIRECTIONS).astype(np.int64)
    distance = np.hypot(x, y)
    farthest = np.zeros(DIRECTIONS + 1)
    np.maximum.at(farthest, direction, distance)
    return np.asarray(distance >= farthest[direction] - 1e-9)


def circle_through(x: Floats, y: Floats) -> tuple[float, float]:
    """The middle of the circle nearest to the points (Kåsa's fit, points far from it counting less and less)."""
    terms = np.stack([2 * x, 2 * y, np.ones_like(x)], axis=1)
    values, weights = x**2 + y**2, np.ones_like(x)
    middle = x.mean(), y.mean()
    for _ in range(INNER):
        a, b, c = np.linalg.lstsq(terms * weights[:, None], values * weights, rcond=None)[0]
        middle = a, b
        away = np.abs(np.hypot(x - a, y - b) - np.sqrt(max(c + a * a + b * b, 0)))
        weights = 1 / (1 + (away / TOLERANCE) ** 2)
    return float(middle[0]), float(middle[1])
