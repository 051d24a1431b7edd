"""A reported name of a drug as substance, form and family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tripoint.words.vocabulary import key, rows

# Kilograms of different families stand side by side; a headline that adds them says so.
FAMILIES = (
    "amphetamines", "cannabis", "cathinones", "coca", "cocaine", "cutting_agents", "dissociatives", "ecstasy",
    "fentanyls", "hallucinogens", "heroin", "medicines", "mixtures", "opiates", "opioids", "opium", "opium_poppy",
    "other", "piperazines", "plants", "precursors", "sedatives", "stimulants", "synthetic_cannabinoids", "unspecified",
)  # fmt: skip
FORMS = (
    "acetylated", "base", "captagon", "crack", "derivatives", "edible", "extract", "herb", "leaf", "liquid", "mixture",
    "mushroom", "oil", "paste", "plant", "resin", "salt", "seed", "slow_release", "straw", "syrup",
)  # fmt: skip
NO_DRUGS = frozenset({"precursors", "cutting_agents", "other"})  # families that no total of drugs holds


@dataclass(frozen=True, slots=True)
class Drug:
    """What a reported name stands for. `form` is "" where the name tells none."""

    substance: str
    family: str
    form: str = ""


UNSPECIFIED = Drug("unspecified", "unspecified")


@cache
def known_drugs() -> Mapping[str, Drug]:
    """Every known name, as it is compared, with what it stands for."""
    found = {
        key(name): Drug(row["substance"], row["family"], row["form"])
        for row in rows(__package__, "drugs.csv")
        for name in row["names"].split("|")
    }
    return MappingProxyType(found)


def read_drug(name: str) -> Drug | None:
    """What a reported name stands for; None where nobody knows it, which is no reason to drop what was weighed."""
    return known_drugs().get(key(name))
