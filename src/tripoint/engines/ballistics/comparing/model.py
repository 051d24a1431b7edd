"""What a comparison of two marks comes to: a pose, the cells that agree on it, scores, and the reasons for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Reason: TypeAlias = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """How `other` lies on `one`.

    A point at (x, y) µm from the middle of other's grid, columns rightwards and rows downwards, comes to rest at
    (x cos - y sin + dx, x sin + y cos + dy) µm from the middle of one's grid. A positive rotation turns clockwise on a
    screen; -180 < rotation_deg <= 180.
    """

    rotation_deg: float = 0.0
    dx_um: float = 0.0
    dy_um: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of `one`, and where it was found on `other`.

    `x_um` and `y_um` lead from the middle of one's grid to the middle of the cell, `size_um` is its side. `ncc` is the
    normalised correlation of both patches, -1 to 1, where the cell fits best by itself: the pose lays the middle of
    that patch of `other` (dx, dy) µm from the middle of the cell, and its own rotation differs from the pose by
    `rotation_deg`. `congruent`: similar enough, and about the pose that most cells share.
    """

    row: int
    column: int
    x_um: float
    y_um: float
    size_um: float
    ncc: float
    rotation_deg: float
    dx_um: float
    dy_um: float
    congruent: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two marks compared.

    `score` is the similarity from 0 to 1: no probability. `congruent_cells` of `cells_compared`: the smaller count of
    both directions with its number of cells; `forward` are one's cells looked for on other, `backward` other's on one,
    each (congruent, compared). `correlation` is that of all cells at one common pose, -1 to 1; `coarse` that of the
    exhaustive search. `cells` are those of the forward direction. `reasons` are codes with their numbers.
    """

    score: float = 0.0
    congruent_cells: int = 0
    cells_compared: int = 0
    pose: Pose = field(default_factory=Pose)
    correlation: float = 0.0
    coarse: float = 0.0
    cells: tuple[Cell, ...] = ()
    forward: tuple[int, int] = (0, 0)
    backward: tuple[int, int] = (0, 0)
    reasons: tuple[Reason, ...] = ()

    @property
    def rotation_deg(self) -> float:
        """The rotation of the pose."""
        return self.pose.rotation_deg

    @property
    def dx_um(self) -> float:
        """The offset of the pose along the columns."""
        return self.pose.dx_um

    @property
    def dy_um(self) -> float:
        """The offset of the pose along the rows."""
        return self.pose.dy_um
