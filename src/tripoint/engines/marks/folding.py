"""What eyes confuse: marks folded into classes, the folded alphabet, and what a confusion costs."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from tripoint.words.documents import FOLDING, fold

__all__ = ["ALPHABET", "CHARACTERS", "IN_CLASS", "KNOWN_CONFUSION", "OTHER", "confusions", "cost", "fold", "told_as"]

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = "".join(one for one in CHARACTERS if one.translate(FOLDING) == one)  # the 26 that folds are written in
# What one character read for another costs. Within a class it is the eye's own doing; see confusions.csv for the rest.
IN_CLASS, KNOWN_CONFUSION, OTHER = 0.25, 0.5, 1.0


@cache
def confusions() -> dict[frozenset[str], str]:
    """The pairs of characters of different classes that are taken for each other, each with why."""
    table = files(__package__).joinpath("confusions.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in table.splitlines() if not line.startswith("//"))
    return {frozenset((row["one"], row["other"])): row["why"] for row in rows}


def cost(one: str, other: str) -> float:
    """What it costs that one character was read for another: 0 to 1, the same either way."""
    if one == other:
        return 0.0
    if fold(one) == fold(other):
        return IN_CLASS
    return KNOWN_CONFUSION if frozenset((one, other)) in confusions() else OTHER


def told_as(one: str, other: str) -> str:
    """Why two characters may have been taken for each other, in words; empty where no reason is known."""
    if fold(one) == fold(other):
        return "they look alike"
    return confusions().get(frozenset((one, other)), "")
