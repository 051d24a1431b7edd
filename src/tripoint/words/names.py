"""Names folded to Latin letters, cut into words, and reduced to the consonants that survive every spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from tripoint.words.alphabets import read_cyrillic, read_greek, read_latin
from tripoint.words.arabic import read_arabic
from tripoint.words.brahmic import read_brahmic
from tripoint.words.compounds import compounds
from tripoint.words.han import read_han
from tripoint.words.hangul import read_hangul
from tripoint.words.hebrew import read_hebrew
from tripoint.words.japanese import read_kana
from tripoint.words.letters import TABLE
from tripoint.words.scripts import LONGEST_WORD, Script, runs

__all__ = ["LONGEST", "MOST_TOKENS", "Reading", "Script", "latin", "readings", "skeleton", "tokens"]

LONGEST = 1_000  # characters of a name that are looked at
MOST_TOKENS = 24
MOST_READINGS = 6
NOT_LATIN = re.compile("[^a-z0-9]+")
PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "al el ul ur as ad an ar az ash at il bin ben ibn bint binti bte ould oglu ogly ogli kyzy "
        "de del della dela di da do dos das du la le les lo van von der den dem ter ten zu zur y e und the of af av",
    )
)
TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms miss dr prof professor sir lady lord hon gen general col colonel capt captain lt lieutenant "
        "maj major sgt sheikh shaikh shaykh sheik cheikh haji hajji hajj hadji alhaji mullah mulla maulavi mawlawi "
        "maulvi mawlavi molvi molla ustad ayatollah hojjatoleslam jr sr ii iii iv",
    )
)
DROPPED = PARTICLES | TITLES
APOSTROPHES = re.compile(r"['`´ʼʻ‘’ʾʿ״׳\u0640]")
NO_WORD = re.compile(r"[^0-9a-z\u0080-\U0010ffff]+|[^\w]+")
DOTTED_HAN = re.compile("(?<=[\u3400-\u9fff])[·•・‧･．.=＝゠\\-－—](?=[\u3400-\u9fff])")
COMMA = re.compile("[,\u060c\uff0c]")
# A capital after three small letters begins a word of its own: lists lose blanks between names.
RUN_TOGETHER = re.compile("(?<=[a-z]{3})(?=[A-Z][a-z]{2})|(?<=[а-яёіїєґў]{3})(?=[А-ЯЁІЇЄҐЎ][а-яёіїєґў]{2})")
HANGUL_RUN = re.compile("[\uac00-\ud7a3]{2,4}")
# Waw and yeh are consonants where a word begins and before an alef.
ARABIC_CONSONANTS = ((re.compile(r"و(?=[اآ])|(?<!\w)و"), "w"), (re.compile(r"[يی](?=[اآ])|(?<!\w)[يی]"), "y"))
ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
HEBREW_MARKS = (("ג'", "j"), ("ג׳", "j"), ("ז'", "zh"), ("ז׳", "zh"), ("צ'", "ch"), ("צ׳", "ch"), ("וו", "v"))
HEBREW_EDGES = ((re.compile(r"(?<!\w)ו"), "v"), (re.compile(r"ה(?!\w)"), "a"))
GREEK_PAIRS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("ντ", "nt"), ("γκ", "gk"), ("γγ", "ng"))
ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0652\u0670]")
HEBREW, ARABIC, GREEK = re.compile("[\u0590-\u05ff]"), re.compile("[\u0600-\u06ff]"), re.compile("[\u0370-\u03ff]")

# Sounds that spellings and scripts exchange, longest first; what is left of vowels, y and a final h falls away.
SOUNDS = {
    "shch": "s", "tch": "k", "sch": "s", "sh": "s", "ch": "k", "kh": "k", "gh": "k", "zh": "s", "ph": "f", "th": "t",
    "dh": "d", "ts": "s", "tz": "s", "cz": "k", "dz": "s", "dj": "s", "ck": "k", "q": "k", "c": "k", "x": "ks",
    "w": "b", "v": "b", "f": "b", "p": "b", "z": "s", "j": "s", "g": "k",
}  # fmt: skip
SOUND = re.compile("|".join(SOUNDS))
SILENT = re.compile(r"[aeiouy]+h?$|[aeiouy]+")
DOUBLED = re.compile(r"(.)\1+")


@lru_cache(65_536)
def latin(text: str) -> str:
    """A name in small Latin letters without accents; Han and other letters without a table stay as they are.

    Takes any text and never raises; looks at the first 1,000 characters. Each syllable of a Korean name becomes a word.
    """
    text = text[:LONGEST]
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    text = HANGUL_RUN.sub(lambda run: " ".join(run[0]), text)
    if GREEK.search(text):
        text = replace_all(unicodedata.normalize("NFC", without_accents(text)), GREEK_PAIRS)
    if HEBREW.search(text):
        text = substitute_all(replace_all(text, HEBREW_MARKS), HEBREW_EDGES)
    if ARABIC.search(text):
        text = substitute_all(ARABIC_ARTICLE.sub("ال ", without_accents(text)), ARABIC_CONSONANTS)
    return text.translate(TABLE).lower()


def without_accents(text: str) -> str:
    """The text without Greek accents and Arabic vowel signs, its letters otherwise as they were."""
    return ACCENTS.sub("", unicodedata.normalize("NFD", text))


def replace_all(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The text with each first of a pair replaced by its second."""
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def substitute_all(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """The text with each pattern replaced in turn."""
    for pattern, new in rules:
        text = pattern.sub(new, text)
    return text


@lru_cache(65_536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a name in Latin letters, without particles and titles unless fewer than two words would be left.

    At most 24 words; apostrophes join (`O'Neill` is oneill), hyphens part.
    """
    words = [word for word in NO_WORD.split(APOSTROPHES.sub("", latin(text))) if word][:MOST_TOKENS]
    kept = [word for word in words if word not in DROPPED]
    return tuple(kept if len(kept) > 1 else words if len(words) < 3 else kept or words)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name aloud: its words in a-z and 0-9, no particles or titles, and how it was written."""

    words: tuple[str, ...]
    script: Script


@lru_cache(65_536)
def readings(text: str) -> tuple[Reading, ...]:
    """The ways a name may be read in Latin letters, the likeliest first; none only where there is no letter to read.

    Takes any text and never raises; at most six, of at most 24 words each; looks at the first 1,000 characters.
    """
    text = in_order(text[:LONGEST])
    if text.isascii():
        words = settled([word for word in NO_WORD.split(APOSTROPHES.sub("", text.lower())) if word])
        return (Reading(words, Script.LATIN),) if words else ()
    found = runs(prepared(text))
    dotted, japanese = bool(DOTTED_HAN.search(text)), any(run.script is Script.KANA for run in found)
    ways = [
        read_han(run.words, dotted, japanese)
        if run.script is Script.HAN
        else READERS.get(run.script, read_plainly)(run.words)
        for run in found
    ]
    script = max(found, key=lambda run: sum(map(len, run.words))).script if found else Script.LATIN
    heard = dict.fromkeys(
        settled([word for way in ways if way for word in map(bare, way[min(turn, len(way) - 1)]) if word])
        for turn in range(max(map(len, ways), default=0))
    )
    return tuple(Reading(words, script) for words in heard if words)[:MOST_READINGS]


def in_order(text: str) -> str:
    """A name with what stands behind its comma in front, as it is spoken, and words run together by case apart."""
    family, comma, given = COMMA.sub(",", text).partition(",")
    if comma and "," not in given:
        text = f"{given} {family}"
    return RUN_TOGETHER.sub(" ", text)


def prepared(text: str) -> str:
    """The first 1,000 characters in small letters, compatibility forms resolved, accents composed."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    return unicodedata.normalize("NFC", text)


def settled(words: list[str]) -> tuple[str, ...]:
    """The words of a name as they are compared: compounds joined, particles and titles left out as `tokens` does."""
    words = compounds([word[:LONGEST_WORD] for word in words[:MOST_TOKENS]])
    kept = [word for word in words if word not in DROPPED]
    return tuple(kept if len(kept) > 1 else words if len(words) < 3 else kept or words)


def read_plainly(words: tuple[str, ...]) -> list[list[str]]:
    """One reading, letter by letter."""
    return [[latin(word) for word in words]]


@lru_cache(65_536)
def bare(word: str) -> str:
    """A word with nothing left but a-z and 0-9."""
    if not word.isascii():
        word = anyascii(word).lower()
    return word if word.isalnum() and word.isascii() else NOT_LATIN.sub("", word)


Reader = Callable[[tuple[str, ...]], list[list[str]]]
READERS: dict[Script, Reader] = {
    Script.LATIN: read_latin,
    Script.CYRILLIC: read_cyrillic,
    Script.GREEK: read_greek,
    Script.ARABIC: read_arabic,
    Script.HEBREW: read_hebrew,
    Script.HANGUL: read_hangul,
    Script.KANA: read_kana,
    Script.INDIC: read_brahmic,
}


@lru_cache(65_536)
def skeleton(token: str) -> str:
    """The consonants of a word in classes of like sounds: `mohammed`, `muhamad` and محمد are all mhmd.

    In: a word of `tokens`. A word without consonants stays as it is; never empty for a word that is not.
    """
    bare = SILENT.sub("", SOUND.sub(lambda sound: SOUNDS[sound[0]], token))
    return DOUBLED.sub(r"\1", bare) or token
