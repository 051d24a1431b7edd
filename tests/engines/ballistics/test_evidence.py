"""Likelihood ratios: costs by hand, bounds, refusals, and published scores of Glock cases."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tripoint.engines.ballistics.evidence import (
    LikelihoodRatio,
    NoLikelihoodRatio,
    Population,
    Scope,
    calibrate,
    cllr,
    cllr_min,
    error_of_calibration,
    likelihood_ratio,
)
from tripoint.engines.ballistics.evidence.calibrating import bounds
from tripoint.engines.ballistics.evidence.measuring import area_under, equal_error
from tripoint.engines.ballistics.evidence.monotone import pooled
from tripoint.engines.ballistics.regions import Region

TABLES = Path(__file__).parents[4] / "shared" / "data" / "ballistics" / "scores_nfi_glock"
SCOPE = Scope(Region.BREECH_FACE, "Ruger P95", "NanoFocus µsurf")


def invented(seed: int = 1, of_one: int = 60, of_two: int = 700, apart: float = 3.0) -> tuple[Any, Any]:
    chance = np.random.default_rng(seed)
    scores = np.r_[chance.normal(apart, 1, of_one), chance.normal(0, 1, of_two)]
    return scores, np.arange(len(scores)) < of_one


def population(**changes: Any) -> Population:
    scores, same = invented()
    return replace(Population("Invented slides 2026", SCOPE, scores / 10, same), **changes)


def test_costs_by_hand() -> None:
    same = np.array([True, False])
    assert cllr(np.array([0.0, 0.0]), same) == pytest.approx(1)
    assert cllr(np.array([1.0, -1.0]), same) == pytest.approx(math.log2(1.1))
    assert cllr(np.array([-1.0, 1.0]), same) == pytest.approx(math.log2(11))
    assert cllr_min(np.array([2.0, 1.0]), same) == 0
    assert cllr_min(np.array([1.0, 2.0]), same) == pytest.approx(1)


def test_pooling_by_hand() -> None:
    ratios = pooled(np.array([1.0, 2.0, 3.0, 4.0]), np.array([False, True, False, True]))
    assert ratios.tolist() == [-math.inf, 0.0, 0.0, math.inf]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=60))
def test_the_least_cost_is_below_any_calibration_in_this_order(pairs: list[tuple[int, bool]]) -> None:
    scores, same = np.array([one for one, _ in pairs], float), np.array([two for _, two in pairs])
    if same.all() or not same.any():
        with pytest.raises(ValueError, match="needed"):
            cllr_min(scores, same)
        return
    least = cllr_min(scores, same)
    assert 0 <= least <= 1 + 1e-9
    assert least <= cllr(calibrate(scores, same).ratios(scores), same) + 1e-9
    assert 0 <= area_under(scores, same) <= 1
    ratios = pooled(scores, same)[np.argsort(scores)].tolist()
    assert ratios == sorted(ratios)


def test_what_is_well_said_costs_little() -> None:
    scores, same = invented()
    found = calibrate(scores, same)
    assert found.slope == pytest.approx(3 / math.log(10), rel=0.35)  # of two normals 3 spreads apart
    said = found.ratios(scores)
    assert cllr_min(scores, same) <= cllr(said, same) < 0.3
    assert error_of_calibration(said, same) < 0.03
    assert error_of_calibration(said * 3, same) > error_of_calibration(said, same)
    assert equal_error(scores, same) == pytest.approx(0.067, abs=0.03)  # the normal tail at 1.5


def test_bounds_grow_with_the_data_and_never_reach_beyond_it() -> None:
    small, large = (calibrate(*invented(2, of_one, of_two, 12.0)) for of_one, of_two in ((20, 100), (200, 10_000)))
    assert 0 < small.highest <= math.log10(101)
    assert small.highest < large.highest <= math.log10(10_001)
    assert -math.log10(201) <= large.lowest < small.lowest < 0


def test_data_that_say_nothing_carry_nothing() -> None:
    scores, same = invented(5, 100, 100, 0.0)
    found = calibrate(scores, same)
    assert np.abs(found.ratios(scores)).max() < 0.3
    assert bounds(np.full(200, 2.0), same) == (0.0, 0.0)
    turned = calibrate(-scores + 5 * ~same, same)
    assert turned.slope == 0
    with pytest.raises(ValueError, match="finite"):
        calibrate(np.array([0.1, np.nan]), np.array([True, False]))


def test_a_ratio_names_its_population_and_keeps_its_bounds() -> None:
    found = likelihood_ratio(0.9, SCOPE, population())
    assert isinstance(found, LikelihoodRatio)
    assert found.population == "Invented slides 2026"
    assert found.bounded
    assert found.log10 == found.highest
    assert found.pairs == (60, 700)
    below = likelihood_ratio(0.0, SCOPE, population())
    assert isinstance(below, LikelihoodRatio)
    assert below.log10 < 0
    assert found.cllr_min <= found.cllr


@pytest.mark.parametrize(("scope", "changes", "reason"), [
    (SCOPE, None, "no-population"),
    (replace(SCOPE, region=Region.FIRING_PIN), {}, "other-region"),
    (replace(SCOPE, gun_class="Glock 17"), {}, "other-gun-class"),
    (replace(SCOPE, instrument="another"), {}, "other-instrument"),
    (replace(SCOPE, version=0), {}, "other-version"),
    (replace(SCOPE, instrument=""), {}, "scope-unknown"),
    (SCOPE, {"name": ""}, "too-few-pairs"),
    (SCOPE, {"scores": np.array([0.9, 0.1]), "same": np.array([True, False])}, "too-few-pairs"),
    (SCOPE, {"scores": np.zeros(300), "same": np.arange(300) < 100}, "says-nothing"),
])  # fmt: skip
def test_no_ratio_without_a_matching_population(scope: Scope, changes: dict[str, Any] | None, reason: str) -> None:
    held = None if changes is None else population(**changes)
    assert likelihood_ratio(0.5, scope, held) == NoLikelihoodRatio(reason)


@pytest.mark.parametrize(("table", "column", "pairs", "area", "error", "cost"), [
    ("breech_face_impression", "cmc", (188, 1327), 0.9545, 0.093, 0.30),
    ("firing_pin_impression", "cmc", (196, 530), 0.998, 0.006, 0.05),
    ("aperture_shear", "ccf", (199, 19_701), 0.9997, 0.008, 0.04),
])  # fmt: skip
def test_published_scores_of_glock_cases(
    table: str, column: str, pairs: tuple[int, int], area: float, error: float, cost: float
) -> None:
    path = TABLES / f"{table}.csv"
    if not path.is_file():
        pytest.skip(f"{TABLES} is not there")
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    scores = np.array([float(row[column]) for row in rows])
    same = np.array([row["hypothesis"] == "1" for row in rows])
    found = Population(table, SCOPE, scores, same)
    assert found.pairs == pairs
    assert area_under(scores, same) == pytest.approx(area, abs=5e-4)
    assert equal_error(scores, same) <= error
    said = calibrate(scores, same).ratios(scores)
    assert cllr_min(scores, same) < cllr(said, same) < cost
