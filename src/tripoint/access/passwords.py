"""Passwords that anybody tries first: well-known ones, rows of keys, one piece over and over, the hub's own words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

FOLDED = str.maketrans({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn", "01234567890123456789", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)  # fmt: skip
LEAST_DIFFERENT = 5  # signs
LEAST_OWN = 6  # letters and digits that are in no word of the list


def guessable(password: str, sign_in_name: str) -> bool:
    """Whether a password is among the first that a guesser tries.

    That is: it holds the sign-in name, has too few different signs, repeats one piece, or hardly anything is left of
    it once well-known passwords, words of the house, rows of keys and numbers are taken out.
    """
    small = password.lower()
    local = sign_in_name.partition("@")[0].lower()
    if local and local in small:
        return True
    if len(set(small)) < LEAST_DIFFERENT or repeats(small):
        return True
    return min(len(own_part(small)), len(own_part(small.translate(FOLDED)))) < LEAST_OWN


def repeats(text: str) -> bool:
    """Whether the text is one piece, at most a third of it, again and again."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 3 + 1))


def own_part(text: str) -> str:
    """What is left without well-known words, rows of keys, numbers and signs."""
    rest = re.sub(r"[\W\d_]+", " ", without_rows(text))
    for word in well_known():
        rest = rest.replace(word, " ")
    return "".join(piece for piece in rest.split() if len(piece) > 1)


def without_rows(text: str) -> str:
    """The text without runs of four or more keys that stand side by side, forwards or backwards."""
    rows = [way for row in ROWS for way in (row, row[::-1])]
    at, kept = 0, []
    while at < len(text):
        size = max((run_of(text, at, row) for row in rows), default=0)
        if size < 4:
            kept.append(text[at])
        at += size if size >= 4 else 1
    return "".join(kept)


def run_of(text: str, at: int, row: str) -> int:
    """How many signs from `at` on follow a row of keys."""
    size = 0
    while at + size < len(text) and text[at : at + size + 1] in row:
        size += 1
    return size


@cache
def well_known() -> tuple[str, ...]:
    """Words of well-known passwords and of the house, longest first (`well_known.txt` beside this file)."""
    lines = files("tripoint.access").joinpath("well_known.txt").read_text(encoding="utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
