"""A mark on rings around a centre, as angular frequencies: a rotation becomes a shift, and all are tried at once.

The normalised correlation of two masked marks at every rotation follows from four products of such spectra, as
D. Padfield showed for offsets (Masked object registration in the Fourier domain, IEEE Trans. Image Process. 21:2706,
2012). Offsets are tried by moving the centre of one of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import scipy.fft

from tripoint.engines.ballistics.settings import Turning
from tripoint.engines.compiled import compiled

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Spectra:
    """Of n centres: heights (n, frequencies, rings), mask and energy (n, few frequencies, rings); complex64."""

    heights: Array
    mask: Array
    energy: Array


def spectra_of(heights: Array, mask: Array, step_um: float, centres: Array, turning: Turning) -> Spectra:
    """The spectra of one mark around each centre.

    `heights` (rows, columns) float32, 0 where `mask` is False, in units of their own spread, on a grid of `step_um`;
    `centres` (n, 2): x, y in µm from the first grid point.
    """
    radii = np.arange(turning.first_um, turning.last_um, turning.ring_um)
    weights = np.sqrt(radii / radii.mean()).astype(np.float32)  # a ring counts as the area it stands for
    shape = (len(centres), len(radii), turning.angles)
    values, there = np.empty(shape, np.float32), np.empty(shape, np.float32)
    unrolled(heights, mask.astype(np.float32), centres / step_um, radii / step_um, values, there)
    values *= weights[:, None]
    there *= weights[:, None]
    energy = values * values / weights[:, None]
    few = turning.mask_frequencies
    return Spectra(
        harmonics(values, turning.frequencies), harmonics(there, few), harmonics(energy, few)
    )


def harmonics(values: Array, count: int) -> Array:
    """The first angular frequencies of values (n, rings, angles), as (n, frequencies, rings)."""
    found = scipy.fft.rfft(values, axis=2)[:, :, :count]
    return np.ascontiguousarray(found.transpose(0, 2, 1)).astype(np.complex64, copy=False)


@compiled
def unrolled(heights: Array, mask: Array, centres: Array, radii: Array, values: Array, there: Array) -> None:
    """Fills values and mask on rings (centre, ring, angle), between grid points by what is measured around."""
    rows, columns = heights.shape
    angles = values.shape[2]
    for angle in range(angles):
        cosine, sine = np.cos(2.0 * np.pi * angle / angles), np.sin(2.0 * np.pi * angle / angles)
        for at in range(len(centres)):
            for ring in range(len(radii)):
                x, y = centres[at, 0] + radii[ring] * cosine, centres[at, 1] + radii[ring] * sine
                left, top = int(np.floor(x)), int(np.floor(y))
                value, share = np.float32(0.0), np.float32(0.0)
                if 0 <= left < columns - 1 and 0 <= top < rows - 1:
                    right, low = np.float32(x - left), np.float32(y - top)
                    for row in range(2):
                        for column in range(2):
                            part = (low if row else np.float32(1) - low) * (right if column else np.float32(1) - right)
                            part *= mask[top + row, left + column]
                            share += part
                            value += part * heights[top + row, left + column]
                if share > 0.5:
                    values[at, ring, angle], there[at, ring, angle] = value / share, np.float32(1.0)
                else:
                    values[at, ring, angle], there[at, ring, angle] = np.float32(0.0), np.float32(0.0)


def offsets_of(turning: Turning) -> Array:
    """The offsets tried, (n, 2) x, y in µm: a hexagonal lattice, which leaves the smallest holes, within the reach."""
    across, along = turning.offset_um, turning.offset_um * np.sqrt(3.0) / 2.0
    rows = int(np.ceil(turning.reach_um / along))
    columns = int(np.ceil(turning.reach_um / across)) + 1
    lattice = [
        (across * (column + 0.5 * (row % 2)), along * row)
        for row in range(-rows, rows + 1)
        for column in range(-columns, columns + 1)
    ]
    found = np.array(lattice)
    near = np.hypot(found[:, 0], found[:, 1]) <= turning.reach_um + 0.5 * across
    return np.ascontiguousarray(found[near])
