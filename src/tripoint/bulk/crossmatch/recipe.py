"""The recipe of a crossmatch: what makes two records worth comparing, and which comparisons are told.

Every engine carries out the same five steps and gives the same pairs:

1. each record emits its keys, those of the left list what a question would look up and what a record is filed under;
2. records that share keys meet: for each left record its rarest keys first, within a budget of right records;
3. the weights of the keys that two records share add up, and the best `keep` right records of each left one stay;
4. the scorer of live checks scores these pairs, the left record as the one asked for;
5. pairs from the least score on are told, the best first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

LINKED = 0.78  # where links between two official lists are told best (docs/quality/names.md)
Tell = Callable[[str, int, int], None]  # the step in words, how much of it is done, of how much


class Match(NamedTuple):
    """Two entries that may be one person: their ids, and the score from 0 to 1."""

    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices of a crossmatch.

    `least` is the score from which pairs are told, 0 to 1. A key that more than `shared_by` right records share joins
    nobody, unless it is the rarest that a record has: then with the first `keep` of them, so that a million records of
    one name cost no more than as many of different ones. `budget` is how many right records the keys of one left
    record may meet. `within` matches a list against itself: each pair once, no entry with itself.
    """

    least: float = LINKED
    shared_by: int = 2_000
    budget: int = 4_000
    keep: int = 40
    within: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.least <= 1:
            raise ValueError(f"the least score {self.least} lies outside 0 to 1")
        if not 0 < self.keep <= self.shared_by <= self.budget:
            raise ValueError("keep, shared_by and budget must be positive and rise in this order")


def silently(step: str, done: int, of: int) -> None:
    """Tell nobody."""
