"""Postings: every key leads to exactly its rows, and several merged equal one made of all."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.engines.screening.index.invented import named, people, references
from tripoint.engines.screening.index.postings import ROW_BITS, directory_bits, file_people, packed_keys, rows_of
from tripoint.engines.screening.people import encode


@pytest.mark.parametrize("count", [1, 40, 1_500])
def test_every_key_leads_to_exactly_its_rows(count: int) -> None:
    crowd = encode(people(count))
    filed = file_people(crowd, references(range(count)))
    wanted: dict[int, set[int]] = defaultdict(set)
    for packed in packed_keys(crowd).tolist():
        wanted[packed >> ROW_BITS].add(packed & ((1 << ROW_BITS) - 1))
    some = list(wanted)[:: max(1, len(wanted) // 500)]
    assert all(rows_of(filed, key).tolist() == sorted(wanted[key]) for key in some)


def test_a_key_that_nobody_has_leads_nowhere() -> None:
    filed = file_people(encode(people(30)), references(range(30)))
    assert sum(len(rows_of(filed, key)) for key in range(0, 1 << 44, (1 << 44) // 999)) == 0


def test_nobody_is_filed_under_nothing() -> None:
    filed = file_people(encode([]), references([]))
    assert (len(filed.tag), filed.bits) == (0, 12)


@given(st.lists(st.sampled_from(["Tarsun Vilmar", "Kolbert Tarsun", "Zan", ""]), max_size=20))
@settings(max_examples=30, deadline=None)
def test_rows_of_a_key_ascend_and_come_once(names: list[str]) -> None:
    crowd = encode([named(name, name) for name in names])
    filed = file_people(crowd, references(range(len(names))))
    for key in {packed >> ROW_BITS for packed in packed_keys(crowd).tolist()}:
        rows = rows_of(filed, key).tolist()
        assert rows == sorted(set(rows))


def test_the_directory_grows_with_the_postings() -> None:
    assert [directory_bits(count) for count in (0, 1_000, 1 << 20, 1 << 40)] == [12, 12, 19, 28]
    assert np.dtype(np.uint32).itemsize * (1 << directory_bits(1 << 20)) < 2 * (1 << 20) * 2
