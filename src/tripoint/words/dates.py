"""Dates as police lists hold them: a day, a month, a year, a span of years, or about."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1850, 2150


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown.

    `year_to` ends a span of years ("1960 to 1962"); `about` marks a date the source itself calls approximate.
    Raises ValueError for a date that cannot exist.
    """

    year: int
    month: int | None = None
    day: int | None = None
    year_to: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"the year {self.year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
        if self.day is not None and self.month is None:
            raise ValueError("a day without a month")
        if self.month is not None:
            date(self.year, self.month, self.day or 1)
        if self.year_to is not None and not self.year <= self.year_to <= LAST_YEAR:
            raise ValueError(f"the span {self.year} to {self.year_to} ends before it begins")

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean; what the source calls approximate may be a year later."""
        year = min((self.year_to or self.year) + self.about, LAST_YEAR)
        month = self.month or 12
        return date(year, month, min(self.day or 31, monthrange(year, month)[1]))

    @property
    def exact(self) -> bool:
        """Whether it names one day without doubt."""
        return self.day is not None and not self.about and self.year_to is None

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        if self.year_to is not None:
            text += f"/{self.year_to:04d}"
        return f"~{text}" if self.about else text


FORM = re.compile(
    r"(?P<about>~)?(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?:/(?P<year_to>\d{4}))?"
)


@lru_cache(65_536)
def read_partial_date(text: str) -> PartialDate:
    """Read `1976`, `1976-05`, `1976-05-12`, `1976/05/12`, `1960/1962` (a span) or `~1961` (about).

    Raises ValueError with a sentence that names the remedy. Month and day `00` mean unknown.
    """
    found = FORM.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    month, day, year_to = (int(found[part] or 0) or None for part in ("month", "day", "year_to"))
    return PartialDate(int(found["year"]), month, day, year_to, bool(found["about"]))
