"""The whole of the judgement as one table: what counts for and against a person, and how much."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from tripoint.engines.screening.finding import Grade


@dataclass(frozen=True, slots=True)
class Feature:
    """One piece of evidence: its code, what it adds to or takes from the evidence, and the sentence people read."""

    code: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class NameRules:
    """How names are set against each other (engines/screening/alignment.py)."""

    most_words: int = 10
    most_names: int = 60
    full_length: int = 8  # letters from which a longer word weighs no more
    by_consonants: float = 0.6  # the share of the consonants in the likeness of two words; spelling has the rest
    other_script: float = 0.9  # what equal consonants count for across scripts, whatever the vowels
    no_vowels: float = 0.97  # the same where one script writes no vowels
    single_consonant: float = 0.4  # what a shared consonant tells where a word has no other
    one_slip: float = 0.8  # what one typing error costs a word, shared among its letters
    initial: float = 0.7  # an initial for a word that begins with it
    cut_short: float = 0.95  # a word for the beginning of it, in a name that a document cut short
    omitted_by_asker: float = 0.3  # the share of its weight that a word without counterpart costs
    omitted_by_holder: float = 0.3
    worst_pair: float = 0.4  # how much the worst of the aligned pairs pulls the whole name down
    single_word: float = 0.8  # one word set against several
    joined: float = 0.97  # words written together on one side and apart on the other
    weak_alias: float = 0.92  # a name its own source calls weak


@dataclass(frozen=True, slots=True)
class Model:
    """A version of the judgement. Evidence adds up and becomes a score by the logistic curve with `scale`."""

    version: str
    names: NameRules
    name_curve: tuple[tuple[float, float], ...]  # likeness of the names, and the evidence it is
    name_length: float  # evidence between the shortest and the longest name that matches
    full_name: int  # letters of a long name
    gate: tuple[float, float]  # below the first likeness other evidence speaks for nobody, above the second fully
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

    def name_evidence(self, likeness: float) -> float:
        """The evidence of a likeness of names, on the straight lines between the points of the curve."""
        curve = self.name_curve
        for (low, start), (high, end) in pairwise(curve):
            if likeness <= high:
                return start + (end - start) * (likeness - low) / (high - low)
        return curve[-1][1]

    def openness(self, likeness: float) -> float:
        """The share of evidence other than names that may speak for a person, 0 to 1."""
        low, high = self.gate
        return min(1.0, max(0.0, (likeness - low) / (high - low)))


MODEL = Model(
    version="screening-1",
    names=NameRules(),
    name_curve=((0.0, -5.0), (0.45, -4.5), (0.6, -3.0), (0.72, -1.0), (0.85, 1.0), (1.0, 2.4)),
    name_length=0.6,
    full_name=24,
    gate=(0.5, 0.75),
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
