"""Files of exchange rates: our own columns, or the series of the US Federal Reserve as DataHub gives them."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from tripoint.engines.prices.currencies import changed_between
from tripoint.engines.prices.model import Rate

COLUMNS = ("currency", "kind", "since", "until", "per_usd", "source", "chosen")
NEEDED = ("currency", "since", "per_usd", "source")
CODE = re.compile(r"[A-Z]{3}")
KINDS = ("official", "parallel", "market")
TRUE, FALSE = frozenset({"yes", "true", "1"}), frozenset({"", "no", "false", "0"})
RESERVE = ("Date", "Country", "Exchange rate")
RESERVE_SOURCE = "US Federal Reserve, release H.10 and G.5"
# All series are in units of the currency for one US dollar, whatever older notes beside the file say.
RESERVE_CURRENCIES = MappingProxyType({
    "Australia": "AUD", "Brazil": "BRL", "Canada": "CAD", "China": "CNY", "Denmark": "DKK", "Euro": "EUR",
    "Hong Kong": "HKD", "India": "INR", "Japan": "JPY", "Malaysia": "MYR", "Mexico": "MXN", "New Zealand": "NZD",
    "Norway": "NOK", "Singapore": "SGD", "South Africa": "ZAR", "South Korea": "KRW", "Sweden": "SEK",
    "Switzerland": "CHF", "Taiwan": "TWD", "Thailand": "THB",
})  # fmt: skip
# Venezuela's series changes its money on the way.
BOLIVARES = ((date(2018, 8, 20), "VES"), (date(2008, 1, 1), "VEF"), (date.min, "VEB"))


@dataclass(frozen=True, slots=True)
class BadRate:
    """A row that was kept out: its line in the file, counted from 1, and what to do about it."""

    line: int
    sentence: str


def read_rates(lines: Iterable[str]) -> Iterator[Rate | BadRate]:
    """The rates of a file, row by row, and each row that is none. Raises ValueError for a file without our columns."""
    rows = csv.DictReader(lines)
    columns = tuple(name.strip() for name in rows.fieldnames or ())
    reserve = columns == RESERVE
    if not reserve and (missing := [name for name in NEEDED if name not in columns]):
        raise ValueError(f"The file has no column {missing[0]}; it needs {', '.join(NEEDED)}, and may have the others.")
    found = [(rows.line_num, row) for row in rows]
    yearly = all(row["Date"].endswith("-01-01") for _, row in found) if reserve else False
    for line, row in found:
        try:
            rate = reserve_rate(row, yearly=yearly) if reserve else own_rate(row)
            yield checked(rate)
        except ValueError as error:
            yield BadRate(line, str(error))


def own_rate(row: Mapping[str, str]) -> Rate:
    """A rate in our own columns. Raises ValueError with the remedy."""
    currency, kind = (row["currency"] or "").strip().upper(), (row.get("kind") or "official").strip().lower()
    if not CODE.fullmatch(currency):
        raise ValueError(f"{currency!r} is no currency; give its three letters (ISO 4217), such as COP.")
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of rate; write {', '.join(KINDS)}.")
    until, source = (row.get("until") or "").strip(), (row["source"] or "").strip()
    if not source:
        raise ValueError("The rate names no source; say where it comes from.")
    return Rate(
        currency, kind, day(row["since"], "since"), day(until, "until") if until else None, number(row["per_usd"]),
        source, truth(row.get("chosen") or ""),
    )  # fmt: skip


def reserve_rate(row: Mapping[str, str], *, yearly: bool) -> Rate:
    """A rate of the Federal Reserve's series, an average of its month or year. Raises ValueError."""
    since = day(row["Date"], "Date")
    if row["Country"] == "Venezuela":
        currency = next(code for first, code in BOLIVARES if since >= first)
    elif row["Country"] in RESERVE_CURRENCIES:
        currency = RESERVE_CURRENCIES[row["Country"]]
    else:
        raise ValueError(f"The currency of {row['Country']!r} is not known; load it in our own columns.")
    month = 12 if yearly else since.month
    until = date(since.year, month, calendar.monthrange(since.year, month)[1])
    return Rate(currency, "market", since, until, number(row["Exchange rate"]), RESERVE_SOURCE)


def checked(rate: Rate) -> Rate:
    """The rate itself. Raises ValueError where its span is backwards or holds two moneys of one name."""
    if rate.until is not None and rate.until < rate.since:
        raise ValueError(f"The rate ends on {rate.until}, before it begins on {rate.since}.")
    if rate.until is not None and changed_between(rate.currency, rate.since, rate.until):
        raise ValueError(
            f"{rate.currency} changed its worth between {rate.since} and {rate.until}; an average over both is none. "
            "Load a rate for the days before and one for the days after."
        )
    return rate


def day(written: str, column: str) -> date:
    """A day as YYYY-MM-DD. Raises ValueError."""
    try:
        return date.fromisoformat((written or "").strip())
    except ValueError:
        raise ValueError(f"{column} is {written!r}; write a day as 2023-08-01.") from None


def number(written: str) -> Decimal:
    """A rate above nought. Raises ValueError."""
    try:
        found = Decimal((written or "").strip())
    except InvalidOperation:
        raise ValueError(f"per_usd is {written!r}; write a number with a point, such as 3950.25.") from None
    if not found.is_finite() or found <= 0:
        raise ValueError(f"per_usd is {written!r}; a rate is above nought.")
    return found


def truth(written: str) -> bool:
    """Yes or no. Raises ValueError."""
    said = written.strip().lower()
    if said not in TRUE | FALSE:
        raise ValueError(f"chosen is {written!r}; write yes or no.")
    return said in TRUE
