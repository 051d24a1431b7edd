"""A likelihood ratio against a named reference population, or the reason why none is given.

Calibration was measured not to transfer from one model of gun and instrument to another (Cllr above 1: worse than
saying nothing), so the population must be of the same region, gun class and instrument.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.evidence.calibrating import calibrate
from tripoint.engines.ballistics.evidence.measuring import cllr, cllr_min, error_of_calibration
from tripoint.engines.ballistics.regions import Region
from tripoint.engines.ballistics.settings import SETTINGS, VERSION

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
LARGEST_COST = 0.99  # Cllr; 1 is reached by saying nothing


@dataclass(frozen=True, slots=True)
class Scope:
    """What scores must share to be weighed alike: region, class of guns, instrument, version of the settings."""

    region: Region
    gun_class: str
    instrument: str
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Population:
    """Scores (n,) of pairs with known truth (`same`: of one gun), under a name that reports can state."""

    name: str
    scope: Scope
    scores: Array
    same: Array

    @property
    def pairs(self) -> tuple[int, int]:
        """How many pairs are of one gun, and how many of two."""
        return int(self.same.sum()), int((~self.same).sum())


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """How many times more probable this similarity is if one gun fired both than if two did, as log10, within the
    bounds the population carries; with the population's name, its pairs (of one gun, of two) and its own costs."""

    log10: float
    bounded: bool
    lowest: float
    highest: float
    population: str
    pairs: tuple[int, int]
    cllr: float
    cllr_min: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class NoLikelihoodRatio:
    """Why none is given: `no-population`, `other-region`, `other-gun-class`, `other-instrument`, `other-version`,
    `too-few-pairs`, `scope-unknown` or `says-nothing` (its scores do not part pairs of one gun from those of two)."""

    reason: str


def likelihood_ratio(score: float, scope: Scope, population: Population | None) -> LikelihoodRatio | NoLikelihoodRatio:
    """What a similarity (0 to 1) in this scope is worth against the population, or why that cannot be said."""
    refusal = refused(scope, population)
    if refusal or population is None:
        return NoLikelihoodRatio(refusal or "no-population")
    found = calibrate(population.scores, population.same)
    said = found.ratios(population.scores)
    cost = cllr(said, population.same)
    if cost > LARGEST_COST:
        return NoLikelihoodRatio("says-nothing")
    plain = found.slope * score + found.intercept
    return LikelihoodRatio(
        float(np.clip(plain, found.lowest, found.highest)), not found.lowest <= plain <= found.highest, found.lowest,
        found.highest, population.name, population.pairs, cost, cllr_min(population.scores, population.same),
        error_of_calibration(said, population.same),
    )  # fmt: skip


def refused(scope: Scope, population: Population | None) -> str | None:
    """The code of what speaks against weighing scores of this scope with the population."""
    if population is None:
        return "no-population"
    if not scope.gun_class or not scope.instrument:
        return "scope-unknown"
    for code, mine, theirs in (
        ("other-region", scope.region, population.scope.region),
        ("other-gun-class", scope.gun_class, population.scope.gun_class),
        ("other-instrument", scope.instrument, population.scope.instrument),
        ("other-version", scope.version, population.scope.version),
    ):
        if mine != theirs:
            return code
    of_one, of_two = population.pairs
    few = of_one < SETTINGS.weighing.least_of_one or of_two < SETTINGS.weighing.least_of_two
    return "too-few-pairs" if few or not population.name else None


