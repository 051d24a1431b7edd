"""The middle of the primer: of the circle whose arc the mask's edge follows and that holds the mask, whole or a piece.

RANSAC (Fischler and Bolles 1981) over circles through three points of the edge, then Kåsa's fit with points far from
the circle counting less and less. A quarter of a breech face is enough to find the middle within some 50 µm.
"""

from __future__ import annotations

import numpy as np

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Mask

TRIALS, SAMPLE, INNER = 500, 400, 8
TOLERANCE = 3.0  # points of the grid from the circle at which a point of the edge no longer speaks for it
OUTSIDE = 0.02  # share of the mask that may lie outside its circle
LEAST_EDGE = 12


def centre_of(mask: Mask, step_um: float) -> tuple[float, float]:
    """The centre (x, y) in µm from the corner of the grid; where no circle fits, the middle of what the mask covers."""
    rows, columns = np.nonzero(edge_of(mask))
    if len(rows) < LEAST_EDGE:
        return (mask.shape[1] - 1) / 2 * step_um, (mask.shape[0] - 1) / 2 * step_um
    x, y = columns.astype(np.float64), rows.astype(np.float64)
    inside_y, inside_x = np.nonzero(mask)
    pick = slice(None, None, max(1, len(inside_x) // SAMPLE))
    found = voted(x, y, inside_x[pick].astype(np.float64), inside_y[pick].astype(np.float64), step_um)
    if found is None:
        return (x.min() + x.max()) / 2 * step_um, (y.min() + y.max()) / 2 * step_um
    middle = refined(x, y, found)
    return middle[0] * step_um, middle[1] * step_um


def edge_of(mask: Mask) -> Mask:
    """The points of the mask that touch what lies outside it, holes too."""
    inner = np.zeros_like(mask)
    inner[1:-1, 1:-1] = mask[1:-1, 1:-1] & mask[:-2, 1:-1] & mask[2:, 1:-1] & mask[1:-1, :-2] & mask[1:-1, 2:]
    return mask & ~inner


def voted(x: Floats, y: Floats, inside_x: Floats, inside_y: Floats, step_um: float) -> Floats | None:
    """The circle (x, y, radius; in points of the grid) most of the edge speaks for; None where none holds the mask."""
    chance = np.random.default_rng(0)
    circles = circles_through(x, y, chance.integers(0, len(x), (TRIALS, 3)))
    least, most = (radius / step_um for radius in SETTINGS.preparing.circle_um)
    circles = circles[(circles[:, 2] > least) & (circles[:, 2] < most)]
    away = distances(circles, inside_x, inside_y)
    circles = circles[(away > circles[:, 2:] + TOLERANCE).mean(axis=1) < OUTSIDE]
    if not len(circles):
        return None
    pick = chance.permutation(len(x))[: 2 * SAMPLE]
    off = np.abs(distances(circles, x[pick], y[pick]) - circles[:, 2:])
    votes = np.maximum(0, 1 - np.square(off / TOLERANCE)).sum(axis=1)
    return np.asarray(circles[votes.argmax()])


def distances(circles: Floats, x: Floats, y: Floats) -> Floats:
    """How far points lie from the middles (circles, points)."""
    return np.asarray(np.hypot(x - circles[:, :1], y - circles[:, 1:2]))


def circles_through(x: Floats, y: Floats, threes: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Floats:
    """The circles (x, y, radius) through each three points; those through three on a line are left out."""
    ax, ay = x[threes[:, 0]], y[threes[:, 0]]
    bx, by = x[threes[:, 1]] - ax, y[threes[:, 1]] - ay
    cx, cy = x[threes[:, 2]] - ax, y[threes[:, 2]] - ay
    twice = 2 * (bx * cy - by * cx)
    real = np.abs(twice) > 1.0
    twice = np.where(real, twice, 1.0)
    b, c = bx * bx + by * by, cx * cx + cy * cy
    right, down = (cy * b - by * c) / twice, (bx * c - cx * b) / twice
    return np.stack([right + ax, down + ay, np.hypot(right, down)], axis=1)[real]


def refined(x: Floats, y: Floats, circle: Floats) -> tuple[float, float]:
    """The middle of the circle nearest to the points of the edge near it."""
    a, b, radius = circle
    terms, values = np.stack([2 * x, 2 * y, np.ones_like(x)], axis=1), x**2 + y**2
    for _ in range(INNER):
        off = np.hypot(x - a, y - b) - radius
        weights = np.square(np.maximum(0, 1 - np.square(off / (2 * TOLERANCE))))
        if np.count_nonzero(weights) < LEAST_EDGE:
            break
        weighted = terms * weights[:, None]
        a, b, c = np.linalg.lstsq(weighted.T @ terms, weighted.T @ values, rcond=None)[0]
        radius = np.sqrt(max(c + a * a + b * b, 1.0))
    return float(a), float(b)
