"""The codes of the ballistics desk: what exhibits are, what examiners say, how far searches and links are."""

from __future__ import annotations

from enum import StrEnum


class ExhibitKind(StrEnum):
    """What an exhibit is."""

    CARTRIDGE_CASE = "cartridge_case"
    BULLET = "bullet"
    CAST = "cast"  # a replica in resin of one of the others
    TEST_FIRE = "test_fire"  # fired by the laboratory from a gun it has


class Replica(StrEnum):
    """How often a cast was cast: a single one is the mirror of its original and is never compared with it."""

    SINGLE = "single"
    DOUBLE = "double"


class FiringPinShape(StrEnum):
    """The outline a firing pin leaves on the primer."""

    ROUND = "round"
    HEMISPHERICAL = "hemispherical"
    ELLIPTICAL = "elliptical"
    RECTANGULAR = "rectangular"
    U_SHAPED = "u_shaped"
    RIM_BAR = "rim_bar"
    OTHER = "other"


class PrimerMetal(StrEnum):
    """What the primer is made of."""

    BRASS = "brass"
    NICKEL = "nickel"
    COPPER = "copper"
    STEEL = "steel"
    OTHER = "other"


class BreechFaceClass(StrEnum):
    """How the breech face was finished."""

    SMOOTH = "smooth"
    PARALLEL = "parallel"
    ARCHED = "arched"
    CIRCULAR = "circular"
    CROSSHATCH = "crosshatch"
    GRANULAR = "granular"
    OTHER = "other"


class Twist(StrEnum):
    """Which way the rifling turns."""

    LEFT = "left"
    RIGHT = "right"


class Criterion(StrEnum):
    """When marks are to be shared abroad (INTERPOL's Ballistic Information Network: any one suffices)."""

    NEAR_BORDER = "near_border"
    BORDER_STAFF = "border_staff"
    TRAFFICKER = "trafficker"
    THREE_GUNS = "three_guns"
    TERRORISM = "terrorism"
    RESIDENT_ABROAD = "resident_abroad"


class Verdict(StrEnum):
    """What an examiner says of a candidate."""

    NONE = "none"
    POTENTIAL = "potential"
    INCONCLUSIVE = "inconclusive"


class Finding(StrEnum):
    """What an examiner says after the comparison under a microscope (the range of conclusions of the AFTE)."""

    IDENTIFICATION = "identification"
    INCONCLUSIVE = "inconclusive"
    EXCLUSION = "exclusion"
    UNSUITABLE = "unsuitable"


class LinkState(StrEnum):
    """How far a link is. Two cases are linked by a confirmed one only."""

    PHYSICAL_ASKED = "physical_asked"
    EXHIBITS_EXCHANGED = "exhibits_exchanged"
    MICROSCOPE_FIRST = "microscope_first"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    CLOSED = "closed"


class LinkStep(StrEnum):
    """What a party does about a link."""

    EXCHANGED = "exchanged"
    FINDING = "finding"
    AGAIN = "again"
    CLOSE = "close"


class RunState(StrEnum):
    """How far a search is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Trigger(StrEnum):
    """What began a search: an examiner, or a new scan."""

    ASKED = "asked"
    NEW = "new"


CUSTODY_ACTS = (
    "received", "sealed", "opened", "scanned", "examined", "cast_made", "test_fired", "moved", "handed_over", "stored",
    "returned", "destroyed",
)  # fmt: skip
