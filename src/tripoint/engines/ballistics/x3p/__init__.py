"""X3P files (ISO 25178-72, formerly ISO 5436-2): read tolerantly, written canonically."""

from tripoint.engines.ballistics.x3p.reading import read_x3p
from tripoint.engines.ballistics.x3p.writing import write_x3p

__all__ = ["read_x3p", "write_x3p"]
