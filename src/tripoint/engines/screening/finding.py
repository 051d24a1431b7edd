"""What a comparison of two people comes to: a score, a grade, the reasons, and the fields side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How sure: strong asks for action, possible for a second look, weak is for analysts, none is no hit."""

    STRONG = "strong"
    POSSIBLE = "possible"
    WEAK = "weak"
    NONE = "none"


class Verdict(StrEnum):
    """How one field stands in the question and in the record."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERS = "differs"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: its code, a sentence, and its weight (for the record above 0, against it below)."""

    code: str
    words: str
    weight: float


class Manner(StrEnum):
    """How words of two names stand beside each other."""

    SAME = "same"
    SOUND = "sound"  # another spelling
    LIKE = "like"  # alike in part
    JOINED = "joined"  # written together on one side
    INITIAL = "initial"
    ONLY_ASKED = "only_asked"
    ONLY_HELD = "only_held"


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """Words of the name asked beside words of the name held, and how alike they are, 0 to 1; None for none."""

    asked: str | None
    held: str | None
    manner: Manner
    likeness: float


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field as asked and as held; of names also their words beside each other."""

    field: str
    asked: str | None
    held: str | None
    verdict: Verdict
    words: str
    aligned: tuple[AlignedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """How surely a held person is the one asked for. `score` lies between 0 and 1 and reaches neither.

    `model` names the table of weights that gave it, so that an old finding can be explained.
    """

    score: float
    grade: Grade
    reasons: tuple[Reason, ...]
    comparison: tuple[FieldComparison, ...]
    model: str
