"""The whole of the judgement as one table: what counts for and against a person, and how much."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripoint.engines.screening.finding import Grade
from tripoint.words.names import Script

SCRIPTS = tuple(script.name.lower() for script in Script)  # as costs.csv calls them, by number


@dataclass(frozen=True, slots=True)
class Feature:
    """One piece of evidence: its code, what it adds to or takes from the evidence, and the sentence people read."""

    code: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class NameFeature:
    """One measure of two names set against each other, and what each value of it adds: a curve of straight pieces.

    `sign` is 1 where more speaks for one name, -1 where more speaks against. The curves are fitted to labelled names
    by tests/quality/learn.py, which may bend but never turn them. Weights of words are log-odds (natural): a word of
    six letters has about 18.
    """

    code: str
    words: str
    sign: int
    curve: tuple[tuple[float, float], ...]
    fitted: bool = True  # else set by hand: the labelled names say too little of it


@dataclass(frozen=True, slots=True)
class Model:
    """A version of the judgement. Evidence adds up and becomes a score by the logistic curve with `scale`."""

    version: str
    script_odds: tuple[float, ...]  # the constant of the names' log-odds, by the script set against Latin
    usual: tuple[float, ...]  # how much of a word's full weight a true match reaches, by script
    name_curve: tuple[tuple[float, float], ...]  # log-odds of the names, and the evidence they are
    weak_alias: float  # evidence taken from a name that its own source calls weak
    gate: tuple[float, float]  # evidence of names below which nothing else speaks for a person, and above which all
    features: tuple[Feature, ...]
    scale: float
    thresholds: tuple[tuple[Grade, float], ...]

    def feature(self, code: str) -> Feature:
        """The feature of a code; KeyError when the model has none."""
        return FEATURES[code]

    def score(self, evidence: float) -> float:
        """Evidence as a number between 0 and 1."""
        return 1 / (1 + math.exp(-evidence / self.scale))

    def evidence(self, score: float) -> float:
        """The evidence of a score between 0 and 1: the inverse of `score`."""
        return self.scale * math.log(score / (1 - score))

    def grade(self, score: float) -> Grade:
        """The grade of a score."""
        return next((grade for grade, least in self.thresholds if score >= least), Grade.NONE)

    def openness(self, evidence: float) -> float:
        """The share of evidence other than names and documents that may speak for a person, 0 to 1."""
        low, high = self.gate
        return min(1.0, max(0.0, (evidence - low) / (high - low)))


# Measures of two names, in the order of kernel.py.
NAME_FEATURES = (
    NameFeature("matched", "What the words found on both sides weigh, rare names more than common ones", 1,
                ((0, -3.1), (6, -2.3), (10, -1.4), (15, -0.5), (20, 0.0), (30, 0.2), (50, 0.5), (90, 0.8)),
                fitted=False),
    NameFeature("unlike", "How much the words found on both sides are unlike in sound", -1,
                ((0, 0.00), (1, -0.13), (3, -0.13), (6, -0.13), (10, -0.13), (16, -0.13), (24, -0.33), (40, -0.73))),
    NameFeature("contradicted", "What words without counterpart weigh where both sides have such", -1,
                ((0, 0.00), (3, -0.51), (7, -0.68), (11, -0.68), (16, -0.68), (24, -0.68), (36, -0.79))),
    NameFeature("omitted", "What one side has more in words without counterpart: left out, not contradicted", -1,
                ((0, 0.00), (5, -0.56), (12, -0.56), (20, -0.56), (35, -0.56), (60, -0.82))),
    NameFeature("worst", "How alike the least alike of the words found are, as a share of a true match", 1,
                ((0.1, 0.00), (0.25, 0.00), (0.4, 0.00), (0.55, 0.00), (0.7, 0.00), (0.85, 0.00), (0.95, 0.00), (1, 0.00))),  # noqa: E501
    NameFeature("order", "The share of words that stand in the other order", -1,
                ((0, 0.00), (0.34, -1.50), (1, -1.50))),
    NameFeature("alike", "How many words are as alike as true matches are", 1,
                ((0, 0.00), (1, 0.00), (2, 0.00), (3, 0.00), (4, 0.00))),
    NameFeature("covered", "The share of both names that was found", 1,
                ((0, 0.00), (0.2, 0.00), (0.35, 0.00), (0.5, 0.51), (0.65, 1.16), (0.8, 2.40), (0.95, 3.88))),
    NameFeature("covered_fewer", "The share found, what only one side has left aside", 1,
                ((0, 0.00), (0.2, 0.00), (0.35, 0.00), (0.5, 0.00), (0.65, 0.00), (0.8, 0.00), (0.9, 0.04), (1, 0.08))),
    NameFeature("longest", "The weightiest word that both sides have another for", -1,
                ((0, 0.00), (3, -0.51), (6, -1.16), (9, -1.16), (13, -1.28), (18, -1.61), (26, -2.57))),
    NameFeature("initials", "How many words were found only by their initial", -1, ((0, 0.0), (1, -0.8), (2, -2.0)),
                fitted=False),
)  # fmt: skip

MODEL = Model(
    version="screening-2",
    script_odds=(0.44, 0.19, 1.01, 0.61, 1.57, 1.68, 1.01, 1.01, 1.01, 1.01),
    usual=(0.95, 0.95, 0.95, 0.85, 0.85, 0.7, 0.9, 0.9, 0.9, 0.9),
    name_curve=(
        (-8.0, -5.5),
        (-2.0, -2.8),
        (-1.0, -1.5),
        (0.0, 0.0),
        (1.2, 0.6),
        (3.0, 1.45),
        (4.0, 2.3),
        (5.0, 2.7),
        (6.5, 2.9),
    ),
    weak_alias=0.3,
    gate=(-1.5, 0.3),
    features=(
        Feature("name.missing", -2.0, "No name to compare"),
        Feature("document.same", 6.0, "The same document number"),
        Feature("document.misread", 3.5, "A document number that may be misread for the one held"),
        Feature("document.other_issuer", 1.0, "The same document number, but of another issuer or type"),
        Feature("document.differs", 0.0, "Other documents than those held"),
        Feature("birth.same", 3.0, "The same date of birth"),
        Feature("birth.swapped", 1.6, "The same date of birth with day and month exchanged"),
        Feature("birth.typing", 1.2, "A date of birth one digit or one year apart"),
        Feature("birth.partial", 1.0, "The date of birth agrees as far as it is known"),
        Feature("birth.about", 0.6, "The year of birth lies within what is held as approximate"),
        Feature("birth.near", -0.6, "The same month and year of birth, or years that just miss each other"),
        Feature("birth.differs", -4.0, "Another date of birth"),
        Feature("nationality.same", 0.6, "The same nationality"),
        Feature("nationality.differs", -0.8, "Another nationality"),
        Feature("sex.same", 0.1, "The same sex"),
        Feature("sex.differs", -2.0, "Another sex"),
    ),
    scale=2.0,
    thresholds=((Grade.STRONG, 0.85), (Grade.POSSIBLE, 0.57), (Grade.WEAK, 0.33)),
)
FEATURES = {feature.code: feature for feature in MODEL.features}
