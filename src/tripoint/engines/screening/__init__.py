"""Screening of people: an explained score for each, and the compiled one for many. Reads and writes nothing."""

from tripoint.engines.screening.finding import AlignedWords, FieldComparison, Finding, Grade, Manner, Reason, Verdict
from tripoint.engines.screening.model import MODEL, Model
from tripoint.engines.screening.score import PreparedPerson, names_alone, prepare, score

__all__ = [
    "MODEL", "AlignedWords", "FieldComparison", "Finding", "Grade", "Manner", "Model", "PreparedPerson",
    "Reason", "Verdict", "names_alone", "prepare", "score",
]  # fmt: skip
