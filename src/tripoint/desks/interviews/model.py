"""The nouns of the interviews' desk: what a search finds, prices by route, the release to others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.engines.prices.model import Price
from tripoint.engines.prices.summing import Summary


class Basis(StrEnum):
    """Why in law an interview may be shown to another party."""

    CONSENT = "consent"
    COURT_ORDER = "court_order"
    MUTUAL_ASSISTANCE = "mutual_assistance"
    THREAT_TO_LIFE = "threat_to_life"
    LAW_ENFORCEMENT_COOPERATION = "law_enforcement_cooperation"


class Scope(StrEnum):
    """What a price is for."""

    LEG = "leg"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Found:
    """An interview that a search found. `snippet` is a piece of its text around the first word found."""

    id: UUID
    owner: int
    party: str  # code
    operation: UUID
    happened_at: datetime
    state: str
    version: int
    line: dict[str, Any]
    reference: str
    snippet: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search found. `every` says whether each word of the question is in each; else one of them is."""

    interviews: tuple[Found, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One price of one interview, on its route: two countries, alpha-3."""

    interview: UUID
    start: str
    end: str
    scope: Scope
    kind: str
    price: Price


@dataclass(frozen=True, slots=True)
class RoutePrices:
    """The prices of a route for one person: in dollars of their day, and in those of 2023."""

    start: str
    end: str
    scope: Scope
    usd: Summary
    usd_2023: Summary


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by route, and how many have no figure for which reason. `first` and `last` bound the days told of."""

    routes: tuple[RoutePrices, ...]
    without_figure: dict[str, int]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Release:
    """An interview shown to others: on which basis in law, by whom, and whether its facilitators' part goes along."""

    interview: UUID
    basis: Basis
    reason: str
    facilitators: bool
    released_at: datetime
    released_by: UUID
