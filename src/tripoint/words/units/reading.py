"""A reported unit as one of ours: what kind of quantity it is, and of how many of the basic ones it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from tripoint.words.vocabulary import key, rows


class UnitKind(StrEnum):
    """What a unit counts. Only mass, volume and doses can become kilograms; plants and areas never do."""

    MASS = "mass"
    VOLUME = "volume"
    DOSE = "dose"
    BLOTTER = "blotter"
    CONTAINER = "container"
    PIECE = "piece"
    PLANT = "plant"
    AREA = "area"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; `doses` is how many doses one of it is (0 where it counts none)."""

    name: str
    kind: UnitKind
    doses: int = 0


NO_UNIT = Unit("none", UnitKind.UNSTATED)


@cache
def known_units() -> Mapping[str, Unit]:
    """Every known name of a unit, as it is compared."""
    found = {
        key(name): Unit(row["unit"], UnitKind(row["kind"]), int(row["of"] or 0))
        for row in rows(__package__, "units.csv")
        for name in row["names"].split("|")
    }
    return MappingProxyType(found)


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by its own code."""
    return MappingProxyType({unit.name: unit for unit in known_units().values()})


def unit_of(code: str) -> Unit:
    """The unit of this code. Raises KeyError."""
    return units()[code]


def read_unit(text: str) -> Unit | None:
    """The unit a report names; `NO_UNIT` where it names none, None where nobody knows it."""
    return known_units().get(key(text)) if text.strip() else NO_UNIT
