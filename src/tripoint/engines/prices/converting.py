"""A price as it was told, in US dollars for one person: by a rate that held on its day, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tripoint.engines.prices.currencies import DOLLAR, UNITS, began_later, changed_between, replaced_by
from tripoint.engines.prices.inflation import in_2023
from tripoint.engines.prices.model import Dollars, NoFigure, Price, Rate

CENT = Decimal("0.01")
OPEN_FOR = timedelta(days=400)  # how long a rate without an end is taken to hold
THE_DOLLAR = Rate(DOLLAR, "itself", date.min, date.max, Decimal(1), "US dollar")


def in_dollars(price: Price, rates: Sequence[Rate]) -> Dollars | NoFigure:
    """What one person was asked for, in US dollars.

    `rates` are those of all currencies that may be needed. Without a rate of the day there is no figure, and the
    reason says what to load. A price for a group is divided by its people.
    """
    if price.people is None or price.people < 1:
        return NoFigure("The price is for a group, and nobody said how many they were.")
    amount = middle(price)
    if amount is None:
        return NoFigure("No amount was told.")
    currency, worth = in_money_of(price.on, price.currency)
    if first := began_later(currency, price.on):
        return NoFigure(f"{currency} was not there before {first}; ask which money of the time was meant.")
    rate = rate_of(currency, price.on, rates)
    return rate if isinstance(rate, NoFigure) else reckoned(price, amount, worth / rate.per_usd / price.people, rate)


def reckoned(price: Price, amount: Decimal, share: Decimal, rate: Rate) -> Dollars:
    """The dollars of an amount, where each unit told is so many dollars a person."""
    usd = amount * share
    low, high = (None if bound is None else cents(bound * share) for bound in (price.low, price.high))
    later = in_2023(usd, price.on.year)
    return Dollars(cents(usd), low, high, None if later is None else cents(later), rate.kind, rate.source)


def middle(price: Price) -> Decimal | None:
    """The amount told; where only bounds were, the middle between them, or the one there is."""
    bounds = [bound for bound in (price.low, price.high) if bound is not None]
    if price.amount is not None or not bounds:
        return price.amount
    return sum(bounds, Decimal(0)) / len(bounds)


def in_money_of(on: date, told: str) -> tuple[str, Decimal]:
    """The currency in use on that day for what was told, and how many of it one unit told is.

    A unit of account becomes its currency; a currency that had ended becomes what replaced it.
    """
    if told in UNITS:
        return UNITS[told]
    change = replaced_by(told, on)
    if change is None:
        return told, Decimal(1)
    currency, worth = in_money_of(on, change.new)
    return currency, worth / change.units


def cents(usd: Decimal) -> Decimal:
    """To the cent."""
    return usd.quantize(CENT, ROUND_HALF_UP)


def rate_of(currency: str, on: date, rates: Sequence[Rate]) -> Rate | NoFigure:
    """The rate of a currency on a day: of each kind that of the shortest span, and of several kinds the chosen one."""
    if currency == DOLLAR:
        return THE_DOLLAR
    best: dict[str, Rate] = {}
    for rate in (rate for rate in rates if rate.currency == currency and holds(rate, on)):
        best[rate.kind] = min(best.get(rate.kind, rate), rate, key=lambda one: nearness(one, on))
    if not best:
        return NoFigure(f"No rate of {currency} for {on} is loaded.")
    chosen = [rate for rate in best.values() if rate.chosen] if len(best) > 1 else [*best.values()]
    if len(chosen) != 1:
        kinds = ", ".join(sorted(best))
        return NoFigure(f"{currency} has several rates for {on} ({kinds}), and not one of them is chosen.")
    return chosen[0]


def holds(rate: Rate, on: date) -> bool:
    """Whether a rate is good for a day: within its span, and no noughts were struck off within it."""
    last = rate.until or rate.since + OPEN_FOR
    return rate.since <= on <= last and not changed_between(rate.currency, rate.since, rate.until or on)


def nearness(rate: Rate, on: date) -> tuple[int, int]:
    """How near a rate is to a day, for `min`: the shorter its span the better, then the newer."""
    return ((rate.until or on) - rate.since).days, -rate.since.toordinal()
