"""The measures against their definitions, counted pair by pair."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tests.quality import metrics

LABELLED = st.lists(
    st.tuples(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.booleans()), min_size=2, max_size=40
).filter(lambda pairs: len({same for _, same in pairs}) == 2)


def arrays(pairs: list[tuple[float, bool]]) -> tuple[metrics.Scores, metrics.Labels]:
    return np.array([score for score, _ in pairs], float), np.array([same for _, same in pairs], bool)


def counted(pairs: list[tuple[float, bool]], threshold: float) -> tuple[float, float, float]:
    told = [same for score, same in pairs if score >= threshold]
    precision = sum(told) / len(told) if told else 1.0
    positives = sum(same for _, same in pairs)
    return precision, sum(told) / positives, (len(told) - sum(told)) / (len(pairs) - positives)


@given(LABELLED, st.floats(0, 1))
def test_told_is_counted(pairs: list[tuple[float, bool]], threshold: float) -> None:
    told = metrics.told_at(*arrays(pairs), threshold)
    assert (told.precision, told.recall, told.false_positives) == pytest.approx(counted(pairs, threshold))


@given(LABELLED)
def test_best_f1_is_the_best_of_all(pairs: list[tuple[float, bool]]) -> None:
    every = [counted(pairs, threshold)[:2] for threshold, _ in pairs]
    best = max(2 * precision * recall / max(precision + recall, 1e-9) for precision, recall in every)
    assert metrics.best_f1(*arrays(pairs)).f1 == pytest.approx(best, abs=1e-6)


@given(LABELLED)
def test_auc_is_the_chance_of_being_above(pairs: list[tuple[float, bool]]) -> None:
    right, wrong = ([score for score, same in pairs if same is kind] for kind in (True, False))
    above = [(one > other) + (one == other) / 2 for one, other in product(right, wrong)]
    assert metrics.auc(*arrays(pairs)) == pytest.approx(sum(above) / len(above))


@given(LABELLED, st.sampled_from([0.0, 0.01, 0.1, 0.5, 1.0]))
def test_recall_at_false_positives(pairs: list[tuple[float, bool]], share: float) -> None:
    every = [counted(pairs, threshold) for threshold in (0, 0.25, 0.5, 0.75, 1.0, 2.0)]
    best = max(recall for _, recall, false in every if false <= share + 1e-12)
    assert metrics.recall_at(*arrays(pairs), share) == pytest.approx(best)


@given(LABELLED)
def test_roc_rises_and_its_area_is_the_auc(pairs: list[tuple[float, bool]]) -> None:
    points = metrics.roc(*arrays(pairs))
    assert points == sorted(points)
    assert points[0] == (0, 0)
    assert points[-1] == (1, 1)
    area = sum((x - w) * (y + v) / 2 for (w, v), (x, y) in pairwise(points))
    assert metrics.auc(*arrays(pairs)) == pytest.approx(area)


@given(LABELLED)
def test_calibration_counts_everybody(pairs: list[tuple[float, bool]]) -> None:
    steps = metrics.calibration(*arrays(pairs))
    assert sum(count for count, _ in steps) == len(pairs)
    assert sum(count * share for count, share in steps if count) == pytest.approx(sum(same for _, same in pairs))
    assert steps[9][0] == sum(score == 1 for score, _ in pairs)


def test_equal_scores_are_taken_together() -> None:
    scores, same = np.array([1.0, 1.0, 0.5]), np.array([True, False, True])
    assert metrics.recall_at(scores, same, 0.5) == 0
    assert metrics.auc(scores, same) == 0.25


def test_one_kind_alone_cannot_be_measured() -> None:
    for measure in (metrics.auc, metrics.best_f1, metrics.curve, metrics.roc):
        with pytest.raises(ValueError, match="both"):
            measure(np.array([1.0]), np.array([True]))


def test_percentile_is_one_of_the_values() -> None:
    assert metrics.percentile(np.array([3.0, 1.0, 2.0, 4.0]), 0.5) == 2
    assert metrics.percentile(np.array([3.0, 1.0, 2.0, 4.0]), 0.99) == 4
