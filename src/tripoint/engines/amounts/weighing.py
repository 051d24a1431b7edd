"""One reported amount weighed: kilograms to the microgram, the factor, and whether a gate asks about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import lru_cache

from tripoint.words.drugs.gates import Gate, gate_of
from tripoint.words.drugs.reading import UNSPECIFIED, Drug, read_drug
from tripoint.words.units.factors import Factor, Reason, factor_for
from tripoint.words.units.reading import Unit, read_unit

MICROGRAM = Decimal("0.000000001")  # kilograms: no report is finer
MOST = Decimal(10) ** 9  # kilograms, and of any unit: a million tonnes is a slip, whatever it is of
LONGEST = 60  # characters of a number
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Reported:
    """An amount as it was reported. `adjusted` says that it was reckoned down to the pure substance."""

    amount: Decimal | str
    unit: str
    drug: str
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of a reported amount: kilograms with their factor, or a reason.

    `gate` is what the weight was held against, None without kilograms; `above` that a person should look at it.
    """

    drug: Drug
    unit: Unit | None
    kilograms: Decimal | None = None
    factor: Factor | None = None
    reason: Reason | None = None
    gate: Gate | None = None

    @property
    def above(self) -> bool:
        """Whether the weight lies above its gate."""
        return self.kilograms is not None and self.gate is not None and self.kilograms > self.gate.kilograms


@lru_cache(maxsize=4096)
def kinds_of(unit: str, drug: str) -> tuple[Drug, Unit | None, tuple[Factor, Decimal] | Reason]:
    """What a unit and a drug are, and the factor between them. A drug nobody knows is weighed all the same."""
    known = read_drug(drug) or UNSPECIFIED
    found = read_unit(unit)
    return known, found, factor_for(found, known)


def read_amount(text: Decimal | str) -> Decimal | Reason:
    """A number of units, zero or more and at most 10^9, with a point before its decimals; or what is wrong with it."""
    written = text.strip() if isinstance(text, str) else text
    if written == "":
        return Reason.NO_AMOUNT
    if isinstance(written, str) and (len(written) > LONGEST or "_" in written):
        return Reason.NOT_A_NUMBER
    try:
        number = Decimal(written)
    except InvalidOperation:
        return Reason.NOT_A_NUMBER
    if not number.is_finite():
        return Reason.NOT_A_NUMBER
    if number < 0:
        return Reason.NEGATIVE
    return number if number <= MOST else Reason.TOO_LARGE


def weigh(reported: Reported) -> Weighed:
    """A reported amount in kilograms, exact to the microgram (half to even), or the reason why it has none."""
    drug, unit, factor = kinds_of(reported.unit, reported.drug)
    number = read_amount(reported.amount)
    if isinstance(number, Reason):
        return Weighed(drug, unit, reason=number)
    if isinstance(factor, Reason):
        return Weighed(drug, unit, reason=factor)
    if reported.adjusted:
        return Weighed(drug, unit, reason=Reason.PURITY_ADJUSTED)
    weight = EXACT.multiply(number, factor[1])
    if weight > MOST:
        return Weighed(drug, unit, reason=Reason.TOO_LARGE)
    return Weighed(drug, unit, EXACT.quantize(weight, MICROGRAM), factor[0], gate=gate_of(drug))
