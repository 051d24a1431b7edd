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
from tripoint.engines.compiled import compiled

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
    turned = [np.ascontiguousarray(part.conj().transpose(1, 2, 0)) for part in
              (spectra.heights, spectra.mask, spectra.energy)]  # fmt: skip
    return Probe(*turned, offsets=offsets, turning=turning)


def correlations(probe: Probe, known: Spectra) -> Array:
    """The normalised correlation with n known marks: (angles, n, offsets) float32, -1 where too little overlaps.

    `known` holds (frequencies, n, rings). Angle a stands for a turn of the known mark by -360 a / angles degrees.
    """
    angles, few = probe.turning.angles, probe.turning.mask_angles
    found: Array = scipy.fft.irfft(np.matmul(known.heights, probe.heights), angles, axis=0)
    theirs = scipy.fft.irfft(np.matmul(known.energy, probe.mask), few, axis=0)
    ours = scipy.fft.irfft(np.matmul(known.mask, probe.energy), few, axis=0)
    overlap = scipy.fft.irfft(np.matmul(known.mask, probe.mask), few, axis=0)
    divided(found, theirs, ours, overlap, np.float32(probe.turning.least_overlap))
    return found


@compiled
def divided(found: Array, theirs: Array, ours: Array, overlap: Array, least: Any) -> None:
    """Divides the products by the energies under both masks; where less than `least` of the most overlaps: -1.

    The spectra carry masks at fewer angles: their inverse transforms divide by that number of angles.
    """
    angles, count, offsets = found.shape
    few = overlap.shape[0]
    times, share = angles // few, np.float32(angles) / np.float32(few)
    most = np.zeros(count, np.float32)
    for angle in range(few):
        for one in range(count):
            for offset in range(offsets):
                most[one] = max(most[one], overlap[angle, one, offset])
    inverse = np.empty(offsets, np.float32)
    for part in range(few):
        for one in range(count):
            for offset in range(offsets):
                energy = max(theirs[part, one, offset], np.float32(1e-2)) * max(
                    ours[part, one, offset], np.float32(1e-2)
                )
                enough = most[one] > 0 and overlap[part, one, offset] >= least * most[one]
                inverse[offset] = share / np.sqrt(energy) if enough else np.float32(0.0)
            for angle in range(part * times, part * times + times):
                for offset in range(offsets):
                    if inverse[offset] > 0:
                        found[angle, one, offset] *= inverse[offset]
                    else:
                        found[angle, one, offset] = np.float32(-1.0)


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
