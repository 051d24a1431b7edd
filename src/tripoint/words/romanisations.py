"""Other spellings of Chinese syllables: Wade-Giles for Mandarin, the usual Hong Kong spelling for Cantonese."""

from __future__ import annotations

import re

# Wade-Giles (1892) without apostrophes: the initial, then what changes in the final.
INITIALS = (("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "ch"), ("q", "ch"),
            ("x", "hs"), ("r", "j"), ("z", "ts"), ("c", "ts"))  # fmt: skip
WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "er": "erh",
    "ge": "ko", "ke": "ko", "he": "ho", "e": "o", "ye": "yeh", "yan": "yen", "yi": "i", "you": "yu", "yong": "yung",
    "yue": "yueh", "gui": "kuei", "kui": "kuei", "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo",
    "bo": "po", "po": "po", "mo": "mo", "fo": "fo", "wo": "wo", "rong": "jung", "yo": "yo", "lo": "lo",
}  # fmt: skip
FINALS = (("iong", "iung"), ("ong", "ung"), ("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"), ("uo", "o"))
# Jyutping (1993) to the spellings of Hong Kong's registry of names, as far as there is a rule.
HONG_KONG_INITIALS = (("gw", "kw"), ("g", "k"), ("b", "p"), ("d", "t"), ("j", "y"))
HONG_KONG_FINALS = (
    ("oeng", "eung"), ("oek", "euk"), ("eoi", "ui"), ("eon", "un"), ("eot", "ut"), ("oe", "eu"), ("yun", "uen"),
    ("yut", "uet"), ("yu", "u"), ("aai", "ai"), ("aau", "au"), ("aa", "a"), ("ou", "o"),
)  # fmt: skip
HONG_KONG_WHOLE = {
    "m": "ng", "wu": "woo", "pun": "poon", "mun": "moon", "fu": "fu", "lei": "lee", "si": "sze", "zi": "chi",
    "ci": "chi",
    "jyu": "yu", "jyun": "yuen", "jyut": "yuet", "zyu": "chu", "cyu": "chu", "syu": "shu", "sam": "shum", "sek": "shek",
    "zik": "chik", "ji": "yee", "jin": "yin", "seon": "shun", "syun": "suen", "soeng": "sheung", "zoeng": "cheung",
    "coeng": "cheung", "hei": "hei", "gei": "kei", "kei": "kei", "zau": "chau", "zai": "chai", "caan": "chan",
}  # fmt: skip


def wade_giles(syllables: list[str]) -> str:
    """Syllables of pinyin without tones as one word in Wade-Giles, apostrophes and hyphens left out."""
    return "".join(map(in_wade_giles, syllables))


def in_wade_giles(syllable: str) -> str:
    """One syllable: `xiao` is hsiao, `zhong` is chung."""
    if syllable in WHOLE:
        return WHOLE[syllable]
    initial, final = "", syllable
    for pinyin, written in INITIALS:
        if syllable.startswith(pinyin):
            initial, final = written, syllable[len(pinyin) :]
            break
    for pinyin, written in FINALS:
        if final.endswith(pinyin):
            final = final[: -len(pinyin)] + written
            break
    return initial + final


def hong_kong(syllable: str) -> str:
    """One syllable of Jyutping without its tone: `zoeng` is cheung, `gwok` is kwok, `zang` is tsang."""
    if syllable in HONG_KONG_WHOLE:
        return HONG_KONG_WHOLE[syllable]
    for jyutping, written in HONG_KONG_INITIALS:
        if syllable.startswith(jyutping):
            syllable = written + syllable[len(jyutping) :]
            break
    syllable = re.sub("^z(?=a(?!a)|e(?!o)|o(?!e))", "ts", syllable)
    syllable = re.sub("^[zc]", "ch", syllable)
    for jyutping, written in HONG_KONG_FINALS:
        syllable = syllable.replace(jyutping, written)
    return syllable
