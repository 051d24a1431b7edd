"""The scorer as bulk work calls it: two names with reasons, and many pairs of persons at once without."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening import score
from tripoint.engines.screening.compare import score_pairs
from tripoint.engines.screening.people import People
from tripoint.words.people import PersonDescription, PersonName

Pairs = npt.NDArray[np.int32]  # [n, 2] rows of the left and of the right persons
Scores = npt.NDArray[np.float32]


def score_names(asked: str, held: str) -> tuple[float, tuple[str, ...]]:
    """How alike two names are, 0 to 1, and why, in sentences."""
    finding = score(*(PersonDescription((PersonName(name),)) for name in (asked, held)))
    return finding.score, tuple(reason.words for reason in finding.reasons)


def score_batch(left: People, right: People, pairs: Pairs) -> Scores:
    """The score of each pair, 0 to 1, the left person as the one asked for."""
    return score_pairs(left, right, pairs)
