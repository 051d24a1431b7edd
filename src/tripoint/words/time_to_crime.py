"""Time-to-crime: how long after its last known retail sale a firearm was recovered, and in which band that falls."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tripoint.words.dates import PartialDate


class Band(StrEnum):
    """The bands of the ATF's firearms trace tables; `uncertain` where the dates do not say which."""

    UNDER_3_MONTHS = "under_3_months"
    MONTHS_3_TO_7 = "3_to_7_months"
    MONTHS_7_TO_12 = "7_to_12_months"
    YEARS_1_TO_2 = "1_to_2_years"
    YEARS_2_TO_3 = "2_to_3_years"
    YEARS_3_OR_MORE = "3_years_or_more"
    UNCERTAIN = "uncertain"


# A band begins so many months after the sale.
BEGINS = (
    (36, Band.YEARS_3_OR_MORE), (24, Band.YEARS_2_TO_3), (12, Band.YEARS_1_TO_2), (7, Band.MONTHS_7_TO_12),
    (3, Band.MONTHS_3_TO_7), (0, Band.UNDER_3_MONTHS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeToCrime:
    """Days from the last known retail sale to the recovery: at least, at most; equal where the day of sale is known."""

    least: int
    most: int
    band: Band


def months_later(day: date, months: int) -> date:
    """The same day so many months later; a day the month does not have becomes its last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def band_of(sold: date, recovered: date) -> Band:
    """The band of two days. Raises ValueError for a recovery before the sale."""
    if recovered < sold:
        raise ValueError("the firearm was recovered before it was sold; give the dates in their order")
    return next(band for months, band in BEGINS if recovered >= months_later(sold, months))


def time_to_crime(sold: PartialDate, recovered: date) -> TimeToCrime | None:
    """The time-to-crime of a sale whose day may be unknown; None where every such day comes after the recovery."""
    if sold.earliest > recovered:
        return None
    latest = min(sold.latest, recovered)
    bands = {band_of(latest, recovered), band_of(sold.earliest, recovered)}
    band = bands.pop() if len(bands) == 1 else Band.UNCERTAIN
    return TimeToCrime((recovered - latest).days, (recovered - sold.earliest).days, band)
