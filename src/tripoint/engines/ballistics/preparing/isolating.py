"""The part of a scan that shows the region: found by itself on raw scans, to be corrected by the examiner.

The breech face is the widest flat there is: the plane most points lie near (RANSAC, Fischler and Bolles 1981), without
thin bridges, the largest piece, away from edges where instruments invent heights.
"""

from __future__ import annotations

import numpy as np

from tripoint.engines.ballistics.preparing.grid import back, places, regrid
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Heights, Mask, Region, Surface

LEAST = 200  # points without which there is no plane
TRIALS, SAMPLE = 400, 3_000


def isolate(surface: Surface, region: Region) -> Mask:
    """Which points of the surface (rows, columns) show the region and were measured.

    The file's own mask if it has one. All that was measured where the scan is isolated already, or the region is not
    a breech face.
    """
    measured = np.isfinite(surface.heights)
    if surface.mask is not None:
        return measured & surface.mask
    if region is not Region.BREECH_FACE or not measured.any():
        return measured
    step = SETTINGS.preparing.step_um
    steps = surface.step_y, surface.step_x
    filled = np.where(measured, surface.heights, np.float32(0))
    heights, share = regrid(filled, measured.astype(np.float32), steps, step)
    near = nearest_plane(heights, share > SETTINGS.preparing.least_share)
    if near is None:
        return measured
    return measured & back(largest_flat(near), surface.heights.shape, steps, step)


def nearest_plane(heights: Heights, measured: Mask) -> Mask | None:
    """The points near the plane that most lie near; None where nearly all of them do: there is nothing to cut off."""
    settings = SETTINGS.preparing
    rows, columns = np.nonzero(measured)
    if len(rows) < LEAST:
        return None
    x, y = places(heights.shape, (settings.step_um, settings.step_um))
    points = np.stack([x[columns], y[rows], np.ones(len(rows))], axis=1)
    values = heights[rows, columns].astype(np.float64)
    plane = refined(points, values, voted(points, values))
    near = np.abs(values - points @ plane) < settings.flat_um
    if near.mean() > settings.isolated_share:
        return None
    mask = np.zeros(heights.shape, dtype=np.bool_)
    mask[rows[near], columns[near]] = True
    return mask


def voted(points: Floats, values: Floats) -> Floats:
    """The plane through three points that most of a sample lie near; the same for the same scan."""
    settings, chance = SETTINGS.preparing, np.random.default_rng(0)
    sample = chance.choice(len(values), min(SAMPLE, len(values)), replace=False)
    threes = chance.choice(sample, (TRIALS, 3))
    planes, solved = planes_through(points[threes], values[threes])
    planes = planes[solved & (np.hypot(planes[:, 0], planes[:, 1]) < settings.steepest)]
    if not len(planes):
        return np.array([0.0, 0.0, float(np.median(values))])
    residuals = np.abs(points[sample] @ planes.T - values[sample, None])
    return np.asarray(planes[(residuals < settings.flat_um * 2 / 3).sum(axis=0).argmax()])


def planes_through(points: Floats, values: Floats) -> tuple[Floats, Mask]:
    """The plane through each three points (trials, 3 points, 3 terms), and for which there is one."""
    solved = np.abs(np.linalg.det(points)) > 1.0
    planes = np.zeros(values.shape)
    planes[solved] = np.linalg.solve(points[solved], values[solved][..., None])[..., 0]
    return planes, np.asarray(solved)


def refined(points: Floats, values: Floats, plane: Floats) -> Floats:
    """The least-squares plane of the points near it, again and again."""
    for _ in range(8):
        near = np.abs(values - points @ plane) < SETTINGS.preparing.flat_um
        if near.sum() < LEAST:
            break
        plane = np.linalg.lstsq(points[near], values[near], rcond=None)[0]
    return plane


def largest_flat(near: Mask) -> Mask:
    """The largest piece without thin bridges, its small holes closed, its edges left out."""
    from scipy import ndimage

    settings = SETTINGS.preparing
    thin = max(1, round(settings.bridge_um / settings.step_um))
    opened = ndimage.binary_opening(near, iterations=thin)
    labels, count = ndimage.label(opened)
    if not count:
        return near
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    flat = ndimage.binary_closing(labels == sizes.argmax(), iterations=thin)
    return np.asarray(ndimage.binary_erosion(flat, iterations=max(1, round(settings.edge_um / settings.step_um))))
