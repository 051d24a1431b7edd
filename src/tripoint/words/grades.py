"""How information may be used and how far it is believed: handling codes and source grades."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Handling(StrEnum):
    """Europol's handling codes: H0 for any police purpose, H1 not in court, H2 not onward, H3 other conditions."""

    H0 = "H0"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"


class SourceGrade(StrEnum):
    """The source: A reliable, B mostly reliable, C mostly not reliable, X untested (Europol 4x4)."""

    A = "A"
    B = "B"
    C = "C"
    X = "X"


class InformationGrade(StrEnum):
    """The information: 1 known true, 2 known to the source, 3 corroborated, 4 cannot be judged (Europol 4x4)."""

    TRUE = "1"
    KNOWN_TO_SOURCE = "2"
    CORROBORATED = "3"
    NOT_JUDGED = "4"


class Confidence(StrEnum):
    """How sure the owner is that the record is right."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Grading:
    """The grades of one record together."""

    handling: Handling = Handling.H0
    source: SourceGrade = SourceGrade.B
    information: InformationGrade = InformationGrade.NOT_JUDGED
    confidence: Confidence = Confidence.MEDIUM
