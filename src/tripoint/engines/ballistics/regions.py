"""Words of the engine that need nothing to be loaded: parts of a case or bullet, units, kinds of evidence."""

from __future__ import annotations

from enum import StrEnum


class Region(StrEnum):
    """The part of a fired cartridge case or bullet a scan shows."""

    BREECH_FACE = "breech-face"
    FIRING_PIN = "firing-pin"
    APERTURE_SHEAR = "aperture-shear"
    EJECTOR = "ejector"
    LAND = "land"


class Unit(StrEnum):
    """The unit the numbers of a file are in. The standard knows only metres; not every program does."""

    METRE = "m"
    MILLIMETRE = "mm"
    MICROMETRE = "um"
    NANOMETRE = "nm"

    @property
    def micrometres(self) -> float:
        """How many micrometres one of it is."""
        return {Unit.METRE: 1e6, Unit.MILLIMETRE: 1e3, Unit.MICROMETRE: 1.0, Unit.NANOMETRE: 1e-3}[self]


class Grade(StrEnum):
    """What kind of evidence the heights are: measured in three dimensions, or the brightness of a picture."""

    SURFACE = "surface"
    PICTURE = "picture"


class Difficulty(StrEnum):
    """How far simulated shots of one gun agree: as Weller's consecutive slides, as Cadre's varied cases, or between."""

    EASY = "easy"
    MIDDLE = "middle"
    HARD = "hard"
