"""Dates of birth agree in more ways than one."""

import pytest
from hypothesis import given, strategies as st

from tripoint.engines.screening.evidence import birth_manner
from tripoint.words.dates import PartialDate, read_partial_date

BIRTHS = st.builds(PartialDate, st.integers(1930, 2010), about=st.booleans()) | st.builds(
    PartialDate, st.integers(1930, 2010), st.integers(1, 12), st.integers(1, 28)
)


@pytest.mark.parametrize(
    ("one", "other", "manner"),
    [
        ("1970-05-12", "1970-05-12", "same"),
        ("1970-05-12", "1970-12-05", "swapped"),
        ("1970-05-12", "1971-05-12", "typing"),
        ("1969-05-12", "1970-05-12", "typing"),
        ("1970-05-12", "1970-05-13", "typing"),
        ("1970-05-12", "1970-01-01", "about"),
        ("1970-05-12", "1970-05-29", "near"),
        ("1970-05-12", "1970-11-29", "differs"),
        ("1970-05-12", "1970", "partial"),
        ("1970-05-12", "1970-05", "partial"),
        ("1970-05-12", "1970-06", "near"),
        ("1970-05-12", "~1971", "about"),
        ("1970-05-12", "1968/1972", "about"),
        ("1970-05-12", "1971", "near"),
        ("1970-05-12", "1973", "differs"),
    ],
)
def test_manners(one: str, other: str, manner: str) -> None:
    assert birth_manner(read_partial_date(one), read_partial_date(other)) == manner
    assert birth_manner(read_partial_date(other), read_partial_date(one)) == manner


@given(BIRTHS, BIRTHS)
def test_the_order_of_the_two_does_not_matter(one: PartialDate, other: PartialDate) -> None:
    assert birth_manner(one, other) == birth_manner(other, one)
