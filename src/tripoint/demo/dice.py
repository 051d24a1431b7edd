"""Chance that can be repeated: every invented thing is drawn from dice named after it and the seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def dice(seed: int, *what: object) -> Random:
    """Dice of their own for one purpose: the same seed and purpose give the same throws on every machine.

    Nothing secret is drawn with them; passwords and identifiers come from elsewhere.
    """
    return Random("/".join(map(str, (seed, *what))))  # noqa: S311 - invented data, to be repeated


def pick(throw: Random, weighted: Sequence[tuple[T, float]]) -> T:
    """One of several by weight."""
    things, weights = zip(*weighted, strict=True)
    chosen: T = throw.choices(things, weights)[0]
    return chosen


def share(throw: Random, part: float) -> bool:
    """True in `part` (0 to 1) of all throws."""
    return throw.random() < part
