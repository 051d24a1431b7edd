"""Whole columns of reported amounts weighed at once: each different report once, and the answers laid out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripoint.engines.amounts.weighing import MICROGRAM, Reported, Weighed, weigh

Codes = NDArray[np.int64]
NOTHING = -1  # micrograms of a row that has none


@dataclass(frozen=True, slots=True)
class Columns:
    """Reports as columns of codes into lists of texts: row i says `amounts[amount[i]]`, and so on."""

    amount: Codes
    unit: Codes
    drug: Codes
    amounts: Sequence[str]
    units: Sequence[str]
    drugs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Weights:
    """What became of each row: its place among the different answers, and its weight in micrograms (-1: none)."""

    which: Codes
    answers: tuple[Weighed, ...]
    micrograms: Codes

    @property
    def above(self) -> NDArray[np.bool_]:
        """Of each row, whether a gate asks about it."""
        return np.array([one.above for one in self.answers], dtype=np.bool_)[self.which]


def weigh_many(columns: Columns) -> Weights:
    """Every row weighed; sums of the micrograms are whole numbers, so that they are the same in any order."""
    units, amounts = len(columns.units), len(columns.amounts)
    joined = (columns.drug * units + columns.unit) * amounts + columns.amount
    different, which = np.unique(joined, return_inverse=True)
    answers = tuple(
        weigh(Reported(columns.amounts[code % amounts], columns.units[code // amounts % units],
                       columns.drugs[code // amounts // units]))
        for code in different.tolist()
    )  # fmt: skip
    weights = np.array([micrograms(one) for one in answers], dtype=np.int64)
    return Weights(which.astype(np.int64), answers, weights[which])


def micrograms(answer: Weighed) -> int:
    """A weight in whole micrograms; -1 where there is none."""
    return NOTHING if answer.kilograms is None else int(answer.kilograms / MICROGRAM)
