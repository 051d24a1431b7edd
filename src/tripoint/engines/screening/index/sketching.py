"""Sketches of names: three numbers a reading, by which thousands of rows are ranked before any is scored.

The bits of the first two stand for pairs of neighbouring sounds, those of the third for pairs of neighbouring
consonants. Two sketches share about as many bits as the readings share pairs, whatever the order of words.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled
from tripoint.engines.screening.people import People

Column = npt.NDArray[Any]
WIDTH = 3
SPREAD, FIVE, LETTER, ONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(5), np.uint64(31), np.uint64(1)
ODD, PAIRS, NIBBLES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
BYTES = np.uint64(0x0101010101010101)
ALIKE = 1_000  # the resemblance of readings with equal sketches


def sketches(people: People) -> Column:
    """The sketch of every reading, uint64 [readings, 3]."""
    out = np.zeros((len(people.script), WIDTH), dtype=np.uint64)
    with np.errstate(over="ignore"):  # meant, where it runs uncompiled
        draw(people.words, people.letters, people.letter, people.bones, out)
    out.flags.writeable = False
    return out


@compiled
def draw(words: Column, letters: Column, letter: Column, bones: Column, out: Column) -> None:
    """Sets the bits of every reading."""
    for reading in range(len(words) - 1):
        for word in range(words[reading], words[reading + 1]):
            before = np.uint64(0)
            for at in range(letters[word], letters[word + 1]):
                before = mark(out, reading, before, np.uint64(letter[at]), False)
            mark(out, reading, before, np.uint64(0), False)
            before, rest = np.uint64(0), bones[word]
            while rest:
                before = mark(out, reading, before, rest & LETTER, True)
                rest >>= FIVE
            mark(out, reading, before, np.uint64(0), True)


@compiled
def mark(out: Column, reading: int, one: Any, other: Any, bone: bool) -> Any:
    """Sets the bit of two neighbours; the second of them."""
    bit = ((one * np.uint64(64) + other + ONE) * SPREAD) >> np.uint64(57)
    place = np.int64(2) if bone else np.int64(bit >> np.uint64(6))
    out[reading, place] |= ONE << (bit & np.uint64(63))
    return other


@compiled
def ones(value: Any) -> Any:
    """How many bits are set."""
    value = value - ((value >> ONE) & ODD)
    value = (value & PAIRS) + ((value >> np.uint64(2)) & PAIRS)
    value = (value + (value >> np.uint64(4))) & NIBBLES
    return np.int64((value * BYTES) >> np.uint64(56))


@compiled
def resemblance(asked: Column, sketch: Column, begin: int, end: int) -> int:
    """How alike the likest two readings are, 0 to 1,000: those asked, and those held from `begin` to `end`."""
    best = 0.0
    for held in range(begin, end):
        first, second, third = sketch[held, 0], sketch[held, 1], sketch[held, 2]
        letters, bones = ones(first) + ones(second), ones(third)
        for one in range(len(asked)):
            mine = ones(asked[one, 0]) + ones(asked[one, 1])
            both = ones(first & asked[one, 0]) + ones(second & asked[one, 1])
            shared, my_bones = ones(third & asked[one, 2]), ones(asked[one, 2])
            alike = share(both, mine, letters) + share(shared, my_bones, bones)
            best = max(best, alike)
    return int(best * ALIKE / 2)


@compiled
def share(both: int, one: int, other: int) -> float:
    """What two sets share, 0 to 1: between the share of the two together and that of the smaller."""
    if both == 0:
        return 0.0
    return both / (one + other) + 0.5 * both / min(one, other)
