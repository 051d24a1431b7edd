"""What the bench of ballistics is made of: real scans, mirrored, noise in real masks, worse ones, simulated ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter, rotate

from tripoint.engines.ballistics.preparing import Prepared, prepare
from tripoint.engines.ballistics.regions import Region
from tripoint.engines.ballistics.simulating import simulate
from tripoint.engines.ballistics.surface import Surface
from tripoint.engines.ballistics.x3p import read_x3p

DATA = Path(__file__).parents[2] / "shared" / "data" / "ballistics"
GUNS = {1: "1-1 1-2 F", 2: "2-1 2-2 C M", 3: "3-1 3-2 A T Z", 4: "4-1 4-2 B", 5: "5-1 5-2 H N", 6: "6-1 6-2 I O",
        7: "7-1 7-2 R S Y", 8: "8-1 8-2 P Q X", 9: "9-1 9-2 K", 10: "10-1 10-2 E L"}  # fmt: skip
GUN_OF = {name: gun for gun, names in GUNS.items() for name in names.split()}
SHIFT_UM, CENTRE_UM = 150.0, 50.0  # how far worse scans are moved, and their centre is mistaken (standard deviation)
SIGMA_OF_CUTOFF = 0.1874


@cache
def surface_of(name: str) -> Surface:
    """One of Fadul's scans."""
    return read_x3p((DATA / "fadul_processed" / f"Fadul_{name}.x3p").read_bytes())


@cache
def fadul() -> dict[str, Prepared]:
    """All forty, prepared."""
    return {name: prepare(surface_of(name), Region.BREECH_FACE) for name in GUN_OF}


def raw() -> dict[str, Prepared]:
    """The three raw scans, isolated by themselves."""
    paths = sorted((DATA / "fadul_raw").glob("*.x3p"))
    return {path.stem.split("_")[1]: prepare(read_x3p(path.read_bytes()), Region.BREECH_FACE) for path in paths}


def mirrored(prepared: Prepared) -> Prepared:
    """The same texture, which no gun makes."""
    x, y = prepared.centre
    heights, levelled = prepared.heights[:, ::-1].copy(), prepared.levelled[:, ::-1].copy()
    centre = ((prepared.mask.shape[1] - 1) * prepared.step - x, y)
    return replace(prepared, heights=heights, levelled=levelled, mask=prepared.mask[:, ::-1].copy(), centre=centre)


def with_texture(prepared: Prepared, texture: Any) -> Prepared:
    """Another texture (the shape of the mask) in the mask of a scan, prepared as any scan."""
    heights = np.where(prepared.mask, texture, np.nan).astype(np.float32)
    return prepare(Surface(heights, prepared.step, prepared.step), prepared.region, prepared.mask)


def noise(shape: tuple[int, ...], chance: np.random.Generator, cutoff_um: float, step_um: float) -> Any:
    """Noise of spread 1 without wavelengths shorter than the cut-off."""
    found = gaussian_filter(chance.standard_normal(shape), cutoff_um * SIGMA_OF_CUTOFF / step_um)
    return found / found.std()


def worse(prepared: Prepared, chance: np.random.Generator, area: float, noisy: float, cutoff_um: float) -> Prepared:
    """A scan turned and moved by chance, a sector of `area` (0 to 1) of it, with noise `noisy` times its spread.

    The noise has no wavelengths shorter than `cutoff_um`: those below the band would be filtered out. The centre is
    mistaken by chance, as where an examiner sets it on a fragment.
    """
    rows, columns = np.mgrid[: prepared.mask.shape[0], : prepared.mask.shape[1]]
    x, y = (part / prepared.step for part in prepared.centre)
    angles = (np.arctan2(rows - y, columns - x) - chance.uniform(0, 2 * np.pi)) % (2 * np.pi)
    mask = prepared.mask & (angles <= 2 * np.pi * area)
    heights = prepared.levelled / prepared.levelled[prepared.mask].std()
    heights = heights + noisy * noise(heights.shape, chance, cutoff_um, prepared.step)
    degrees = chance.uniform(0, 360)
    turned = rotate(np.where(mask, heights, 0), degrees, order=3)
    there = rotate(mask.astype(np.float32), degrees, order=1) > 0.6
    found = prepare(Surface(np.where(there, turned, np.nan).astype(np.float32), prepared.step, prepared.step),
                    prepared.region, there)  # fmt: skip
    middle, angle = np.array([(size - 1) / 2 for size in heights.shape[::-1]]), np.radians(degrees)
    away = np.array([x, y]) - middle
    place = np.array([np.cos(angle) * away[0] + np.sin(angle) * away[1],
                      np.cos(angle) * away[1] - np.sin(angle) * away[0]])  # fmt: skip
    place = place + [(size - 1) / 2 for size in turned.shape[::-1]]
    moved = place * prepared.step + chance.normal(0, CENTRE_UM, 2)
    return replace(found, centre=(float(moved[0]), float(moved[1])))


def simulated(count: int, seed: int = 7) -> Iterator[tuple[str, Prepared]]:
    """Prepared scans of invented guns, one shot of each."""
    for name, surface in islice(simulate(count, 1, seed), count):
        yield name, prepare(surface, Region.BREECH_FACE)
