"""Which factor makes kilograms of a unit of a drug, or why there is none (UNODC World Drug Report methodology)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from tripoint.words.drugs.reading import Drug
from tripoint.words.units.reading import Unit, UnitKind
from tripoint.words.vocabulary import rows

VERSION = "2026-11"  # of the table of factors; a kilogram says which version made it
ALL, DOSE = "*", "dose"


class Reason(StrEnum):
    """Why an amount has no kilograms. The reported amount and unit stay as they are."""

    NO_AMOUNT = "no_amount"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    NO_UNIT = "no_unit"
    UNKNOWN_UNIT = "unknown_unit"
    NO_DOSE_WEIGHT = "no_dose_weight"
    CONTENT_NOT_STATED = "content_not_stated"
    WEIGHT_NOT_STATED = "weight_not_stated"
    PLANTS = "plants"
    AREA = "area"
    PURITY_ADJUSTED = "purity_adjusted"


@dataclass(frozen=True, slots=True)
class Factor:
    """How many kilograms one of a unit is: id and version of the row, its basis and its source."""

    id: str
    group: str
    unit: str
    kilograms: Decimal
    basis: str
    version: str
    source: str


WHY_NOT: Mapping[UnitKind, Reason] = MappingProxyType({
    UnitKind.DOSE: Reason.NO_DOSE_WEIGHT, UnitKind.BLOTTER: Reason.NO_DOSE_WEIGHT,
    UnitKind.CONTAINER: Reason.CONTENT_NOT_STATED, UnitKind.PIECE: Reason.WEIGHT_NOT_STATED,
    UnitKind.PLANT: Reason.PLANTS, UnitKind.AREA: Reason.AREA, UnitKind.UNSTATED: Reason.NO_UNIT,
})  # fmt: skip


@cache
def factors() -> Mapping[tuple[str, str], Factor]:
    """Every factor by the group of drugs and the unit it is for."""
    made = (
        Factor(
            row["id"], row["group"], row["unit"], Decimal(row["kilograms"]), row["basis"], row["version"], row["source"]
        )
        for row in rows(__package__, "factors.csv")
    )
    return MappingProxyType({(one.group, one.unit): one for one in made})


def factor_for(unit: Unit | None, drug: Drug) -> tuple[Factor, Decimal] | Reason:
    """The factor of a unit of a drug with the kilograms of one such unit, or the reason why there is none."""
    if unit is None:
        return Reason.UNKNOWN_UNIT
    name = DOSE if unit.kind is UnitKind.DOSE else unit.name
    found = next((factors()[group, name] for group in (drug.substance, drug.family, ALL)
                  if (group, name) in factors()), None)  # fmt: skip
    if found is None:
        return WHY_NOT[unit.kind]
    return found, found.kilograms * (unit.doses or 1)
