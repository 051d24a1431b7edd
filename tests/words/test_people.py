"""Who is a child, who is masked and who is sealed: doubt protects."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.people import MASKED, PersonStatus, is_masked, is_sealed, may_be_child

TODAY = date(2026, 11, 22)
births = st.builds(PartialDate, st.integers(1900, 2030), st.none() | st.integers(1, 12))


@pytest.mark.parametrize(
    ("written", "child"),
    [
        ("2008-11-22", False), ("2008-11-23", True), ("2008-11", True), ("2008-10", False), ("2008", True),
        ("2007", False), ("~2007", True), ("~2006", False), ("2000/2008", True), ("2000/2007", False),
        ("2026-11-22", True),
    ],
)  # fmt: skip
def test_whoever_may_be_under_18_is_a_child(written: str, child: bool) -> None:
    assert may_be_child([read_partial_date(written)], TODAY) is child


def test_one_date_of_several_is_enough_and_none_is_none() -> None:
    assert may_be_child([PartialDate(1980), PartialDate(2015)], TODAY)
    assert not may_be_child([], TODAY)


def test_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    born = [PartialDate(2008, 2, 29)]
    assert may_be_child(born, date(2026, 2, 28))
    assert not may_be_child(born, date(2026, 3, 1))


@given(st.sampled_from(PersonStatus), st.lists(births, max_size=3))
def test_whoever_is_sealed_is_masked_too(status: PersonStatus, born: list[PartialDate]) -> None:
    assert is_masked(status, born, TODAY) or not is_sealed(status, born, TODAY)
    if status in MASKED:
        assert is_sealed(status, born, TODAY)
    if status is PersonStatus.MISSING:
        assert not is_sealed(status, born, TODAY)  # listed to be found


@given(births)
def test_the_latest_day_is_not_before_the_earliest(birth: PartialDate) -> None:
    assert birth.earliest <= birth.latest
