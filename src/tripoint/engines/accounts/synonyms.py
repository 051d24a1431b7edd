"""Words that stand for each other in what people tell, over six languages, from the table beside this file."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from tripoint.engines.accounts.cutting import folded

PLURALS = ("s", "es", "x")  # of Spanish, Portuguese, French and English: the table need not name each
Phrase = tuple[str, ...]  # the words of an expression that belong together, mostly one


@cache
def concepts() -> dict[str, tuple[tuple[str, Phrase], ...]]:
    """All expressions of each concept, each with its language."""
    lines = resources.files(__package__).joinpath("synonyms.csv").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[tuple[str, Phrase]]] = {}
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        phrases = [tuple(word.split("_")) for word in row["words"].split()]
        found.setdefault(row["concept"], []).extend((row["language"], phrase) for phrase in phrases)
    return {concept: tuple(phrases) for concept, phrases in found.items()}


@cache
def by_word() -> dict[str, frozenset[str]]:
    """The concepts of each folded word that stands alone for one."""
    found: dict[str, set[str]] = {}
    for concept, phrases in concepts().items():
        for _, phrase in phrases:
            if len(phrase) == 1:
                found.setdefault(folded(phrase[0]), set()).add(concept)
    return {word: frozenset(held) for word, held in found.items()}


def meaning_the_same(word: str) -> tuple[tuple[str, Phrase], ...]:
    """Other expressions, each with its language, for a word of whatever language and accents; none for most words."""
    plain = folded(word)
    forms = {plain, *(plain.removesuffix(ending) for ending in PLURALS)}
    held = sorted(frozenset[str]().union(*(by_word().get(form, frozenset()) for form in forms)))
    return tuple(phrase for concept in held for phrase in concepts()[concept])
