"""One mark against another: every rotation, then the cells that agree on one pose."""

from tripoint.engines.ballistics.comparing.model import Cell, Comparison, Pose
from tripoint.engines.ballistics.comparing.pairs import compare

__all__ = ["Cell", "Comparison", "Pose", "compare"]
