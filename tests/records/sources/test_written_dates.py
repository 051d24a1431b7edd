"""Dates in words."""

import pytest

from tripoint.records.sources.written_dates import written_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 Dec 1948", ["1948-12-10"]),
        ("Sep 1961", ["1961-09"]),
        ("1957", ["1957"]),
        ("1957.", ["1957"]),
        ("circa 1960", ["~1960"]),
        ("circa 12 Mar 1960", ["~1960-03-12"]),
        ("1960 to 1962", ["1960/1962"]),
        ("circa 1960-1962", ["1960/1962"]),
        ("01 Jan 1960 to 31 Dec 1962", ["1960/1962"]),
        ("01 Mar 1960 to 31 Mar 1960", ["~1960-03"]),
        ("Mar 1960 to Jul 1960", ["~1960"]),
        ("1970 or 1971", ["1970", "1971"]),
        ("1970-01-02 OR 1971-01-02", ["1970-01-02", "1971-01-02"]),
        ("Sep-83", ["1983-09"]),
        ("born in the early 1980s", ["~1980"]),
        (" 1970-01-02  ", ["1970-01-02"]),
    ],
)
def test_forms(text: str, expected: list[str]) -> None:
    assert [str(date) for date in written_dates(text)] == expected


@pytest.mark.parametrize("text", ["", "unknown", "31 Feb 1960", "12 Foo 1960", "1962 to 1960", "1700"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        written_dates(text)
