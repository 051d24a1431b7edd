"""Screening of people: keys that find candidates, and an explained score for each. Reads and writes nothing."""

from tripoint.engines.screening.finding import FieldComparison, Finding, Grade, Reason, Verdict
from tripoint.engines.screening.keys import Key, question_keys, record_keys
from tripoint.engines.screening.model import MODEL, Model
from tripoint.engines.screening.score import PreparedPerson, hopeless, plausible, prepare, score

__all__ = [
    "MODEL", "FieldComparison", "Finding", "Grade", "Key", "Model", "PreparedPerson", "Reason", "Verdict",
    "hopeless", "plausible", "prepare", "question_keys", "record_keys", "score",
]  # fmt: skip
