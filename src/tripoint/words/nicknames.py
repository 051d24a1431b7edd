"""Given names that stand for each other: one name in many languages, short and pet forms, names after a father."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import StrEnum
from functools import cache, lru_cache

from tripoint.words.compounds import compounds
from tripoint.words.han_tables import rows_of

PATRONYMIC = re.compile(
    r"(?:[oe]v|[oe]w|yev|jev|ov|iv|y)(?:ich|ych|itch|icz|yc|its)$"  # -ovich, -evich, -ovych; a bare -ic is no sign
    r"|(?:[oe]v|[iy]v|yev|jev|ow|ew)n[ay]$|ichna$"
    r"|(?:ogl[iuy]|oglu|oghlu|ogly|qizi|kizi|kyzy|gizi|qyzy|uly|uulu|zoda|zadeh|zade|zada|tegin|dottir)$"
)
SHORT_ONES = frozenset({"ilyich", "ilich", "kuzmich", "fomich", "nikitich", "lukich"})
SHORTEST_STEM = 3  # letters before the ending; less is the ending alone


class Kinship(StrEnum):
    """How two given names belong together: the same name spelt in another language, or a pet form of it."""

    SPELLING = "spelling"
    NICKNAME = "nickname"


@cache
def groups() -> tuple[dict[str, tuple[int, ...]], tuple[Kinship, ...]]:
    """The groups each word is in, and what each group is; words are spelt as readings spell them."""
    members: dict[str, list[int]] = defaultdict(list)
    kinds = []
    for number, row in enumerate(rows_of("nicknames.csv")):
        kinds.append(Kinship(row["kind"]))
        for word in dict.fromkeys(compounds([each])[0] for each in row["words"].split()):
            members[word].append(number)
    return {word: tuple(numbers) for word, numbers in members.items()}, tuple(kinds)


def nickname_group(word: str) -> tuple[int, ...] | None:
    """The numbers of the groups a word of a reading is in, or None; two words that share a number may be one name."""
    return groups()[0].get(word)


def kind_of_group(number: int) -> Kinship:
    """What a group of `nickname_group` holds: spellings of one name, or pet forms."""
    return groups()[1][number]


@lru_cache(65_536)
def kinship(word: str, other: str) -> Kinship | None:
    """How two different words belong together, the stronger way first; None where no group holds both."""
    shared = set(nickname_group(word) or ()) & set(nickname_group(other) or ())
    return min((kind_of_group(number) for number in shared), key=list(Kinship).index, default=None)


@lru_cache(65_536)
def patronymic(word: str) -> bool:
    """Whether a word of a reading is a name after the father: -ovich, -ivna, -oglu, -qizi, -zade, -dottir."""
    found = PATRONYMIC.search(word)
    return word in SHORT_ONES or (found is not None and found.start() >= SHORTEST_STEM)
