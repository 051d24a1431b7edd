"""One mark packed into a few thousand bytes: its spectra as whole numbers, its surface as the steps between points."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.comparing.fields import Field, field_of
from tripoint.engines.ballistics.comparing.rings import Spectra
from tripoint.engines.ballistics.settings import SETTINGS, Turning
from tripoint.engines.compiled import compiled

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
FULL = 127  # of a byte; measured: correlations change by 0.001, a thirtieth of the spread between marks
HIGHEST = 127


@dataclass(frozen=True, slots=True)
class Layout:
    """How many whole numbers the spectra of one mark take: heights, mask, energy, each real and imaginary."""

    frequencies: int
    few: int
    rings: int

    @property
    def numbers(self) -> int:
        """All of them."""
        return 2 * self.rings * (self.frequencies + 2 * self.few)

    def parts(self) -> tuple[tuple[int, int], ...]:
        """For heights, mask and energy: where each begins, and how many frequencies it has."""
        heights, mask = 2 * self.rings * self.frequencies, 2 * self.rings * self.few
        return (0, self.frequencies), (heights, self.few), (heights + mask, self.few)


def layout_of(turning: Turning) -> Layout:
    """The layout for these rings."""
    rings = len(np.arange(turning.first_um, turning.last_um, turning.ring_um))
    return Layout(turning.frequencies, turning.mask_frequencies, rings)


def packed_spectra(spectra: Spectra, layout: Layout) -> tuple[Array, Array]:
    """The spectra of one mark as int8 (numbers,), and what one unit of heights, mask and energy is, float32 (3,)."""
    numbers, units = np.zeros(layout.numbers, np.int8), np.ones(3, np.float32)
    for at, ((begin, _), part) in enumerate(zip(layout.parts(), (spectra.heights, spectra.mask, spectra.energy),
                                                strict=True)):  # fmt: skip
        values = part.reshape(-1).view(np.float32)
        units[at] = max(float(np.abs(values).max()) / FULL, 1e-12)
        numbers[begin : begin + len(values)] = np.round(values / units[at])
    return numbers, units


def spectra_from(numbers: Array, units: Array, layout: Layout) -> Spectra:
    """The spectra of n marks, (frequencies, n, rings) complex64, from int8 (n, numbers) and float32 (n, 3)."""
    found = []
    for at, (begin, frequencies) in enumerate(layout.parts()):
        part = np.empty((frequencies, len(numbers), 2 * layout.rings), np.float32)
        unpacked(numbers, begin, units[:, at], part)
        found.append(part.view(np.complex64))
    return Spectra(*found)


@compiled
def unpacked(numbers: Array, begin: int, units: Array, found: Array) -> None:
    """Lays the numbers of many marks out by frequency, each in its unit."""
    frequencies, count, wide = found.shape
    for one in range(count):
        unit = units[one]
        for frequency in range(frequencies):
            row = numbers[one, begin + frequency * wide : begin + (frequency + 1) * wide]
            to = found[frequency, one]
            for at in range(wide):
                to[at] = row[at] * unit


def packed_surface(field: Field) -> bytes:
    """The fine surface on the grid of the collection, a byte a point, packed.

    Heights are in units of their spread, a sixteenth of it each step: a quarter of the noise of an instrument.
    """
    settings = SETTINGS.collecting
    heights, mask = resampled(field.heights, field.mask, field.step, settings.step_um)
    there = mask > 0
    steps = np.clip(np.round(heights * settings.steps_a_spread), -HIGHEST, HIGHEST).astype(np.int8)
    shape = np.array([*heights.shape, *field.heights.shape], "<u2").tobytes()
    bits, values = np.packbits(there).tobytes(), np.diff(steps[there], prepend=np.int8(0)).astype(np.int8).tobytes()
    return zlib.compress(shape + np.array(field.centre, "<f4").tobytes() + bits + values, settings.effort)


def surface_from(packed: bytes, step: float) -> Field:
    """The field of a packed surface, back on the fine grid of `step` µm. Raises ValueError where it is damaged."""
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        raise ValueError(f"a packed surface is damaged ({error})") from error
    rows, columns, fine_rows, fine_columns = (int(one) for one in np.frombuffer(content, "<u2", 4))
    x, y = (float(one) for one in np.frombuffer(content, "<f4", 2, 8))
    bits = -(-rows * columns // 8)
    there = np.unpackbits(np.frombuffer(content, np.uint8, bits, 16), count=rows * columns).astype(bool)
    steps = np.cumsum(np.frombuffer(content, np.int8, offset=16 + bits), dtype=np.int8)
    if len(steps) != there.sum():
        raise ValueError("a packed surface is cut short")
    heights = np.zeros(rows * columns, np.float32)
    heights[there] = steps / np.float32(SETTINGS.collecting.steps_a_spread)
    coarse = heights.reshape(rows, columns), there.reshape(rows, columns).astype(np.float32)
    found, mask = resampled(*coarse, SETTINGS.collecting.step_um, step, (fine_rows, fine_columns))
    return field_of(found, mask > 0, step, (x * step, y * step), SETTINGS.celling)


def resampled(
    heights: Array, mask: Array, step: float, to: float, shape: tuple[int, int] | None = None
) -> tuple[Array, Array]:
    """Heights (cubic splines) and mask (straight lines, half and more counts) on a grid of another step; the first
    points of both grids are the same."""
    rows, columns = shape or tuple(int((size - 1) * step / to) + 1 for size in heights.shape)
    sides = ((heights.shape[0], rows), (heights.shape[1], columns))
    down, right = (taking(*side, to / step, 3) for side in sides)
    down_mask, right_mask = (taking(*side, to / step, 1) for side in sides)
    there = (down_mask @ mask.astype(np.float32) @ right_mask.T) > 0.5
    return np.where(there, down @ heights @ right.T, np.float32(0)), there.astype(np.float32)


@lru_cache(256)
def taking(points: int, wanted: int, ratio: float, degree: int) -> Array:
    """The matrix (wanted, points) that takes values at 0, 1, 2 ... to values at 0, ratio, 2 ratio ..."""
    from scipy.interpolate import make_interp_spline

    at = np.minimum(np.arange(wanted) * ratio, points - 1)
    return np.asarray(make_interp_spline(np.arange(points), np.eye(points), k=degree)(at), np.float32)
