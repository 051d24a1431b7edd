"""Texts cut into words: accents folded, and of Chinese every character and every pair of neighbours.

A Chinese word is most often two characters, and nothing marks where it begins. Trigrams miss such words; a dictionary
misses new ones. Pairs find both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")
LONGEST_WORD = 60  # letters; a longer run is no word, and a lexeme of PostgreSQL has an end
SHORTEST_WORD = 2  # letters left of an elision (l', d', m') find nothing but noise


def runs(text: str) -> Iterator[str]:
    """The words and the runs of Chinese in a text, in small letters, with their accents, in their order."""
    for found in RUN.finditer(unicodedata.normalize("NFKC", text).casefold()):
        run = found[0]
        if is_han(run) or run.isdigit() or SHORTEST_WORD <= len(run) <= LONGEST_WORD:
            yield run


def is_han(run: str) -> bool:
    """Whether a run is Chinese."""
    return IS_HAN.match(run) is not None


def folded(word: str) -> str:
    """A word without its accents: `necocli` for `necoclí`."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def filed(run: str) -> frozenset[str]:
    """Under which forms a run is filed, stems apart: a word folded; of Chinese each character and each pair."""
    return frozenset((*run, *pairs(run))) if is_han(run) else frozenset((folded(run),))


def asked(run: str) -> tuple[str, ...]:
    """The forms that all must be there for a run of a question: its pairs, or the one character or word it is."""
    return pairs(run) if is_han(run) and len(run) > 1 else (folded(run),)


def pairs(run: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters."""
    return tuple(run[at : at + 2] for at in range(len(run) - 1))
