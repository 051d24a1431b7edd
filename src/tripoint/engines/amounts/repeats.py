"""Reports that say the same, or nearly so: flagged for a person to decide, never dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
LARGEST = 2**62
DIGITS = 3  # significant ones, by which two weights are taken for the same


@dataclass(frozen=True, slots=True)
class Repeats:
    """Of each row the first row that says exactly the same, and the first that nearly does; itself where none does.

    Rows count from 0. `exact` compares every column; `near` the same day, place and drug with the same weight to three
    digits, or the same digits with the point elsewhere, as they come of a slip of the unit.
    """

    exact: Codes
    near: Codes


def grouped(columns: Sequence[Codes]) -> Codes:
    """The number of the group of each row: rows with the same codes in every column share one.

    Codes of one column lie within 2^31 of each other.
    """
    joined, width = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        lowest = column.min(initial=0)
        more = int(column.max(initial=0) - lowest) + 1
        if width * more > LARGEST:  # the codes so far are numbered anew before there is no room for more
            _, joined = np.unique(joined, return_inverse=True)
            width = len(joined) + 1
        joined, width = joined * more + (column - lowest), width * more
    return joined


def first_of(groups: Codes) -> Codes:
    """Of each row the first row of its group."""
    _, first, which = np.unique(groups, return_index=True, return_inverse=True)
    return first[which].astype(np.int64)


def digits_of(values: Codes) -> tuple[Codes, Codes]:
    """Whole numbers to three digits: those digits, and the power of ten after them. Nothing below 1 has any."""
    powers = np.floor(np.log10(np.maximum(values, 1))).astype(np.int64) - (DIGITS - 1)
    rounded = np.rint(values / 10.0**powers).astype(np.int64)
    over = rounded >= 10**DIGITS
    return np.where(over, rounded // 10, rounded), powers + over


def find_repeats(everything: Sequence[Codes], same_event: Sequence[Codes], micrograms: Codes) -> Repeats:
    """Which rows repeat another. `everything` are all columns; `same_event` day, country, place and drug.

    Rows without a weight are near to none. Weights of one or two digits say little: a slip of the unit is looked for
    only from three digits on.
    """
    exact = first_of(grouped(everything))
    digits, powers = digits_of(micrograms)
    alone = np.where(micrograms > 0, 0, np.arange(1, len(micrograms) + 1))  # weightless rows stay by themselves
    same = first_of(grouped([*same_event, digits, powers, alone]))
    telling = np.where((digits % 10 != 0) & (micrograms > 0), 0, np.arange(1, len(micrograms) + 1))
    slipped = first_of(grouped([*same_event, digits, telling]))
    near = np.minimum(same, slipped)
    return Repeats(exact, np.where(exact[near] == exact, np.arange(len(near)), near))
