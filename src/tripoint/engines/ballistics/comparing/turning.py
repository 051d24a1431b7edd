"""The exhaustive search: one mark at every offset and rotation against many, and the poses that stand out.

The sums over rings are matrix products, a frequency each, and the sums over frequencies inverse Fourier transforms;
what is left is the division by what both marks hold where they lie on each other (Padfield 2012, equation 20, without
the means, which the band has taken away).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import scipy.fft

from tripoint.engines.ballistics.comparing.rings import Spectra, offsets_of, spectra_of
from tripoint.engines.ballistics.settings import Turning
from tripoint.engines.compiled import compiled, summing

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question: its conjugate spectra, (frequencies, rings, offsets) complex64, and the offsets, (n, 2) x, y µm."""

    heights: Array
    mask: Array
    energy: Array
    offsets: Array
    turning: Turning


@dataclass(frozen=True, slots=True)
class Lead:
    """A pose worth a closer look: the correlation found there, -1 to 1; `angle` in degrees turns the known mark about
    its centre, which comes to rest `offset` (x, y µm) beside the centre of the question."""

    correlation: float
    angle: float
    offset: tuple[float, float]


def probe_of(heights: Array, mask: Array, step_um: float, centre: tuple[float, float], turning: Turning) -> Probe:
    """The question made of one mark: arguments as for `spectra_of`, centre (x, y) in µm from the first grid point."""
    offsets = offsets_of(turning)
    spectra = spectra_of(heights, mask, step_um, np.asarray(centre) + offsets, turning)
    heights_, mask_, energy = (
        np.ascontiguousarray(part.conj().transpose(1, 2, 0)) for part in (spectra.heights, spectra.mask, spectra.energy)
    )
    return Probe(heights_, mask_, energy, offsets, turning)


def correlations(probe: Probe, known: Spectra) -> Array:
    """The normalised correlation with n known marks: (angles, n, offsets) float32, -1 where too little overlaps.

    Where less overlaps than somewhere else it weighs less, by the root of the share.

    `known` holds (frequencies, n, rings). Angle a stands for a turn of the known mark by -360 a / angles degrees.
    """
    found, factors = products(probe, known)
    divided(found, factors)
    return found


def best_correlations(probe: Probe, known: Spectra) -> Array:
    """The best of the same over all angles and offsets, (n,) float32."""
    found, factors = products(probe, known)
    best = np.full(found.shape[1], -1.0, np.float32)
    largest(found, factors, best)
    return best


def products(probe: Probe, known: Spectra) -> tuple[Array, Array]:
    """The products of heights (angles, n, offsets) and what they are to be multiplied with (few angles, n, offsets):
    0 where less overlaps than the least share of the most."""
    angles, few = probe.turning.angles, probe.turning.mask_angles
    found = scipy.fft.irfft(np.matmul(known.heights, probe.heights), angles, axis=0, overwrite_x=True)
    theirs = scipy.fft.irfft(np.matmul(known.energy, probe.mask), few, axis=0, overwrite_x=True)
    ours = scipy.fft.irfft(np.matmul(known.mask, probe.energy), few, axis=0, overwrite_x=True)
    overlap = scipy.fft.irfft(np.matmul(known.mask, probe.mask), few, axis=0, overwrite_x=True)
    # An inverse transform divides by its number of angles: the masks' by fewer than the heights'.
    inverted(theirs, ours, overlap, probe.turning.least_overlap, angles / few)
    return found, theirs


@summing
def inverted(theirs: Array, ours: Array, overlap: Array, least: float, share: float) -> None:
    """Turns the energies under both masks into factors, in the place of `theirs`."""
    few, count, offsets = overlap.shape
    floor, of_most, scale, nothing = np.float32(1e-2), np.float32(least), np.float32(share), np.float32(0)
    most = np.zeros(count, np.float32)
    for angle in range(few):
        for one in range(count):
            row = overlap[angle, one]
            for offset in range(offsets):
                most[one] = max(most[one], row[offset])
    for angle in range(few):
        for one in range(count):
            their, our, row = theirs[angle, one], ours[angle, one], overlap[angle, one]
            limit = max(of_most * most[one], floor)
            for offset in range(offsets):
                energy = max(their[offset], floor) * max(our[offset], floor)
                # A correlation says the more the more overlaps: its chance spread falls with the root of the area.
                weight = np.sqrt(row[offset] / max(most[one], floor))
                their[offset] = scale * weight / np.sqrt(energy) if row[offset] >= limit else nothing


@compiled
def divided(found: Array, factors: Array) -> None:
    """Multiplies each product with its factor; -1 where that is 0."""
    angles, count, offsets = found.shape
    times = angles // factors.shape[0]
    for angle in range(angles):
        for one in range(count):
            row, factor = found[angle, one], factors[angle // times, one]
            for offset in range(offsets):
                row[offset] = row[offset] * factor[offset] if factor[offset] > 0 else np.float32(-1)


@summing
def largest(found: Array, factors: Array, best: Array) -> None:
    """The largest product times factor of each mark; where nothing overlaps enough, `best` stays."""
    angles, count, offsets = found.shape
    times = angles // factors.shape[0]
    for angle in range(angles):
        for one in range(count):
            row, factor = found[angle, one], factors[angle // times, one]
            highest = best[one]
            for offset in range(offsets):
                highest = max(highest, row[offset] * factor[offset])
            best[one] = highest


def leads(probe: Probe, found: Array, most: int) -> tuple[Lead, ...]:
    """The best poses for one known mark, (angles, offsets) of `correlations`: each at a rotation of its own."""
    step = 360.0 / probe.turning.angles
    apart = max(1, round(probe.turning.apart_deg / step))
    best, at = found.max(axis=1).copy(), found.argmax(axis=1)
    kept = []
    for _ in range(most):
        angle = int(best.argmax())
        if best[angle] <= -1.0:
            break
        x, y = probe.offsets[at[angle]]
        turned = -angle * step
        kept.append(Lead(min(1.0, float(best[angle])), turned, (float(x), float(y))))
        best[np.arange(angle - apart, angle + apart + 1) % len(best)] = -1.0
    return tuple(kept)
