"""How likely one sound is written for another, learned from words that are spellings of one name.

A joint distribution over pairs of sounds, one of which may be none, is estimated from the best alignments
(Ristad and Yianilos 1998, hard EM), starting from what phonetics lets one expect.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled
from tripoint.engines.screening.kernel import SWAP
from tripoint.engines.screening.sounds import MOST_SOUNDS, NUMBER, SOUNDS

Array = npt.NDArray[Any]
Aligned = tuple[bytes, bytes]
PRIOR_PAIRS = 3000.0  # pairs of sounds that the expectation weighs as much as
LEAST_ODDS = -8.0
ROUNDS = 5
LIKE = (
    "b p v f w ph", "k c q g kh gh ch x h ck", "s z sh j zh ts c ch tch sch x dz dj", "d t th dh dz", "l r", "m n ng",
    "a e o", "e i y ee", "o u ou oo w", "i y j", "g j dj zh", "v w u", "r gh", "y ee",
)  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "y", "ou", "oo", "ee")
USUAL = {
    "a": 10, "e": 7, "i": 6.5, "o": 4.5, "u": 4, "n": 6, "r": 5, "l": 4, "s": 4, "m": 4, "h": 3, "d": 3, "t": 3.3,
    "k": 2.7, "b": 2.3, "g": 2, "y": 2, "z": 1.5, "v": 1.5, "f": 1.3, "c": 1.5, "j": 1.3, "p": 1.2, "w": 1, "q": 0.4,
    "sh": 1, "ch": 0.8, "kh": 0.8, "th": 0.5, "ou": 0.6, "oo": 0.4, "ee": 0.4, "dh": 0.15, "ng": 0.6, "0": 0.1,
}  # fmt: skip


def expected() -> Array:
    """What phonetics lets one expect before any name is seen: counts of pairs of sounds, [sounds, sounds]."""
    usual = np.full(SOUNDS, 0.3)
    for sound, often in USUAL.items():
        usual[NUMBER[sound]] = often
    usual[0] = 0.0
    usual /= usual.sum()
    joint = np.diag(0.86 * usual) + 2e-6 * np.outer(usual > 0, usual > 0)
    silent = np.full(SOUNDS, 0.012)
    silent[[NUMBER[sound] for sound in (*VOWELS, "h")]] = 0.06
    joint[0, :] = joint[:, 0] = silent * usual
    for group in LIKE:
        spread(joint, usual, group.split(), 0.05)
    spread(joint, usual, VOWELS, 0.04)
    joint[0, 0] = 0.0
    counts: Array = joint / joint.sum() * PRIOR_PAIRS
    return counts


def spread(joint: Array, usual: Array, alike: Sequence[str], share: float) -> None:
    """Adds to the counts that sounds alike are written for each other."""
    at = np.array([NUMBER[sound] for sound in alike])
    more = share * np.sqrt(np.outer(usual[at], usual[at]))
    np.fill_diagonal(more, 0.0)
    joint[np.ix_(at, at)] += more


def log_odds(counts: Array) -> Array:
    """Of each pair of sounds, the log of how much likelier it is than by chance; of a sound with none, than alone."""
    joint = counts / counts.sum()
    one, other = joint.sum(axis=1), joint.sum(axis=0)
    one[0] = other[0] = 0.0
    one, other = one / one.sum(), other / other.sum()
    one[0] = other[0] = 1.0
    odds = np.log(np.maximum(joint, 1e-12) / np.outer(one, other))
    odds[0, 0] = 0.0
    return np.asarray(np.maximum(odds, LEAST_ODDS))


@compiled
def align(one: Array, other: Array, odds: Array, came: Array, heights: Array, pairs: Array) -> int:
    """The best alignment as pairs of sounds into `pairs`; returns how many, 0 where the words are not alike."""
    n, m = one.shape[0], other.shape[0]
    for i in range(n + 1):
        for j in range(m + 1):
            heights[i, j], came[i, j] = (0.0 if i + j == 0 else -1e9), 0
            if i and j and heights[i - 1, j - 1] + odds[one[i - 1], other[j - 1]] > heights[i, j]:
                heights[i, j], came[i, j] = heights[i - 1, j - 1] + odds[one[i - 1], other[j - 1]], 1
            if i and heights[i - 1, j] + odds[one[i - 1], 0] > heights[i, j]:
                heights[i, j], came[i, j] = heights[i - 1, j] + odds[one[i - 1], 0], 2
            if j and heights[i, j - 1] + odds[0, other[j - 1]] > heights[i, j]:
                heights[i, j], came[i, j] = heights[i, j - 1] + odds[0, other[j - 1]], 3
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                swapped = heights[i - 2, j - 2] + odds[one[i - 1], one[i - 1]] + odds[one[i - 2], one[i - 2]] - SWAP
                if one[i - 1] != one[i - 2] and swapped > heights[i, j]:
                    heights[i, j], came[i, j] = swapped, 4
    if heights[n, m] < 0:
        return 0
    return trace(one, other, came, pairs)


@compiled
def trace(one: Array, other: Array, came: Array, pairs: Array) -> int:
    """The steps of an alignment from its end; letters in each other's place are no evidence of sounds."""
    i, j, found = one.shape[0], other.shape[0], 0
    while i or j:
        step = came[i, j]
        if step == 4:
            i, j = i - 2, j - 2
            continue
        i -= step != 3
        j -= step != 2
        pairs[found, 0] = 0 if step == 3 else one[i]
        pairs[found, 1] = 0 if step == 2 else other[j]
        found += 1
    return found


def learned(words: Sequence[Aligned], prior: Array, *, symmetric: bool) -> Array:
    """The log-odds of sounds after five rounds over pairs of words that are spellings of one name."""
    odds, size = log_odds(prior), 2 * MOST_SOUNDS + 2
    came, heights = np.zeros((size, size), np.int8), np.zeros((size, size))
    steps = np.zeros((2 * size, 2), np.int64)
    both = [(np.frombuffer(one, np.uint8), np.frombuffer(other, np.uint8)) for one, other in words]
    for _ in range(ROUNDS):
        counts = prior.copy()
        for one, other in both:
            found = align(one, other, odds, came, heights, steps)
            np.add.at(counts, (steps[:found, 0], steps[:found, 1]), 1.0)
        odds = log_odds(counts + counts.T - prior if symmetric else counts)
    return odds
