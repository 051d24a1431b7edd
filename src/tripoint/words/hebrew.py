"""Names in Hebrew letters read aloud: each of the letters with two sounds one way and the other.

Short vowels are mostly not written; waw and yod stand for o, u and i, or for v and y, by their places.
"""

from __future__ import annotations

import re

from tripoint.words.letters import spellings

MARKS = re.compile("[\u0591-\u05c7\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
FINALS = str.maketrans("ךםןףץ", "כמנפצ")
GERESH = re.compile("[׳'`´’‘ʼ]")
# Letters with a geresh are foreign sounds; Yiddish pairs are vowels; a double waw is a consonant.
PAIRS = (("ג'", "j"), ("ז'", "zh"), ("צ'", "ch"), ("ת'", "th"), ("ד'", "dh"), ("ח'", "kh"), ("ע'", "gh"), ("ר'", "gh"),
         ("טש", "ch"), ("דז'", "j"), ("ײ", "ei"), ("ױ", "oy"), ("װ", "w"))  # fmt: skip
LETTERS = "אבגדהוזחטיכלמנסעפצקרשת"
HARD = dict(zip(LETTERS, spellings("a b g d h o z h t i k l m n s a p ts k r sh t"), strict=True))
SOFT = HARD | dict(zip("בוחכפשת", spellings("v u ch ch f s th"), strict=True))
SMALL_WORDS = {"בן": "ben", "בר": "bar", "בת": "bat", "אבו": "abu", "אל": "al", "דר": "dr", "רב": "rav"}


def read_hebrew(words: tuple[str, ...]) -> list[list[str]]:
    """The readings of neighbouring words of Hebrew: soft where a word ends, hard, and soft with s for sh."""
    plain = [MARKS.sub("", word) for word in words]
    ways = ((HARD, True, "v"), (HARD, False, "w"), (SOFT, True, "v"))
    return [[aloud(word, *way) for word in plain] for way in ways]


def aloud(word: str, table: dict[str, str], by_place: bool, waw: str) -> str:
    """One word: `by_place` makes b, p and k soft at its end; `waw` is how a double or first waw sounds."""
    if word in SMALL_WORDS:
        return SMALL_WORDS[word]
    word = GERESH.sub("'", word)
    for pair, sound in PAIRS:
        word = word.replace(pair, sound)
    word = re.sub("['״\"]", "", word).translate(FINALS)
    word = word.replace("וו", "W").replace("יי", "Y")
    spelt = ""
    for place, letter in enumerate(word):
        spelt += letter_aloud(letter, word[max(0, place - 1) : place], word[place + 1 : place + 2], table, waw)
    return spelt[:-1] + SOFT[word[-1]] if by_place and len(word) > 1 and word[-1] in "בפכ" else spelt


def letter_aloud(letter: str, before: str, after: str, table: dict[str, str], waw: str) -> str:
    """One letter between its neighbours; empty text stands for no neighbour."""
    if letter in "WY":
        return waw if letter == "W" else "ay"
    if (
        letter == "ו"
        and before != "א"
        and ((not before and after) or (after and after in ("אוהי" if waw == "w" else "וה")))
    ):
        return waw
    if letter == "י" and after and (not before or after in "אוהW"):
        return "y"
    if letter == "ה" and not after and before:
        return "a"
    if letter == "א" and (after == "ו" or (after == "י" and not before)):
        return ""
    return HARD[letter] if letter in "בפכ" and not before else table.get(letter, letter)
