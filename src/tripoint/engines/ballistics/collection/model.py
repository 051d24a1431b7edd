"""What a search of a collection gives: how much was searched, and who is most alike."""

from __future__ import annotations

from dataclasses import dataclass

from tripoint.engines.ballistics.comparing.model import Comparison


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mark of the collection, `rank` from 1. `one` of the comparison is the question, `other` this mark.

    `score`, 0 to 1, is the similarity of the comparison above the background of this question: what the middle of all
    that were fully scored reached. `stage1` is the correlation of the exhaustive search in robust spreads above the
    middle of all that were searched.
    """

    id: str
    rank: int
    score: float
    stage1: float
    comparison: Comparison

    @property
    def congruent_cells(self) -> int:
        """Of the comparison."""
        return self.comparison.congruent_cells


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer to one question: marks searched at every rotation, those compared cell by cell, the best of these.

    Both counts are of marks the asker may know of. `reasons` are codes why nothing was searched.
    """

    searched: int
    fully_scored: int
    candidates: tuple[Candidate, ...]
    reasons: tuple[str, ...] = ()
