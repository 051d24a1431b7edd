"""Makes and models: a free reference to choose from, never a list of all there are."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from tripoint.words.firearms.serials import normalise_make

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Make:
    """A make under the name that records agree on, with its name as the reference writes it, and its models."""

    id: str
    name: str
    models: tuple[str, ...]


@cache
def makes() -> Mapping[str, Make]:
    """Every make by its id (the normalised name); of several spellings the first is shown."""
    found: dict[str, tuple[str, list[str]]] = {}
    with resources.files(__package__).joinpath("makes.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            name = row["make"].strip('" ').partition("/")[0].partition("(")[0].strip()
            if (which := normalise_make(name)) and which != "unknown":
                found.setdefault(which, (name, []))[1].append(row["model"].strip())
    return MappingProxyType({
        which: Make(which, name, tuple(dict.fromkeys(models))) for which, (name, models) in found.items()
    })  # fmt: skip


def make_id(text: str) -> str | None:
    """The id of a make as people write it; None where the reference has none of this name."""
    which = normalise_make(text)
    return which if which in makes() else None


def model_id(make: str | None, text: str) -> str | None:
    """The model of a make as the reference writes it; None where it has none."""
    known = makes().get(make or "")
    wanted = plain(text)
    return next((model for model in known.models if plain(model) == wanted), None) if known and wanted else None


def plain(model: str) -> str:
    """A model for comparison: letters and digits only."""
    return "".join(sign for sign in model.casefold() if sign.isalnum())


def find_makes(text: str) -> list[Make]:
    """Makes whose name holds the text, those that begin with it first; at most 50."""
    wanted = normalise_make(text) if text.strip() else ""
    near = [one for one in makes().values() if wanted in one.id]
    return sorted(near, key=lambda one: (not one.id.startswith(wanted), one.id))[:MOST_FOUND]
