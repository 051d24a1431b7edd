"""Names in the Indian scripts and Khmer read aloud, by the names Unicode gives their letters.

The letters of Indian scripts are named after their sounds in Unicode, so one rule reads them all: a consonant carries
an `a` unless a vowel sign or a virama follows; Hindi and its kin leave the last unsaid.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from anyascii import anyascii

from tripoint.words.siamese import burmese, thai

NAMED = re.compile(r"(LETTER|VOWEL SIGN|SIGN|INDEPENDENT VOWEL|VOWEL|CONSONANT SIGN|AU LENGTH MARK) ?(.*)$")
SOUNDS = {
    "AA": "a", "II": "i", "UU": "u", "EE": "e", "OO": "o", "VOCALIC R": "ri", "VOCALIC RR": "ri", "VOCALIC L": "li",
    "CANDRA E": "e", "CANDRA O": "o", "SHORT E": "e", "SHORT O": "o", "AAM": "am", "YY": "y", "QAA": "a", "QA": "a",
    "NGA": "nga", "NYA": "nya", "CA": "cha", "CHA": "chha", "CO": "cho", "SSA": "sha", "SHA": "sha", "TTA": "ta",
    "TTHA": "tha",
    "DDA": "da", "DDHA": "dha", "NNA": "na",
    "NNNA": "na", "LLA": "la", "LLLA": "la", "RRA": "ra", "DDDHA": "rha",
    "RHA": "rha", "YYA": "ya", "MO": "mo", "QQA": "a",
}  # fmt: skip
NASALS = frozenset({"ANUSVARA", "CANDRABINDU", "TIPPI", "BINDI", "NIKAHIT"})
SILENT_SIGNS = frozenset({"VIRAMA", "COENG", "ASAT", "PULLI", "AL-LAKUNA", "VIRIAM"})
# Scripts whose languages leave the last `a` of a word unsaid.
SHORTENED = ("DEVANAGARI", "BENGALI", "GUJARATI", "GURMUKHI", "ORIYA", "KHMER")

LAST_VOWEL = re.compile(
    "(?<=[aeiou][^aeiou])[ao]$|(?<=[aeiou](?:[kgcjtdpbs]h|ng|ny))[ao]$|(?<=n[gd])[ao]$|(?<=ngh)[ao]$"
)
MIDDLE_VOWEL = re.compile("([aeiou](?:[kgcjtdpb]h?|[nmrlvsyh]|sh|ng))[ao]((?:[kgcjtdpb]h?|[nmrlvsyh]|sh)[aeiou])")


def read_brahmic(words: tuple[str, ...]) -> list[list[str]]:
    """The readings of neighbouring words; where final vowels may be unsaid, without and with them."""
    text = "".join(words)
    if any("\u0e00" <= letter <= "\u0eff" for letter in text):
        return [[thai(word) for word in words]]
    if any("\u1000" <= letter <= "\u109f" for letter in text):
        return [[syllable for word in words for syllable in burmese(word)]]
    aloud = [indic(word) for word in words]
    shorter = [unsaid(word, spelt) for word, spelt in zip(words, aloud, strict=True)]
    return [shorter, aloud] + ([[tamil_voiced(word) for word in aloud]] if is_of(text, ("TAMIL",)) else [])


def is_of(word: str, scripts: tuple[str, ...]) -> bool:
    """Whether a word begins with a letter of one of the scripts, by their Unicode names."""
    return unicodedata.name(word[:1], "").startswith(scripts) if word else False


@cache
def sign(letter: str) -> tuple[str, str]:
    """What a character is (consonant, vowel, mark, silent, nasal, other) and how it sounds, by its Unicode name."""
    found = NAMED.search(unicodedata.name(letter, ""))
    kind, name = (found[1], found[2]) if found else ("", unicodedata.name(letter, "").rsplit(" ", 1)[-1])
    if name in SILENT_SIGNS:
        return "silent", ""
    if name in NASALS:
        return "nasal", "n"
    if name.startswith("CHILLU "):  # Malayalam consonants without a vowel
        return "other", name[7:].lower()
    if name == "VISARGA":
        return "other", ""
    if unicodedata.name(letter, "").startswith("SINHALA"):  # its letters have names of their own
        sound = anyascii(letter).lower()
        if "VOWEL" in kind or sound[:1] in tuple("aeiou"):
            return ("mark" if "VOWEL" in kind else "vowel"), sound
        return "consonant", sound + "a"
    sound = SOUNDS.get(name, name.replace(" ", "").replace("-", "").lower())
    if "VOWEL" in kind or (kind == "LETTER" and sound[:1] in tuple("aeiou")):
        return ("mark" if "SIGN" in kind else "vowel"), sound
    return ("consonant", sound) if kind == "LETTER" and sound.isalpha() else ("other", "")


def indic(word: str) -> str:
    """A word by the names of its letters, every inherent vowel written."""
    spelt = ""
    for letter in unicodedata.normalize("NFD", word):
        kind, sound = sign(letter) if letter > "\u0900" else ("vowel", letter)
        if kind == "other" and unicodedata.category(letter)[0] == "L":
            sound = anyascii(letter).lower()
        if kind in ("mark", "silent") and spelt.endswith(("a", "o")):
            spelt = spelt[:-1]
        spelt += sound
    return re.sub("n(?=[pbm])", "m", spelt)


def unsaid(word: str, spelt: str) -> str:
    """The spelling without the inherent vowels that are not said: the last one and some in the middle."""
    if not is_of(word, SHORTENED):
        return spelt
    if sign(unicodedata.normalize("NFD", word)[-1])[0] == "consonant":
        spelt = re.sub("nha?$", "ngh", LAST_VOWEL.sub("", spelt))
    return MIDDLE_VOWEL.sub(r"\1\2", spelt)


def tamil_voiced(spelt: str) -> str:
    """Tamil writes one letter for voiced and voiceless stops: voiced between vowels and after a nasal."""
    spelt = re.sub("^ch(?!h)", "s", spelt)
    for voiceless, voiced in (("k", "g"), ("t", "d"), ("p", "b"), ("ch", "s")):
        spelt = re.sub(f"(?<=[aeiounm]){voiceless}(?=[aeiou])", voiced, spelt)
    return spelt
