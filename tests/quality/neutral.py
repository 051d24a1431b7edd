"""Candidates by shared three-letter pieces of names: a search that belongs to no scorer, for those that have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tests.quality.persons import Person
from tests.quality.split import words
from tripoint.words.names import latin


class PieceSearch:
    """The listed people by the pieces of their names."""

    def __init__(self, listed: Sequence[Person]) -> None:
        self.people = len(listed)
        filed: dict[str, set[int]] = defaultdict(set)
        for at, person in enumerate(listed):
            for name, _ in person.names:
                for piece in pieces(name):
                    filed[piece].add(at)
        self.filed = {piece: np.array(sorted(at), np.int32) for piece, at in filed.items()}

    def find(self, name: str, most: int) -> npt.NDArray[np.int64]:
        """The places of at most `most` people, those with the most and rarest pieces in common first."""
        weight = np.zeros(self.people)
        for piece in sorted(pieces(name)):  # in one order always, for sums of weights differ by theirs
            at = self.filed.get(piece)
            if at is not None:
                weight[at] += np.log(1 + self.people / len(at))
        best = np.argsort(-weight, kind="stable")[:most]
        return best[weight[best] > 0]


def pieces(name: str) -> set[str]:
    """The three-letter pieces of each word, its beginning and end marked."""
    return {f"^{word}$"[at : at + 3] for word in words(latin(name)) for at in range(len(word))}
