"""How many cells agree on one pose, and the pose they agree on."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


def agreeing(ncc: Array, offsets: Array, angles: Array, least: float, near_um: float, near_deg: float) -> Array:
    """Which cells are congruent, (n,) bool: correlated at `least` or more, and about one pose, that of most of them.

    `offsets` (n, 2) µm and `angles` (n,) degrees are each cell's own; within `near_um` along both axes and `near_deg`
    counts as agreeing. Each cell's pose is tried as the common one, as in the Hough vote of Tong, Song and Chu (An
    improved algorithm of congruent matching cells, J. Res. NIST 120:102, 2015).
    """
    similar = ncc >= least
    if not similar.any():
        return np.zeros(len(ncc), bool)
    beside = np.abs(offsets[:, None] - offsets[None]).max(axis=2) <= near_um
    votes = beside & (np.abs(angles[:, None] - angles[None]) <= near_deg) & similar[:, None] & similar[None]
    counts = votes.sum(axis=0)
    quality = (votes * ncc[:, None]).sum(axis=0)  # among poses of as many cells the one of the more alike
    return np.asarray(votes[:, int(np.lexsort((quality, counts))[-1])])


def rigid(places: Array, found: Array) -> tuple[float, Array]:
    """The rotation (degrees, x towards y) and shift that lay places (n, 2) on found (n, 2) with the least squares."""
    middle, there = places.mean(axis=0), found.mean(axis=0)
    one, two = places - middle, found - there
    angle = np.arctan2((one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]).sum(), (one * two).sum())
    return float(np.degrees(angle)), there - turned(middle, float(np.degrees(angle)))


def turned(points: Array, degrees: float) -> Array:
    """Points (..., 2), x and y, turned about the origin, x towards y."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.stack((points[..., 0] * cosine - points[..., 1] * sine,
                     points[..., 0] * sine + points[..., 1] * cosine), axis=-1)  # fmt: skip
