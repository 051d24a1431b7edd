"""The table of the judgement: nothing in it may be out of order."""

from itertools import pairwise

import numpy as np
import pytest

from tripoint.engines.screening.compare import sound_costs
from tripoint.engines.screening.kernel import FEATURES
from tripoint.engines.screening.model import MODEL, NAME_FEATURES, SCRIPTS, NameFeature
from tripoint.engines.screening.sounds import SOUNDS


@pytest.mark.parametrize("feature", NAME_FEATURES, ids=lambda feature: feature.code)
def test_curves_never_turn(feature: NameFeature) -> None:
    points, heights = zip(*feature.curve, strict=True)
    assert all(low < high for low, high in pairwise(points))
    assert all(feature.sign * (after - before) >= 0 for before, after in pairwise(heights))
    assert np.isfinite(feature.curve).all()


def test_each_feature_of_the_kernel_has_a_curve() -> None:
    assert len(NAME_FEATURES) == FEATURES
    assert len({feature.code for feature in NAME_FEATURES}) == FEATURES


def test_more_log_odds_are_more_evidence() -> None:
    points, heights = zip(*MODEL.name_curve, strict=True)
    assert all(low < high for low, high in pairwise(points))
    assert all(low < high for low, high in pairwise(heights))


def test_thresholds_and_gate_are_in_order() -> None:
    least = [bar for _, bar in MODEL.thresholds]
    assert least == sorted(least, reverse=True)
    assert all(0 < bar < 1 for bar in least)
    assert MODEL.gate[0] < MODEL.gate[1]
    assert [MODEL.grade(bar) for bar in least] == [grade for grade, _ in MODEL.thresholds]


def test_all_weights_are_finite() -> None:
    weights = [feature.weight for feature in MODEL.features]
    assert np.isfinite([*weights, *MODEL.script_odds, *MODEL.usual, MODEL.scale, MODEL.weak_alias]).all()
    assert len(MODEL.script_odds) == len(MODEL.usual) == len(SCRIPTS)


@pytest.mark.parametrize("score", [0.01, 0.33, 0.5, 0.85, 0.99])
def test_score_and_evidence_are_inverse(score: float) -> None:
    assert MODEL.score(MODEL.evidence(score)) == pytest.approx(score)


def test_costs_of_sounds_are_finite_and_leaving_out_never_speaks_for() -> None:
    costs = sound_costs().costs
    assert costs.shape == (2 * len(SCRIPTS), SOUNDS, SOUNDS)
    assert np.isfinite(costs).all()
    assert (costs[:, 0, :] <= 0).all()  # what `at_most` of wordpairs.py relies on
    assert (costs[:, :, 0] <= 0).all()
    np.testing.assert_allclose(costs[0], costs[0].T, atol=0.011)  # Latin against Latin has no sides
