"""The nouns of prices: a rate, a price as somebody told it, what it comes to, or why there is no figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of a currency one US dollar cost in a span of days, both included.

    `kind` tells the rates of one currency apart: official, parallel, market. `chosen` marks the one to reckon with
    where there are several. `until` is None for a rate that holds until a newer one.
    """

    currency: str
    kind: str
    since: date
    until: date | None
    per_usd: Decimal
    source: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """A price as it was told: for one person, or for a group of `people`. `low` and `high` bound it where told."""

    currency: str
    on: date
    amount: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    people: int | None = 1  # None: for a group of unknown size


@dataclass(frozen=True, slots=True)
class Dollars:
    """A price for one person in US dollars of its day, and in those of 2023 where that year's index is known."""

    usd: Decimal
    low: Decimal | None
    high: Decimal | None
    usd_2023: Decimal | None
    rate_kind: str
    rate_source: str


@dataclass(frozen=True, slots=True)
class NoFigure:
    """Why a price has no figure in US dollars: a sentence that says what is missing."""

    reason: str
