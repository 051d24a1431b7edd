"""Invented people for the tests of the index, and a plain scorer that needs no other part."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.index import Batch
from tripoint.engines.screening.people import People, encode
from tripoint.words.dates import PartialDate
from tripoint.words.people import PersonDescription, PersonName

SYLLABLES = "ba do ka lin mar nu pe ras so tev vil yo zan gri hol fe dun sha".split()  # noqa: SIM905


def named(*names: str, births: tuple[PartialDate, ...] = ()) -> PersonDescription:
    return PersonDescription(tuple(map(PersonName, names)), births)


def invented(dice: Random) -> PersonDescription:
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(dice.randint(2, 3))]
    return named(" ".join(words), births=(PartialDate(dice.randint(1940, 2005), dice.randint(1, 12), 7),))


def people(count: int, seed: int = 1) -> list[PersonDescription]:
    dice = Random(seed)
    return [invented(dice) for _ in range(count)]


def reference(number: int) -> bytes:
    return number.to_bytes(16, "big")


def references(numbers: Sequence[int]) -> npt.NDArray[Any]:
    return np.frombuffer(b"".join(map(reference, numbers)), dtype=np.uint8).reshape(-1, 16)


def batch(persons: Sequence[PersonDescription], first: int = 0, audiences: Sequence[int] | None = None) -> Batch:
    """A batch of persons under the references first, first + 1, ..., by default all of audience 0."""
    own = np.array(audiences if audiences is not None else [0] * len(persons), dtype=np.int32)
    return Batch(references(range(first, first + len(persons))), own, encode(persons))


def shared_words(question: People, held: People, pairs: npt.NDArray[Any], least: float = 0.0) -> npt.NDArray[Any]:
    """Of the words of a question the share that a person held has too; the weight of a letter, for fewer ties."""
    asked = set(question.spelling.tolist())
    scores = []
    for _, row in pairs.tolist():
        begin, end = held.names[row], held.names[row + 1]
        words = held.spelling[held.words[begin] : held.words[end]].tolist()
        scores.append(len(asked & set(words)) / (len(asked) or 1))
    return np.array(scores, dtype=np.float32)
