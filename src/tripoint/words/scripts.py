"""The kinds of writing a name may come in, and a name cut into words of one kind each."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice


class Script(IntEnum):
    """A kind of writing, as far as reading names aloud goes; the numbers are stored, so they stay."""

    LATIN = 0
    CYRILLIC = 1
    GREEK = 2  # and Armenian and Georgian: alphabets with all their vowels
    ARABIC = 3
    HEBREW = 4
    HAN = 5
    HANGUL = 6
    KANA = 7
    INDIC = 8  # the syllables of Brahmi's daughters: Devanagari, Bengali, Tamil, Thai, Khmer, Burmese ...
    OTHER = 9


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of a name in one script, as they were written."""

    script: Script
    words: tuple[str, ...]


# First character of a block and its script (The Unicode Standard, Blocks.txt); None ends a block of another kind.
BLOCKS = (
    (0x0000, Script.LATIN), (0x0370, Script.GREEK), (0x0400, Script.CYRILLIC), (0x0530, Script.GREEK),
    (0x0590, Script.HEBREW), (0x0600, Script.ARABIC), (0x0700, Script.OTHER), (0x0750, Script.ARABIC),
    (0x0780, Script.OTHER), (0x0870, Script.ARABIC), (0x0900, Script.INDIC), (0x10A0, Script.GREEK),
    (0x1100, Script.HANGUL), (0x1200, Script.OTHER), (0x1780, Script.INDIC), (0x1800, Script.OTHER),
    (0x1900, Script.INDIC), (0x1C80, Script.CYRILLIC), (0x1C90, Script.GREEK), (0x1CC0, Script.INDIC),
    (0x1D00, Script.LATIN), (0x1F00, Script.GREEK), (0x2000, Script.LATIN), (0x2C00, Script.CYRILLIC),
    (0x2C60, Script.LATIN), (0x2C80, Script.OTHER), (0x2D00, Script.GREEK), (0x2D30, Script.OTHER),
    (0x2DE0, Script.CYRILLIC), (0x2E00, Script.OTHER), (0x2E80, Script.HAN), (0x3040, Script.KANA),
    (0x3100, Script.OTHER), (0x3130, Script.HANGUL), (0x3190, Script.OTHER), (0x31F0, Script.KANA),
    (0x3200, Script.OTHER), (0x3400, Script.HAN), (0xA000, Script.OTHER), (0xA640, Script.CYRILLIC),
    (0xA6A0, Script.OTHER), (0xA720, Script.LATIN), (0xA800, Script.INDIC), (0xA840, Script.OTHER),
    (0xA880, Script.INDIC), (0xA960, Script.HANGUL), (0xA980, Script.INDIC), (0xAB00, Script.OTHER),
    (0xAB30, Script.LATIN), (0xAB70, Script.OTHER), (0xABC0, Script.INDIC), (0xAC00, Script.HANGUL),
    (0xD800, Script.OTHER), (0xF900, Script.HAN), (0xFB00, Script.LATIN), (0xFB13, Script.GREEK),
    (0xFB1D, Script.HEBREW), (0xFB50, Script.ARABIC), (0xFE00, Script.OTHER), (0xFE70, Script.ARABIC),
    (0xFF00, Script.LATIN), (0xFF66, Script.KANA), (0xFFA0, Script.HANGUL), (0xFFE0, Script.OTHER),
    (0x11000, Script.INDIC), (0x11D00, Script.OTHER), (0x1B000, Script.KANA), (0x1B170, Script.OTHER),
    (0x1D400, Script.LATIN), (0x1D800, Script.OTHER), (0x20000, Script.HAN), (0x40000, Script.OTHER),
)  # fmt: skip
STARTS = [start for start, _ in BLOCKS]
MOST_WORDS, LONGEST_WORD = 32, 64  # what is read of a name; more is no name
BREAK, JOINER = "break", "joiner"
# Marks that stand inside a word: apostrophes, geresh, tatweel, joiners, marks of direction, the mark of long vowels.
INSIDE = frozenset(
    "'`´ʼʻ‘’ʾʿ״׳\u0640\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff" + "".join(map(chr, range(0x202A, 0x206A)))
)
SYLLABIC = frozenset({Script.HAN, Script.HANGUL, Script.KANA})


class Kinds(dict[str, Script | str]):
    """What each character is: the script of a letter, a joiner (mark or digit of the word it is in), or a break."""

    def __missing__(self, letter: str) -> Script | str:
        self[letter] = kind = kind_of(letter)
        return kind


def kind_of(letter: str) -> Script | str:
    """The script of one letter, `JOINER` for marks, digits and apostrophes, `BREAK` for what parts words."""
    category = unicodedata.category(letter)
    if letter == "ー":
        return Script.KANA
    if letter in INSIDE or category[0] == "M" or category in ("Nd", "Cf"):
        return JOINER
    if category[0] == "L" or category in ("Nl", "No"):
        return BLOCKS[bisect_right(STARTS, ord(letter)) - 1][1]
    return BREAK


KINDS = Kinds()


def runs(text: str) -> list[Run]:
    """A name in runs of neighbouring words of one script; Han, Hangul and kana part from what they are written with.

    At most 32 words, of each its first 64 characters.
    """
    found: list[tuple[Script, list[str]]] = []
    for word, script in islice(words_of(text), MOST_WORDS):
        if found and found[-1][0] is script:
            found[-1][1].append(word[:LONGEST_WORD])
        else:
            found.append((script, [word[:LONGEST_WORD]]))
    return [Run(script, tuple(words)) for script, words in found]


def words_of(text: str) -> Iterator[tuple[str, Script]]:
    """The words of a text, each with its script: that of its first letter, marks and digits go along."""
    begun, script = 0, None
    for place, letter in enumerate(text):
        kind = KINDS[letter]
        if kind is JOINER or kind is script:
            continue
        if isinstance(kind, Script) and (script is None or not (kind in SYLLABIC or script in SYLLABIC)):
            script = kind if script is None else script
            continue
        if place > begun:
            yield text[begun:place], script or Script.LATIN
        begun, script = (place + 1, None) if kind is BREAK else (place, kind if isinstance(kind, Script) else None)
    if len(text) > begun:
        yield text[begun:], script or Script.LATIN
