"""Dates as published lists write them in words: `10 Dec 1948`, `circa 1960`, `Sep 1961 to Oct 1962`, `1970 or 1971`."""

from __future__ import annotations

import re

from tripoint.words.dates import PartialDate, read_partial_date

LONGEST = 1_000  # characters; lists offer up to a dozen dates in one field
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: at for at, name in enumerate(MONTH_NAMES, 1)}
ABOUT = re.compile(
    r"^\s*(?:circa|c\.|ca\.?|about|approximately|approx\.?|born in the early|between|~)\s*", re.IGNORECASE
)
WORDED = re.compile(r"(?:(?P<day>\d{1,2})[ .]+)?(?P<month>[A-Za-z]{3})[a-z]*\.?[ ,-]*(?P<year>\d{4})")
SHORT_YEAR = re.compile(r"(?P<month>[A-Za-z]{3})-(?P<year>\d{2})")
SPAN = re.compile(r"\s+(?:to|and)\s+|(?<=\d{4})\s*[-–]\s*(?=\d{4}$)", re.IGNORECASE)
EITHER = re.compile(r"\s+or\s+", re.IGNORECASE)


def written_dates(text: str) -> tuple[PartialDate, ...]:
    """Every date the text offers (several where it says `or`).

    Raises ValueError, naming what stood there, when some part of it is no date.
    """
    return tuple(written_date(part) for part in EITHER.split(single_spaced(text).rstrip(".")))


def single_spaced(text: str) -> str:
    """The text with single blanks; long runs of them would cost the patterns their square. Raises ValueError."""
    if len(text) > LONGEST:
        raise ValueError(f"more than {LONGEST} characters for a date")
    return " ".join(text.split())


def written_date(text: str) -> PartialDate:
    """One date or one span; a span that begins and ends in one year is that year, about."""
    whole = single_spaced(text)
    plain = ABOUT.sub("", whole)
    about = plain != whole
    ends = SPAN.split(plain)
    if len(ends) == 2:
        return span(single(ends[0]), single(ends[1]))
    one = single(plain.rstrip("s") if about else plain)
    return PartialDate(one.year, one.month, one.day, one.year_to, about or one.about)


def span(first: PartialDate, last: PartialDate) -> PartialDate:
    """From one to the other, in whole years; within one month or year what both share, about."""
    if (first.year, first.month) == (last.year, last.month):
        return PartialDate(first.year, first.month, None, None, True)
    if first.year == last.year:
        return PartialDate(first.year, None, None, None, True)
    return PartialDate(first.year, None, None, last.year)


def single(text: str) -> PartialDate:
    """A date with its month in words or figures."""
    found = WORDED.fullmatch(text.strip())
    if found and (month := MONTHS.get(found["month"].lower())):
        return PartialDate(int(found["year"]), month, int(found["day"]) if found["day"] else None)
    short = SHORT_YEAR.fullmatch(text.strip())
    if short and (month := MONTHS.get(short["month"].lower())):
        # A spreadsheet made `Sep-83` of a month and year: everybody on these lists was born in the last century.
        return PartialDate(1900 + int(short["year"]), month)
    return read_partial_date(text)
