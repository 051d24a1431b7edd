"""Partial dates are read as lists write them."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from tripoint.words.dates import PartialDate, read_partial_date


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1976", PartialDate(1976)),
        ("1976-05", PartialDate(1976, 5)),
        ("1976-05-12", PartialDate(1976, 5, 12)),
        ("1976/05/12", PartialDate(1976, 5, 12)),
        ("1976-00-00", PartialDate(1976)),
        ("1960/1962", PartialDate(1960, year_to=1962)),
        ("~1961", PartialDate(1961, about=True)),
    ],
)
def test_reads(text: str, value: PartialDate) -> None:
    assert read_partial_date(text) == value


@pytest.mark.parametrize("text", ["", "12.05.1976", "1976-13", "1976-02-30", "0000", "1962/1960", "soon"])
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_partial_date(text)


@given(st.dates(date(1850, 1, 1), date(2150, 12, 31)), st.booleans())
def test_reads_back_what_it_writes(day: date, about: bool) -> None:
    value = PartialDate(day.year, day.month, day.day, about=about)
    assert read_partial_date(str(value)) == value
    assert value.earliest == day
