"""Counting as little of each list as decides: what is taken stays what counting all of it would take."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tripoint.engines.screening.index import gathering
from tripoint.engines.screening.index.gathering import TOLD_BUDGET, TOLD_LIST, allot, count_lists, sight
from tripoint.engines.screening.index.segment import Segment

LEVELS = np.array([0, 2, 3], dtype=np.uint8)


def lists(seed: int, keys: int, longest: int) -> tuple[list[Segment], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Two segments of made-up rows, and where the postings of each key begin and end in each."""
    dice = np.random.default_rng(seed)
    sizes = (dice.random((2, keys)) ** 3 * longest).astype(np.int64)
    high = np.cumsum(sizes, axis=1)
    segments = [
        SimpleNamespace(
            postings=SimpleNamespace(row=dice.integers(0, 500, int(high[at, -1]) + 1).astype(np.int32)),
            state=np.stack([dice.integers(0, 3, 500), np.zeros(500)], axis=1).astype(np.int32),
        )
        for at in range(2)
    ]
    return cast("list[Segment]", segments), high - sizes, high


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60), st.sampled_from([20, 400, 6_000]))
def test_what_is_taken_is_what_counting_everything_takes(seed: int, keys: int, longest: int) -> None:
    segments, low, high = lists(seed, keys, longest)
    weights = np.random.default_rng(seed).integers(1, 100, keys)
    seen = sight(LEVELS, 1)
    told, _ = count_lists(segments, low, high, seen, weights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "FIRST_LOOK", TOLD_LIST)
        whole, _ = count_lists(segments, low, high, seen, weights)
    assert (told <= whole).all()
    taken = allot(told, weights, TOLD_LIST, TOLD_BUDGET)
    assert np.array_equal(taken, allot(whole, weights, TOLD_LIST, TOLD_BUDGET))


def test_common_words_are_not_counted_for_nothing() -> None:
    segments, low, high = lists(1, 60, 6_000)
    told, _ = count_lists(segments, low, high, sight(LEVELS, 1), np.ones(60, dtype=np.int64))
    assert told.max() < TOLD_LIST
