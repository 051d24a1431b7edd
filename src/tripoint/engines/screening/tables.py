"""What the compiled comparison of names reads and writes: columns of people, tables of sounds, scratch space."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
MOST_WORDS, MOST_SOUNDS = 10, 32
FEATURES = 11
ROW = 2 * MOST_SOUNDS + 2  # sounds of two words run together, and room before the first
REMEMBERED = 4_096  # pairs of words whose likeness a thread keeps; a power of two


class Columns(NamedTuple):
    """The columns of `People` that the comparison reads, see there."""

    names: Column
    words: Column
    letters: Column
    letter: Column
    script: Column
    name_flags: Column
    word_known: Column
    word_groups: Column
    spelling: Column
    sex: Column
    births: Column
    birth: Column
    countries: Column
    country: Column
    papers: Column
    paper: Column


class Tables(NamedTuple):
    """Log-odds of sounds, [2k, s, s]: for each script table k as Latin against it, then turned; 0 is no sound.

    `most` is the best of each sound [2k, 2, s] on either side; `partners` the sounds for which it is well written, a
    bit each, and `rest` what it is worth at most where none of them is met. `usual` is what share of the best a true
    match reaches, [k]; `spelt` the letters of each sound, [s, 3], 0 for none.
    """

    costs: Column
    most: Column
    partners: Column
    rest: Column
    usual: Column
    spelt: Column


class Room(NamedTuple):
    """Scratch space for one thread and one set of tables, so that nothing is allocated for each pair."""

    rows: Column  # float32 [3 * ROW]
    typed: Column  # uint8 [2, 12] letters where two words part
    worth: Column  # float32 [3, MOST_WORDS, MOST_WORDS] log-odds: one to one, two left, two right
    share: Column  # float32 the same as a share of what a true match reaches
    best: Column  # float32 [2, MOST_WORDS] what each word is worth
    sounds: Column  # uint64 [2, MOST_WORDS] the sounds of each word, a bit each
    choice: Column  # int32 [3 * MOST_WORDS * MOST_WORDS, 3] kind, left, right of the pairs that may stand
    weight: Column  # float32 what each of them weighs
    pairs: Column  # int32 [MOST_WORDS, 5] left, right, kind; how many words on each side
    features: Column  # float32 [FEATURES]
    keys: Column  # uint64 [REMEMBERED] which pair of words is remembered, 0 none
    kept: Column  # float32 [REMEMBERED, 2] its worth and its share


def room() -> Room:
    """New scratch space."""
    layers, choices = (3, MOST_WORDS, MOST_WORDS), 3 * MOST_WORDS * MOST_WORDS
    return Room(
        np.zeros(3 * ROW, np.float32), np.zeros((2, 12), np.uint8), np.zeros(layers, np.float32),
        np.zeros(layers, np.float32), np.zeros((2, MOST_WORDS), np.float32), np.zeros((2, MOST_WORDS), np.uint64),
        np.zeros((choices, 3), np.int32), np.zeros(choices, np.float32), np.zeros((MOST_WORDS, 5), np.int32),
        np.zeros(FEATURES, np.float32), np.zeros(REMEMBERED, np.uint64), np.zeros((REMEMBERED, 2), np.float32),
    )  # fmt: skip
