"""Time-to-crime: bands by the calendar, and what days that are not known leave open."""

from __future__ import annotations

from datetime import date

import pytest

from tripoint.words.dates import read_partial_date
from tripoint.words.time_to_crime import Band, band_of, time_to_crime


@pytest.mark.parametrize(
    ("sold", "recovered", "band"),
    [
        ("2026-01-31", "2026-04-29", Band.UNDER_3_MONTHS), ("2026-01-31", "2026-04-30", Band.MONTHS_3_TO_7),
        ("2026-01-01", "2026-08-01", Band.MONTHS_7_TO_12), ("2025-03-20", "2026-03-20", Band.YEARS_1_TO_2),
        ("2024-02-29", "2026-02-28", Band.YEARS_2_TO_3), ("2020-01-01", "2026-03-20", Band.YEARS_3_OR_MORE),
    ],
)  # fmt: skip
def test_bands_go_by_the_calendar(sold: str, recovered: str, band: Band) -> None:
    assert band_of(date.fromisoformat(sold), date.fromisoformat(recovered)) is band


def test_a_sale_of_which_the_day_is_unknown_leaves_a_span_and_maybe_no_band() -> None:
    found = time_to_crime(read_partial_date("2025"), date(2026, 3, 20))
    assert found
    assert (found.least, found.most, found.band) == (79, 443, Band.UNCERTAIN)
    sure = time_to_crime(read_partial_date("2021"), date(2026, 3, 20))
    assert sure
    assert sure.band is Band.YEARS_3_OR_MORE
    assert time_to_crime(read_partial_date("2026-04"), date(2026, 3, 20)) is None
    with pytest.raises(ValueError, match="before it was sold"):
        band_of(date(2026, 4, 1), date(2026, 3, 20))
