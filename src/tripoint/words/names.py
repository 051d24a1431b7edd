"""Names folded to Latin letters, cut into words, and reduced to the consonants that survive every spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tripoint.words.letters import ALPHABETS, HANGUL_FIRST, HANGUL_LAST, romanise_syllable

LONGEST = 1_000  # characters of a name that are looked at
MOST_TOKENS = 24
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


class Alphabet(dict[int, str]):
    """A table for `str.translate`: what it does not list is taken apart, marks are dropped, other letters stay."""

    def __missing__(self, code: int) -> str:
        written = spell(code)
        if code < 0x10000:  # kept for the next name; the rest is too rare and too much
            self[code] = written
        return written


def spell(code: int) -> str:
    """The Latin spelling of one character that no alphabet table lists."""
    if HANGUL_FIRST <= code <= HANGUL_LAST:
        return romanise_syllable(code)
    letter = chr(code)
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return ""
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    parts = unicodedata.normalize("NFKD", letter)
    return letter if parts == letter else "".join(TABLE[ord(part)] for part in parts)


TABLE = Alphabet({code: chr(code) for code in range(128)} | ALPHABETS)


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


@lru_cache(65_536)
def skeleton(token: str) -> str:
    """The consonants of a word in classes of like sounds: `mohammed`, `muhamad` and محمد are all mhmd.

    In: a word of `tokens`. A word without consonants stays as it is; never empty for a word that is not.
    """
    bare = SILENT.sub("", SOUND.sub(lambda sound: SOUNDS[sound[0]], token))
    return DOUBLED.sub(r"\1", bare) or token
