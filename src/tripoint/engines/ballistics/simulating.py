"""Invented scans of breech faces with the statistics of measured ones, for trials of scale; never evidence.

Model: a gun's marks are a random field with the measured spectrum; a shot shows them as far as the measured coherence
of shots of one gun goes at each wavelength, the rest is new; then rotation, shift, the primer's edge, the firing pin's
hole, gaps, tilt and noise. Spectrum and coherence were measured on Fadul's (2011), Weller's (2012) and Cadre's
published scans. Real scans that do not match agree more by chance than these do: results on them must say that they
are simulated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.regions import Difficulty
from tripoint.engines.ballistics.surface import Floats, Heights, Mask, ScanFacts, Surface

Waves: TypeAlias = np.ndarray[Any, np.dtype[np.complex64]]
Chance: TypeAlias = np.random.Generator
EDGES = np.array([15, 20, 30, 45, 65, 90, 130, 200, 400.0])  # µm: bands of wavelengths
MIDDLES = np.array([17, 25, 37, 55, 77, 110, 165, 300.0])
VARIANCE = np.array([0.01, 0.03, 0.06, 0.11, 0.21, 0.31, 0.21, 0.07])  # of a breech face, by band
COHERENCE = {
    Difficulty.EASY: np.array([0.06, 0.22, 0.49, 0.71, 0.85, 0.90, 0.91, 0.90]),
    Difficulty.MIDDLE: np.array([0.03, 0.12, 0.28, 0.45, 0.60, 0.68, 0.70, 0.70]),
    Difficulty.HARD: np.array([0.00, 0.04, 0.12, 0.24, 0.36, 0.39, 0.47, 0.52]),
}
POINTS, STEP_UM = 320, 12.5  # a square of 4 mm
ROUGHNESS_UM = (0.9, 1.5)
SHIFT_UM = 60.0  # standard deviation of how cases lie under the instrument
PRIMER_UM, PIN_UM, PIN_OFF_UM = (1600.0, 1900.0), (900.0, 1250.0), 150.0
HEAD_UM = 2250.0  # where the case head begins, round a small primer
MOST_GAPS, GAP_UM = 0.1, 250.0  # share that may be missing, and how far a gap reaches
NOISE_UM, TILT, BEND_PER_UM = 0.05, 2e-4, 3e-7
CREATOR = "Tripoint simulator"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated: how many guns and shots, from which seed, how hard, and how alike the guns were made.

    `alike` is the share of the marks, 0 to 1, that all guns have from the same tool (subclass marks). `raw` leaves the
    firing pin's crater, the rolled edge of the primer and the case head in the scan.
    """

    guns: int
    shots: int
    seed: int = 0
    difficulty: Difficulty = Difficulty.EASY
    alike: float = 0.0
    raw: bool = False


def simulate(
    guns: int, shots: int, seed: int = 0, difficulty: Difficulty = Difficulty.EASY, *, alike: float = 0.0,
    raw: bool = False,
) -> Iterator[tuple[str, Surface]]:  # fmt: skip
    """(name, surface) of every shot, "gun00001-shot01" on; the same numbers always make the same scans.

    Raises ValueError for counts below one or a share outside 0 to 1.
    """
    if guns < 1 or shots < 1 or not 0 <= alike <= 1:
        raise ValueError("There must be at least one gun and one shot, and what guns share lies between 0 and 1.")
    plan = Plan(guns, shots, seed, difficulty, alike, raw)
    for gun in range(1, guns + 1):
        marks = marks_of(plan, gun)
        for shot in range(1, shots + 1):
            yield f"gun{gun:05d}-shot{shot:02d}", shot_of(plan, marks, gun, shot)


@lru_cache(1)
def wavelengths() -> Floats:
    """The wavelength in µm of each place of the spectrum; the constant has an endless one."""
    down, across = np.fft.fftfreq(POINTS, STEP_UM), np.fft.rfftfreq(POINTS, STEP_UM)
    return np.asarray(1 / np.maximum(np.hypot(down[:, None], across[None, :]), 1e-6))


@lru_cache(1)
def amplitudes() -> Floats:
    """How strong each place of the spectrum is: the variance of a band spread over its area."""
    lengths = wavelengths()
    density = VARIANCE / (np.pi * ((1 / EDGES[:-1]) ** 2 - (1 / EDGES[1:]) ** 2))
    strong = np.exp(np.interp(np.log(lengths), np.log(MIDDLES), 0.5 * np.log(density)))
    return np.asarray(np.where((lengths < EDGES[0]) | (lengths > EDGES[-1] + 50), 0, strong))


def field_of(chance: Chance) -> Waves:
    """The spectrum of a random field with the measured power."""
    from scipy.fft import rfft2

    white = chance.standard_normal((POINTS, POINTS), dtype=np.float32)
    return np.asarray(rfft2(white) * amplitudes(), dtype=np.complex64)


def marks_of(plan: Plan, gun: int) -> Waves:
    """The spectrum of a gun's own marks and of those it shares."""
    own = field_of(np.random.default_rng((plan.seed, 1, gun)))
    if not plan.alike:
        return own
    shared = field_of(np.random.default_rng((plan.seed, 0)))
    return np.asarray(np.sqrt(1 - plan.alike) * own + np.sqrt(plan.alike) * shared, dtype=np.complex64)


def shot_of(plan: Plan, marks: Waves, gun: int, shot: int) -> Surface:
    """One scan."""
    from scipy.fft import irfft2

    chance = np.random.default_rng((plan.seed, 2, gun, shot))
    seen = np.interp(np.log(wavelengths()), np.log(MIDDLES), COHERENCE[plan.difficulty])
    waves = np.sqrt(seen) * marks + np.sqrt(1 - seen) * field_of(chance)
    texture = np.asarray(irfft2(waves, (POINTS, POINTS)), dtype=np.float32)
    texture *= np.float32(chance.uniform(*ROUGHNESS_UM) / texture.std())
    heights = laid(texture, chance) + stage(chance)
    shown, form = primer(chance, raw=plan.raw)
    heights = np.where(shown, heights + form, np.nan)
    facts = ScanFacts(creator=CREATOR, instrument="simulated none", comment=comment_of(plan, gun), simulated=True)
    return Surface(np.asarray(heights, dtype=np.float32), STEP_UM, STEP_UM, None, facts)


def comment_of(plan: Plan, gun: int) -> str:
    """What the file says of itself."""
    return f"simulated, not measured: gun {gun}, seed {plan.seed}, {plan.difficulty.value}"


def laid(texture: Heights, chance: Chance) -> Heights:
    """The marks as the case happens to lie: turned by any angle and shifted."""
    from scipy.ndimage import map_coordinates

    angle, shift = chance.uniform(0, 2 * np.pi), chance.normal(0, SHIFT_UM, 2) / STEP_UM
    middle = (POINTS - 1) / 2
    y, x = (np.arange(POINTS, dtype=np.float32) - middle - part for part in shift)
    rows = np.cos(angle) * y[:, None] - np.sin(angle) * x[None, :] + middle
    columns = np.sin(angle) * y[:, None] + np.cos(angle) * x[None, :] + middle
    return np.asarray(map_coordinates(texture, [rows, columns], order=1, mode="grid-wrap"), dtype=np.float32)


def stage(chance: Chance) -> Floats:
    """Tilt and bend of the primer under the instrument, and the instrument's noise."""
    place = (np.arange(POINTS) - (POINTS - 1) / 2) * STEP_UM
    tilt, bend = chance.normal(0, TILT, 2), chance.normal(0, BEND_PER_UM)
    form = tilt[0] * place[:, None] + tilt[1] * place[None, :] + bend * (place[:, None] ** 2 + place[None, :] ** 2)
    return np.asarray(form + NOISE_UM * chance.standard_normal((POINTS, POINTS)))


def primer(chance: Chance, *, raw: bool) -> tuple[Mask, Floats]:
    """What is measured, and the form of what is not breech face: nothing of that but in a raw scan."""
    from scipy.ndimage import gaussian_filter

    place = (np.arange(POINTS) - (POINTS - 1) / 2) * STEP_UM
    radius, hole, off = chance.uniform(*PRIMER_UM), chance.uniform(*PIN_UM), chance.normal(0, PIN_OFF_UM, 2)
    out = np.hypot(place[:, None], place[None, :])
    pin = np.hypot(place[:, None] - off[0], place[None, :] - off[1])
    gaps = gaussian_filter(chance.standard_normal((POINTS, POINTS)), GAP_UM / STEP_UM)
    measured = gaps > np.quantile(gaps, chance.uniform(0, MOST_GAPS))
    if not raw:
        return np.asarray(measured & (out < radius) & (pin > hole)), np.zeros((POINTS, POINTS))
    crater = -120 * np.sqrt(np.clip(1 - (pin / (0.7 * hole)) ** 2, 0, None))
    lip = 60 * np.clip(1 - np.abs(pin - 0.85 * hole) / (0.15 * hole), 0, None)
    rolled = -np.clip(out - radius, 0, None) ** 2 / 150
    steep = (pin < 0.75 * hole) & (pin > 0.66 * hole)
    head = out > HEAD_UM
    form = np.where(head, -25.0, crater + lip + rolled)
    return np.asarray((measured | head) & ~steep & ((out < radius + 100) | head)), np.asarray(form)
