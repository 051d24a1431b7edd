"""The part of a scan that shows the region: found by itself on raw scans, to be corrected by the examiner.

The breech face is the widest flat there is: the plane most points lie near (RANSAC, Fischler and Bolles 1981), without
thin bridges, the largest piece, away from edges where instruments invent heights.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from tripoint.engines.ballistics.preparing.grid import back, places, regrid
from tripoint.engines.ballistics.preparing.levelling import UNIT, fitted, terms_of
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Heights, Mask, Region, Surface

Places: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
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
    if region is not Region.BREECH_FACE or is_flat(surface, measured):
        return measured
    step, steps = SETTINGS.preparing.step_um, (surface.step_y, surface.step_x)
    filled = np.where(measured, surface.heights, np.float32(0))
    heights, share = regrid(filled, measured.astype(np.float32), steps, step)
    near, inner = near_plane(heights, np.asarray(share > SETTINGS.preparing.least_share))
    return measured & back(largest_flat(near, inner), surface.heights.shape, steps, step)


def is_flat(surface: Surface, measured: Mask) -> bool:
    """Whether nearly all that was measured lies near one plane: somebody has isolated the scan already."""
    chosen = np.flatnonzero(measured.ravel())
    if len(chosen) < LEAST:
        return True
    chosen = chosen[:: max(1, len(chosen) // SAMPLE)]
    rows, columns = np.divmod(chosen, surface.heights.shape[1])
    x, y = places(surface.heights.shape, (surface.step_y, surface.step_x))
    terms = terms_of(x[columns], y[rows], curved=False)
    values = surface.heights.ravel()[chosen].astype(np.float64)
    away = np.abs(values - terms @ fitted(terms, values))
    return bool(np.mean(away < SETTINGS.preparing.flat_um) > SETTINGS.preparing.isolated_share)


def near_plane(heights: Heights, measured: Mask) -> tuple[Mask, Mask]:
    """The points near the plane that most points around the middle lie near: the case head lies farther out.

    And which of all points lie around the middle.
    """
    settings = SETTINGS.preparing
    rows, columns = np.nonzero(measured)
    if len(rows) < LEAST:
        return measured, measured
    x, y = places(heights.shape, (settings.step_um, settings.step_um))
    points = terms_of(x[columns], y[rows], curved=False)
    values = heights[rows, columns].astype(np.float64)
    away = np.hypot(points[:, 1] - np.median(points[:, 1]), points[:, 2] - np.median(points[:, 2]))
    inner = away < settings.inner_um
    plane = refined(points[inner], values[inner], voted(points[inner], values[inner]))
    bent = terms_of(points[:, 1] / UNIT, points[:, 2] / UNIT, curved=True)
    start = np.concatenate([plane * (1, UNIT, UNIT), np.zeros(3)])
    form = refined(bent[inner], values[inner], start)
    near = (np.abs(values - bent @ form) < settings.flat_um) & (away < settings.primer_um)
    return painted_on(heights.shape, rows[near], columns[near]), painted_on(heights.shape, rows[inner], columns[inner])


def painted_on(shape: tuple[int, int], rows: Places, columns: Places) -> Mask:
    """A mask of these points."""
    mask = np.zeros(shape, dtype=np.bool_)
    mask[rows, columns] = True
    return mask


def voted(points: Floats, values: Floats) -> Floats:
    """The plane through three points that most of a sample lie near; the same for the same scan."""
    settings, chance = SETTINGS.preparing, np.random.default_rng(0)
    sample = chance.choice(len(values), min(SAMPLE, len(values)), replace=False)
    threes = chance.choice(sample, (TRIALS, 3))
    planes, solved = planes_through(points[threes], values[threes])
    planes = planes[solved & (np.hypot(planes[:, 1], planes[:, 2]) < settings.steepest)]
    if not len(planes):
        return np.array([float(np.median(values)), 0.0, 0.0])
    residuals = np.abs(points[sample] @ planes.T - values[sample, None])
    return np.asarray(planes[(residuals < settings.flat_um * 2 / 3).sum(axis=0).argmax()])


def planes_through(points: Floats, values: Floats) -> tuple[Floats, Mask]:
    """The plane through each three points (trials, 3 points, 3 terms), and for which there is one."""
    solved = np.abs(np.linalg.det(points)) > 1.0
    planes = np.zeros(values.shape)
    planes[solved] = np.linalg.solve(points[solved], values[solved][..., None])[..., 0]
    return planes, np.asarray(solved)


def refined(points: Floats, values: Floats, plane: Floats) -> Floats:
    """The least-squares form (a plane, or one that bulges as struck primers do) of the points near it, repeatedly."""
    for _ in range(8):
        near = np.abs(values - points @ plane) < SETTINGS.preparing.flat_um
        if near.sum() < LEAST:
            break
        plane = np.asarray(np.linalg.lstsq(points[near], values[near], rcond=None)[0], dtype=np.float64)
    return plane


def largest_flat(near: Mask, inner: Mask) -> Mask:
    """The piece with most of the middle, without thin bridges, its small holes closed, its edges left out."""
    from scipy import ndimage

    settings = SETTINGS.preparing
    thin = max(1, round(settings.bridge_um / settings.step_um))
    opened = ndimage.binary_opening(near, iterations=thin)
    labels, count = ndimage.label(opened)
    if not count:
        return near
    sizes = np.bincount(labels[inner], minlength=count + 1)
    sizes[0] = 0
    flat = ndimage.binary_closing(labels == sizes.argmax(), iterations=thin)
    return np.asarray(ndimage.binary_erosion(flat, iterations=max(1, round(settings.edge_um / settings.step_um))))
