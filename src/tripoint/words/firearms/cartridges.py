"""Names of cartridges as the trade's two bodies list them; a reference, kept apart from the calibres we match by."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from tripoint.words.firearms.spelling import Key, key_of


@dataclass(frozen=True, slots=True)
class Cartridge:
    """A cartridge: its name, whether for pistols, rifles, rimfire or shotguns, and which body lists it."""

    name: str
    category: str
    body: str


@cache
def cartridges() -> tuple[Cartridge, ...]:
    """Every cartridge of SAAMI and CIP that we know of (see LICENCES.txt)."""
    with resources.files(__package__).joinpath("cartridges.csv").open(encoding="utf-8") as stream:
        return tuple(Cartridge(*(row[name].strip('" ') for name in ("name", "category", "standard")))
                     for row in csv.DictReader(stream))  # fmt: skip


@cache
def cartridge_keys() -> Mapping[Key, str]:
    """The name of every cartridge by the key of its spelling."""
    found: dict[Key, str] = {}
    for one in cartridges():
        found.setdefault(key_of(one.name), one.name)
    return MappingProxyType(found)
