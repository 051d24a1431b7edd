"""Errors people and readers make: misread characters, exchanged letters, other spellings, half-known dates."""

from __future__ import annotations

from random import Random

from tripoint.demo.dice import pick, share
from tripoint.words.dates import PartialDate

# What is written for what stands there: the pairs eyes and readers confuse.
MISREAD = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B", "B": "8", "S": "5", "Z": "2", "G": "6"}
SHORTEST_TO_SLIP = 5  # letters of a word in which one slip leaves enough to know it by


def misread(throw: Random, mark: str, keep: int = 2) -> str:
    """A number with one character read for another; the first `keep` stay. Without such a character it stays whole."""
    places = [at for at, character in enumerate(mark) if at >= keep and character in MISREAD]
    if not places:
        return mark
    at = throw.choice(places)
    return mark[:at] + MISREAD[mark[at]] + mark[at + 1 :]


def spaced(throw: Random, mark: str) -> str:
    """The same number as people type it: in small letters, with a blank or a hyphen."""
    at = throw.randrange(1, len(mark))
    typed = mark[:at] + throw.choice((" ", "-", "")) + mark[at:]
    return typed.lower() if share(throw, 0.3) else typed


def slip_in_name(throw: Random, name: str) -> str:
    """A name with one slip in its longest word: two letters exchanged, one left out, doubled, or struck beside."""
    words = name.split()
    at = max(range(len(words)), key=lambda each: len(words[each]))
    if len(words[at]) < SHORTEST_TO_SLIP:
        return name
    words[at] = slip_in_word(throw, words[at])
    return " ".join(words)


def slip_in_word(throw: Random, word: str) -> str:
    """One slip inside a word; its first and last letter stay."""
    at = throw.randrange(1, len(word) - 2)
    kind = throw.choice(("exchanged", "left out", "doubled", "struck beside"))
    if kind == "exchanged":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    return word[:at] + BESIDE.get(word[at], word[at]) + word[at + 1 :]


# Keys beside each other; a vowel is struck for a vowel, as most such errors sound right to who makes them.
BESIDE = dict(zip("aeioubcdfglmnrstv", "eiouavxsgfknmtadb", strict=True)) | {"s": "z", "z": "s"}


def another_order(name: str) -> str:
    """Family names first, in capitals, as documents print them."""
    words = name.split()
    half = (len(words) + 1) // 2
    return f"{' '.join(words[half:]).upper()} {' '.join(words[:half])}"


def known_birth(throw: Random, birth: PartialDate) -> str:
    """A date of birth as an officer enters it: mostly whole, else what is readable."""
    kind = pick(throw, (("whole", 80), ("month", 7), ("year", 13)))
    if kind == "whole" or birth.month is None:
        return str(PartialDate(birth.year, birth.month, birth.day))
    return f"{birth.year:04d}-{birth.month:02d}" if kind == "month" else f"{birth.year:04d}"
