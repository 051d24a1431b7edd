"""A measured surface: heights over a regular grid, what is known of how it was measured, and why one cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.regions import Grade, Region, Unit

__all__ = ["Floats", "Grade", "Heights", "Mask", "Profile", "Region", "ScanFacts", "Surface", "Unit", "UnitsUnclear",
           "Unreadable"]  # fmt: skip
Heights: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]  # µm, NaN where nothing was measured
Mask: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
Profile: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]  # µm
Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What a file tells of its own making; empty text where it does not say. `warnings` are codes, first met first."""

    creator: str = ""
    instrument: str = ""
    measured_on: datetime | None = None
    probing: str = ""
    objective: str = ""
    comment: str = ""
    revision: str = ""
    simulated: bool = False
    grade: Grade = Grade.SURFACE
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surface:
    """Heights in µm (rows, columns), NaN where nothing was measured; steps in µm between columns and between rows.

    `mask` says which points belong to the region, where the file came with one (True: belongs).
    """

    heights: Heights
    step_x: float
    step_y: float
    mask: Mask | None = None
    facts: ScanFacts = field(default_factory=ScanFacts)

    @property
    def width_um(self) -> float:
        """How far the columns reach, in µm."""
        return self.heights.shape[1] * self.step_x

    @property
    def height_um(self) -> float:
        """How far the rows reach, in µm."""
        return self.heights.shape[0] * self.step_y


class Unreadable(ValueError):
    """A file that is no surface that can be used: `reason` is a code, `remedy` a sentence a person can act on."""

    def __init__(self, sentence: str, *, reason: str, remedy: str, field: str = "file") -> None:
        """The sentence says what is wrong; `field` names what was given wrongly."""
        super().__init__(sentence)
        self.field, self.reason, self.remedy = field, reason, remedy


class UnitsUnclear(Unreadable):
    """The numbers of a file fit no scan in metres: somebody has to say what unit they are in."""
