"""Units of real seizure reports, and the factors by which they become kilograms, each with its basis and source."""

from tripoint.words.units.factors import VERSION, Factor, Reason, factor_for
from tripoint.words.units.reading import Unit, UnitKind, known_units, read_unit, unit_of

__all__ = ["VERSION", "Factor", "Reason", "Unit", "UnitKind", "factor_for", "known_units", "read_unit", "unit_of"]
