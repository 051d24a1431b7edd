"""Pure decisions of the interviews' desk: which price stands for a route, which words are filed, who releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.interviews.model import Prices, RoutePrices, Scope, Told
from tripoint.engines.prices.converting import in_dollars
from tripoint.engines.prices.currencies import REDENOMINATIONS, UNITS
from tripoint.engines.prices.model import Dollars, Price, Rate
from tripoint.engines.prices.summing import summed
from tripoint.words.dates import read_partial_date

Json = Mapping[str, Any]
OWN_PRICES = ("paid", "agreed")  # what the person himself gave or was to give, the surest first
MID_YEAR, MID_MONTH = 7, 15
TEXTS = ("account", "promised", "remarks", "work_before")
SHORTEST_REASON = 10  # characters
SNIPPET, BEFORE = 180, 50  # characters


def price_of(row: Json, asked_on: date) -> Price:
    """A row of prices as it is reckoned with; without a day of its own it is of the day of the interview."""
    people = row.get("people") if row.get("per") == "group" else 1
    amount, low, high = (
        None if row.get(name) is None else Decimal(str(row[name])) for name in ("amount", "low", "high")
    )
    return Price(row["currency"], day_of(row.get("on"), asked_on), amount, low, high, people)


def day_of(written: str | None, otherwise: date) -> date:
    """The day a partial date stands for: of a month its middle, of a year its first of July."""
    if not written:
        return otherwise
    told = read_partial_date(written)
    month = told.month or MID_YEAR
    return date(told.year, month, told.day or (MID_MONTH if told.month else 1))


def currencies_of(prices: Iterable[Price]) -> set[str]:
    """The currencies whose rates may be needed: those told, and those that took their place."""
    needed = {price.currency for price in prices}
    needed |= {UNITS[unit][0] for unit in needed & UNITS.keys()}
    for change in sorted(REDENOMINATIONS, key=lambda one: one.on):
        if change.old in needed:
            needed.add(change.new)
    return needed


def price_usd(values: Json, asked_on: date, rates: Sequence[Rate]) -> str | None:
    """What the way cost one person in US dollars, for the line: the whole price, or all legs' together; else None."""
    rows = [row for row in values.get("prices") or () if row["kind"] in OWN_PRICES]
    whole = surest(row for row in rows if row["scope"] == "whole")
    if whole is not None:
        found = in_dollars(price_of(whole, asked_on), rates)
        return str(found.usd) if isinstance(found, Dollars) else None
    legs = [surest(row for row in rows if row.get("leg") == at) for at in range(1, len(values.get("route") or ()) + 1)]
    each = [in_dollars(price_of(leg, asked_on), rates) for leg in legs if leg is not None]
    dollars = [one.usd for one in each if isinstance(one, Dollars)]
    return str(sum(dollars, Decimal(0))) if legs and len(dollars) == len(legs) else None


def surest(rows: Iterable[Json]) -> Json | None:
    """Of several prices for the same the one that was paid, or else agreed."""
    return min(rows, key=lambda row: OWN_PRICES.index(row["kind"]), default=None)


def told_prices(interview: UUID, body: Json, asked_on: date, kinds: Sequence[str]) -> list[Told]:
    """The prices of an interview that have a route: one for each leg and one for the whole, the surest of each."""
    rows = [row for row in body.get("prices") or () if row["kind"] in kinds]
    legs: Sequence[Json] = body.get("route") or ()
    spans = [(at + 1, leg.get("from_country"), leg.get("to_country")) for at, leg in enumerate(legs)]
    if legs:
        spans.append((0, legs[0].get("from_country"), legs[-1].get("to_country") or body.get("destination")))
    found = []
    for at, start, end in spans:
        scope = Scope.LEG if at else Scope.WHOLE
        fits = [row for row in rows if row["scope"] == scope and (not at or row.get("leg") == at)]
        if start and end and fits:
            row = min(fits, key=lambda one: kinds.index(one["kind"]))
            found.append(Told(interview, start, end, scope, row["kind"], price_of(row, asked_on)))
    return found


def prices_by_route(told: Sequence[Told], rates: Sequence[Rate], scope: Scope) -> Prices:
    """Prices summed up by route, the most told of first; of fewer than ten answers there is a count and no figure."""
    without: Counter[str] = Counter()
    routes: dict[tuple[str, str], list[Dollars]] = {}
    days = [one.price.on for one in told if one.scope is scope]
    for one in told:
        if one.scope is not scope:
            continue
        found = in_dollars(one.price, rates)
        if isinstance(found, Dollars):
            routes.setdefault((one.start, one.end), []).append(found)
        else:
            without[found.reason] += 1
    shown = [summed_up(start, end, scope, dollars) for (start, end), dollars in routes.items()]
    shown.sort(key=lambda one: (-one.usd.count, one.start, one.end))
    return Prices(tuple(shown), dict(without), min(days, default=None), max(days, default=None))


def summed_up(start: str, end: str, scope: Scope, dollars: Sequence[Dollars]) -> RoutePrices:
    """The figures of one route."""
    later = [float(one.usd_2023) for one in dollars if one.usd_2023 is not None]
    return RoutePrices(start, end, scope, summed([float(one.usd) for one in dollars]), summed(later))


def texts_of(values: Json) -> list[tuple[str, str | None]]:
    """The texts that an interview is found by, each with its language where it is known."""
    language = values.get("language")
    found = [(values[name], language) for name in TEXTS if values.get(name)]
    if values.get("translation"):
        found.append((values["translation"], values.get("translation_language")))
    places = [leg[name] for leg in values.get("route") or () for name in ("from_place", "to_place") if leg.get(name)]
    return [*found, *((place, language) for place in places), (values.get("reference") or "", None)]


def texts_of_facilitators(values: Json) -> list[tuple[str, str | None]]:
    """The texts of the facilitators' part, which is found by those alone who may open it."""
    rows = values.get("facilitators") or ()
    names = ("alias", "phone", "handle", "vehicle", "remarks")
    return [(row[name], values.get("language")) for row in rows for name in names if row.get(name)]


def snippet(text: str, at: int | None) -> str:
    """A piece of a text around a place, or its beginning."""
    start = max(0, (at or 0) - BEFORE)
    piece = text[start : start + SNIPPET].strip()
    return ("…" if start else "") + piece + ("…" if start + SNIPPET < len(text) else "")


def check_release(state: str, *, own: bool, filer: bool, reason: str) -> str:
    """The reason of a release. Raises NotAllowed for another party's interview or one's own filing, Conflict before it
    is confirmed, BadInput for a reason that says nothing."""
    if not own:
        raise NotAllowed("Only the party that held an interview releases it.", remedy="Ask that party.")
    if filer:
        raise NotAllowed("Nobody releases an interview he wrote down himself.", remedy="Ask another officer.")
    if state not in ("confirmed", "final"):
        raise Conflict(f"The interview is {state}.", field="interview", remedy="Have it confirmed first.")
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise BadInput("The reason says too little.", field="reason", remedy="Say which case and which rule of law.")
    return said
