"""Money that is not what its name says: units of account, and currencies that lost their noughts (ISO 4217, list 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

DOLLAR = "USD"


@dataclass(frozen=True, slots=True)
class Redenomination:
    """From `on` the unit `old` was replaced by `new`: `units` of the old are one of the new.

    Where the code stayed the same, `old` and `new` are equal.
    """

    old: str
    new: str
    on: date
    units: Decimal


# Units that people reckon in and that no bank knows: so many of a currency each. The Haitian dollar is no dollar.
UNITS = MappingProxyType({"HTD": ("HTG", Decimal(5))})
REDENOMINATIONS = (
    Redenomination("ROL", "RON", date(2005, 7, 1), Decimal(10_000)),
    Redenomination("TRL", "TRY", date(2005, 1, 1), Decimal(1_000_000)),
    Redenomination("AZM", "AZN", date(2006, 1, 1), Decimal(5_000)),
    Redenomination("MZM", "MZN", date(2006, 7, 1), Decimal(1_000)),
    Redenomination("GHC", "GHS", date(2007, 7, 3), Decimal(10_000)),
    Redenomination("VEB", "VEF", date(2008, 1, 1), Decimal(1_000)),
    Redenomination("ZMK", "ZMW", date(2013, 1, 1), Decimal(1_000)),
    Redenomination("BYR", "BYN", date(2016, 7, 1), Decimal(10_000)),
    Redenomination("MRO", "MRU", date(2018, 1, 1), Decimal(10)),
    Redenomination("STD", "STN", date(2018, 1, 1), Decimal(1_000)),
    Redenomination("VEF", "VES", date(2018, 8, 20), Decimal(100_000)),
    Redenomination("CUC", "CUP", date(2021, 1, 1), Decimal(1) / Decimal(24)),
    Redenomination("VES", "VES", date(2021, 10, 1), Decimal(1_000_000)),
    Redenomination("SLL", "SLE", date(2022, 4, 1), Decimal(1_000)),
)
# The first day of currencies that came late; one that is older than its last change is not among them.
OLDER = frozenset({"CUP", "VES"})
BEGAN = MappingProxyType({
    **{change.new: change.on for change in REDENOMINATIONS if change.new not in OLDER}, "VES": date(2018, 8, 20),
    "EUR": date(1999, 1, 1), "SSP": date(2011, 7, 18), "XCG": date(2025, 3, 31),
})  # fmt: skip


def replaced_by(currency: str, on: date) -> Redenomination | None:
    """What took the place of a currency that had ended by that day, or None."""
    ended = (change for change in REDENOMINATIONS if change.old == currency != change.new and change.on <= on)
    return next(ended, None)


def began_later(currency: str, on: date) -> date | None:
    """The first day of a currency that was not yet there on that day, or None."""
    first = BEGAN.get(currency)
    return first if first is not None and on < first else None


def changed_between(currency: str, first: date, last: date) -> bool:
    """Whether a currency lost noughts, or came or went, after `first` and until `last`: no one rate holds for both."""
    return any(
        currency in (change.old, change.new) and change.old != "CUC" and first < change.on <= last
        for change in REDENOMINATIONS
    )
