"""The sounds in which words of names are compared: one number for a letter, or for letters that are written for one.

A word stays as spelt but for pairs such as `sh` and `kh`, which stand for one sound in most romanisations. How
likely one sound is written for another is learned from names (costs.py); this only cuts words into sounds.
"""

from __future__ import annotations

import re
from functools import lru_cache

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TOGETHER = ("sh", "ch", "kh", "gh", "zh", "ph", "th", "dh", "ts", "dz", "dj", "ck", "sch", "tch", "ng", "ou",
            "oo", "ee")  # fmt: skip
SPELT = ("", *LETTERS, "0", *TOGETHER)  # number -> spelling; 0 is no sound, all digits are one
SOUNDS = len(SPELT)
SAME_AS = {"tz": "ts", "cz": "ch", "tsch": "tch", "shch": "sch", "gj": "dj"}
NUMBER = {spelling: at for at, spelling in enumerate(SPELT)} | {str(digit): SPELT.index("0") for digit in range(10)}
NUMBER |= {spelling: NUMBER[other] for spelling, other in SAME_AS.items()}
CUT = re.compile("|".join(sorted((*TOGETHER, *SAME_AS), key=len, reverse=True)) + "|[a-z0-9]")
MOST_SOUNDS = 32  # of one word; nobody's name is longer, but what a document runs together may be


DOUBLED = re.compile(r"([abcdfghijklmnpqrstuvwxyz])\1+")  # ee and oo are sounds of their own


@lru_cache(65_536)
def sounds(word: str) -> bytes:
    """The numbers of a word's sounds, at most 32; a doubled letter is one.

    In: a word of `words.names.readings`; other signs fall away. A word such as `ng` stays two letters: what has one
    sound is compared as an initial.
    """
    found = CUT.findall(DOUBLED.sub(r"\1", word))[:MOST_SOUNDS]
    return bytes(NUMBER[sound] for sound in (found if len(found) > 1 else "".join(found)))


def spell(numbers: bytes) -> str:
    """The sounds as letters again, for people to read."""
    return "".join(SPELT[number] for number in numbers)
