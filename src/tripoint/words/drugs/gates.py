"""From which weight on a single report is asked about before it is counted: 99.9 of 100 real reports lie below.

`gates.csv` was computed once from the public individual seizure reports of 2011 to 2016 (UNODC), exact repeats left
out; it holds figures only. Where a substance has fewer than 1,000 reports, its family's gate holds, else that of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from tripoint.words.drugs.reading import Drug
from tripoint.words.vocabulary import rows

FEWEST = 1000  # reports, below which a percentile of 99.9 is only the largest one
PERCENTILE = 99.9
EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Gate:
    """A weight in kilograms, of how many reports it was computed, and of what: a substance, a family or everything."""

    of: str
    kilograms: Decimal
    reports: int


@cache
def gates() -> Mapping[str, Gate]:
    """Every gate by what it is of: `substance:form`, `family/` and a family's code, or `*`."""
    found = (Gate(row["of"], Decimal(row["kilograms"]), int(row["reports"])) for row in rows(__package__, "gates.csv"))
    return MappingProxyType({gate.of: gate for gate in found})


def names_of(drug: Drug) -> tuple[str, str, str]:
    """Under which names a drug's gate is looked for, the nearest first."""
    return f"{drug.substance}:{drug.form}", f"family/{drug.family}", EVERYTHING


def gate_of(drug: Drug) -> Gate:
    """The gate of a drug: its own, its family's, or that of all drugs."""
    return next(gates()[name] for name in names_of(drug) if name in gates())
