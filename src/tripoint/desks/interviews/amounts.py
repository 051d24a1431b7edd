"""Money in reports of freezes and seizures, put into US dollars by the rates that prices are reckoned with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tripoint.access.visit import Visit
from tripoint.desks.interviews import store
from tripoint.engines.prices.converting import cents, in_money_of, rate_of
from tripoint.engines.prices.model import NoFigure, Rate
from tripoint.records.occurrences.hooks import KindHooks

Json = dict[str, Any]


def in_dollars(amount: str, told: str, on: date, rates: Sequence[Rate]) -> str | None:
    """An amount of a currency on a day in US dollars, to the cent; None where no rate of that day is loaded."""
    currency, worth = in_money_of(on, told)
    rate = rate_of(currency, on, rates)
    return None if isinstance(rate, NoFigure) else str(cents(Decimal(amount) * worth / rate.per_usd))


def rates_of(visit: Visit, told: Sequence[str], on: date) -> list[Rate]:
    """The rates of the money in use that day for what was told."""
    return store.rates(visit.session, sorted({in_money_of(on, one)[0] for one in told}))


def of_freeze(visit: Visit, values: Json) -> Json:
    """A freeze on its way in: its amount in dollars, for the line."""
    today, told = visit.clock().date(), values["currency"]
    return {**values, "amount_usd": in_dollars(values["amount"], told, today, rates_of(visit, [told], today))}


def of_seizure(visit: Visit, values: Json) -> Json:
    """A seizure on its way in: the cash among its items in dollars, for the line."""
    today = visit.clock().date()
    told = [item["currency"] for item in values.get("items", ()) if item.get("currency")]
    if not told:
        return values
    rates = rates_of(visit, told, today)
    return {**values, "items": [priced(item, today, rates) for item in values["items"]]}


def priced(item: Json, on: date, rates: Sequence[Rate]) -> Json:
    """An item with its worth in dollars, where it is cash and a rate is loaded."""
    if not item.get("currency"):
        return item
    worth = in_dollars(item["quantity"], item["currency"], on, rates)
    return item if worth is None else {**item, "value_usd": worth}


FREEZE, SEIZURE = KindHooks(before=of_freeze), KindHooks(before=of_seizure)
