"""Names in Arabic letters read aloud: as Arabic, as Persian or Urdu, and as foreign names written by sound.

Short vowels are not written, so a reading has consonants and long vowels only; compare it by consonants.
"""

from __future__ import annotations

import re

from tripoint.words.letters import ARABIC, spellings

MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u0610-\u061a\u200b-\u200f\u2066-\u2069\u202a-\u202e]")
# Small words, parts of names and titles that must come out as their Latin spellings do.
SMALL_WORDS = dict(
    pair.split("=")
    for pair in spellings(
        "بن=bin ابن=ibn بنت=bint ال=al آل=al ولد=ould أبو=abu ابو=abu أبي=abu ابي=abu ابی=abu أبا=abu ابا=abu "
        "أم=umm ام=umm "
        "عبد=abd الله=allah اللہ=allah لله=allah الدين=din الدین=din دین=din دين=din "
        "شيخ=sheikh شیخ=sheikh الشيخ=sheikh الحاج=haji حاج=haji حاجي=haji حاجی=haji الحاجي=haji "
        "ملا=mullah الملا=mullah "
        "مولوي=mawlawi مولوی=mawlawi مولانا=mawlana دكتور=dr الدكتور=dr دکتر=dr استاد=ustad أستاذ=ustad آیت=ayat "
        "أوغلو=oglu اوغلو=oglu طه=taha"
    )
)
BEGINNINGS = ("عبد", "ابو", "أبو")
ENDINGS = ("الله", "اللہ", "الدين", "الدین")
ARTICLE = re.compile("^(?:ال|أل)(?=..)")
PERSIAN = re.compile("[پچژگکیےںٹڈڑہھټډړښږڼې]")
UIGHUR = re.compile("[ەۇۆۈۋې]")
VOWELS = "اآأإٱىيیوۆۇۈەېےئؤ"
ADDED = dict(
    zip(
        "ێڵڕۈۋښږټډړڼےٻڀٺټڃڄڇډڌڏڊڪڱڳڻۅۉ",
        spellings("e l r u v sh zh t d r n e b b t t j j ch d d d d k n g n o o"),
        strict=True,
    )
)
AS_ARABIC = {**ARABIC, **ADDED, "و": "u", "ذ": "dh", "ض": "d", "ئ": "y", "ؤ": "u", "ة": "a", "ء": ""}
AS_PERSIAN = {**AS_ARABIC, "ث": "s", "ذ": "z", "ض": "z", "ق": "gh", "ئ": "e", "ة": "e", "ح": "h"}
AS_FOREIGN = {**AS_ARABIC, "ب": "p", "ج": "g", "غ": "g", "ف": "v", "و": "o", "ذ": "th", "ض": "d", "ق": "k", "خ": "h"}
BY_SOUND = {"ە": "e", "و": "o", "ۇ": "u", "ۋ": "v", "ى": "i", "ئ": ""}
WEAK_FIRST = re.compile("^[اإ](?=[ويی])")


def read_arabic(words: tuple[str, ...]) -> list[list[str]]:
    """The readings of neighbouring words of Arabic letters: Arabic, Persian, foreign; Persian first by its letters."""
    plain = [part for word in words for part in parts_of(MARKS.sub("", word))]
    text = "".join(plain)
    if UIGHUR.search(text):
        return [[written(word, AS_PERSIAN | BY_SOUND, "v") for word in plain]]
    arabic = [in_arabic(word, AS_ARABIC, "w") for word in plain]
    persian = [in_arabic(word, AS_PERSIAN, "v") for word in plain]
    foreign = [SMALL_WORDS.get(word) or written(word, AS_FOREIGN, "w") for word in plain]
    return [persian, arabic, foreign] if PERSIAN.search(text) else [arabic, persian, foreign]


def parts_of(word: str) -> list[str]:
    """A word cut where a part of a name is written together with it: عبدالرحمن, ابوبكر, حبيبالله."""
    if word in SMALL_WORDS:
        return [word]
    for ending in ENDINGS:
        if word.endswith(ending):
            return [*parts_of(word[: -len(ending)]), ending]
    for beginning in BEGINNINGS:
        if word.startswith(beginning) and len(word) > len(beginning) + 2:
            return [beginning, word[len(beginning) :]]
    return [word]


def in_arabic(word: str, table: dict[str, str], waw: str) -> str:
    """A word without its article; small words and titles in their Latin spelling."""
    return SMALL_WORDS.get(word) or written(ARTICLE.sub("", word) if len(word) > 4 else word, table, waw)


def written(word: str, table: dict[str, str], waw: str) -> str:
    """A word letter by letter: waw and yeh are consonants where it begins and beside an alef, a last heh is a vowel."""
    word = WEAK_FIRST.sub("", word) if len(word) > 2 else word
    spelt = []
    last = len(word) - 1
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        is_consonant = place == 0 < last or (after and after in "اآةهہەى") or (before and before in "اآ" and after)
        if letter == "و" and (is_consonant or (waw == "v" and before and after in tuple("یي"))) and after != "و":
            spelt.append(waw)
        elif letter in "يی" and is_consonant:
            spelt.append("y")
        elif letter in "هہ" and place == last > 1 and before not in VOWELS:
            spelt.append("a" if waw == "w" else "e")
        else:
            spelt.append(table.get(letter, letter))
    return "".join(spelt).replace("tsh", "ch")
