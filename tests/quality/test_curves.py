"""Fitting the curves: a known curve is found again, and none ever turns."""

from typing import Any

import numpy as np
import numpy.typing as npt

from tests.quality.curves import allowed, by_hand, design, fit, held_out, pieces
from tripoint.engines.screening.kernel import FEATURES
from tripoint.engines.screening.model import MODEL, NAME_FEATURES

CODES = [feature.code for feature in NAME_FEATURES]
MATCHED, COVERED = CODES.index("matched"), CODES.index("covered")


def drawn(size: int, truth: float, seed: int = 5) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Pairs of names whose log-odds rise by `truth` along the share that was found, and by nothing else."""
    chance = np.random.default_rng(seed)
    features = np.zeros((size, FEATURES + 1))
    features[:, MATCHED] = 20.0  # where the curve set by hand is about level
    features[:, COVERED] = chance.uniform(0, 0.95, size)
    odds = by_hand(features) + truth * (features[:, COVERED] - 0.475)
    return features, chance.uniform(size=size) < 1 / (1 + np.exp(-odds))


def along_covered(features: npt.NDArray[Any], same: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The fitted slopes of the feature `covered`."""
    sizes = [len(feature.curve) - 1 if feature.fitted else 0 for feature in NAME_FEATURES]
    start = sum(sizes[:COVERED])
    return fit(features, same, np.ones(len(same))).slopes[start : start + sizes[COVERED]]


def test_a_known_curve_is_found_again() -> None:
    found = along_covered(*drawn(20_000, 6.0))
    assert (found >= 0).all()
    assert 4.5 < found.sum() < 6.5  # 6 over 0.95 of the scale, less what shrinking takes


def test_no_slope_has_the_wrong_sign_though_the_labels_say_so() -> None:
    features, same = drawn(5_000, -6.0)
    assert np.allclose(along_covered(features, same), 0.0)
    _, signs = pieces(features)
    assert (fit(features, same, np.ones(len(same))).slopes * signs >= 0).all()


def test_slopes_of_the_wrong_sign_are_made_level() -> None:
    slopes = allowed(np.array([1.0, -1.0, 1.0, -1.0, -1.0]), np.array([1, 1, -1, -1, 0]))
    assert slopes.tolist() == [1.0, 0.0, 0.0, -1.0, -1.0]


def test_pieces_run_from_none_to_all() -> None:
    low, high = np.full((1, FEATURES + 1), -100.0), np.full((1, FEATURES + 1), 1000.0)
    assert (pieces(low)[0] == 0).all()
    assert (pieces(high)[0] == 1).all()
    whole, signs = design(low)
    assert whole.shape[1] == len(signs)


def test_rows_held_out_are_told_apart_by_the_others() -> None:
    features, same = drawn(4_000, 8.0)
    odds = held_out(features, same, np.arange(len(same)) % 4, np.ones(len(same)))
    assert odds[same].mean() > odds[~same].mean() + 2


def test_a_script_not_met_is_taken_as_the_others() -> None:
    features, same = drawn(2_000, 6.0)
    features[:1_000, -1] = 3
    assert MODEL.version in fit(features, same, np.ones(len(same))).as_text(MODEL)
