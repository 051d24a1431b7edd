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


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field as asked and as held."""

    field: str
    asked: str | None
    held: str | None
    verdict: Verdict
    words: str


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
