"""Names in Latin letters with marks, Cyrillic, Greek, Armenian and Georgian, as each language says its letters."""

from __future__ import annotations

import re
import unicodedata

from tripoint.words.eastern import read_eastern
from tripoint.words.letters import TABLE, alphabet

Way = dict[int, str]


def way(letters: str, written: str) -> Way:
    """A table for `str.translate` of letters that differ from the usual ones."""
    return {ord(letter): spelling for letter, spelling in alphabet(letters, written).items()}


# How letters with marks sound, where lists do not just drop the mark.
SOUNDED = way("äöüøåšžčćđśźżşșțţřñəþğěьňď", "ae oe ue oe aa sh zh ch ch dj sh zh zh sh sh ts ts rz ny a th _ ye _ n d")
TURKIC = re.compile("[ığşəİ]")
TURKISH = way("cçğəxq", "j ch _ e kh g")
FRENCH = way("ç", "s")
VIETNAMESE = re.compile("[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")

SERBIAN, UKRAINIAN = re.compile("[ђјљњћџѓќѕ]"), re.compile("[іїєґ]")
CENTRAL_ASIAN = re.compile("[қғңөұүһәҳҷӣӯҡҙҫ]")
BULGARIAN = re.compile("ъ(?=[бвгджзклмнпрстфхцчшщ])|щъ")
AS_UKRAINIAN = way("гґийюящєїх", "h g y i iu ia shch ie i kh")
AS_SERBIAN = way("жчшщхцћђџјљњ", "z c s st h c c dj dz j lj nj")
AS_SERBIAN_SOUNDS = way("хцћђџјљњ", "h ts ch dj dzh y ly ny")
AS_BULGARIAN = way("щъхцжй", "sht a h ts zh y")
AS_CENTRAL_ASIAN = way("қғхҳңөүұўәҷһжйҙҫҡ", "q gh kh h ng o u u o a j h j y z s q")
AS_FOREIGN = way("гхйцщвюё", "h h y z sht w u o")
FOREIGN_PAIRS = (("дж", "j"), ("кс", "x"), ("тч", "ch"), ("эй", "ay"), ("ей", "ey"), ("уа", "wa"), ("уи", "wi"))
ELOT = (("ου", "ou"), ("γγ", "ng"), ("γκ", "gk"), ("γχ", "nch"), ("γξ", "nx"))  # ELOT 743 (ISO 843)
GREEK_SOUNDS = (("τζ", "j"), ("τσ", "ch"), ("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"), ("ου", "u"),
                ("αι", "e"), ("ει", "i"), ("οι", "i"))  # fmt: skip
AS_GREEK_SOUNDS = way("χβυηφ", "h v i i f")
AS_CLASSICAL = way("χβυηφ", "ch b y e ph")
BEFORE_VOICELESS = re.compile("([αε])υ(?=[θκξπστφχψς]|$)")
BEFORE_VOICED = re.compile("([αε])υ")
STARTS_WITH_PAIR = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"))
ARMENIAN = re.compile("[\u0530-\u058f]")
ARMENIAN_PAIRS = (("ու", "u"), ("եւ", "ev"), ("եվ", "ev"))
AS_WESTERN = way("բգդձճկպտծջյփքթ", "p k t ts j g b d dz ch y p k t")
ARMENIAN_STARTS = {"ե": "ye", "ո": "vo", "յ": "h"}


def read_latin(words: tuple[str, ...]) -> list[list[str]]:
    """Without marks; then, where there are marks, as they sound: ü is ue, š is sh, ğ is silent."""
    plain = [word.translate(TABLE) for word in words]
    text = "".join(words)
    if text.isascii() or VIETNAMESE.search(text):
        return [plain]
    table = SOUNDED | (TURKISH if TURKIC.search(text) else FRENCH)
    return [plain, [word.translate(table).translate(TABLE) for word in words]]


def read_cyrillic(words: tuple[str, ...]) -> list[list[str]]:
    """By the language the letters tell of, then as Russian, as a foreign name by sound, as an eastern name."""
    text = "".join(words)
    ways: list[Way] = [{}]
    if SERBIAN.search(text):
        ways = [AS_SERBIAN, AS_SERBIAN_SOUNDS]
    elif CENTRAL_ASIAN.search(text):
        ways = [{}, AS_CENTRAL_ASIAN]
    elif UKRAINIAN.search(text) or "ў" in text:
        ways = [AS_UKRAINIAN, {}]
    elif BULGARIAN.search(text):
        ways = [AS_BULGARIAN, {}]
    found = [[word.translate(each).translate(TABLE) for word in words] for each in ways]
    paired = [replaced(word, FOREIGN_PAIRS) for word in words]
    return [*found, [word.translate(AS_FOREIGN).translate(TABLE) for word in paired], *read_eastern(words)]


def read_greek(words: tuple[str, ...]) -> list[list[str]]:
    """Greek by ELOT 743, by sound and in the classical way; Armenian eastern and western; Georgian by letter."""
    if ARMENIAN.search("".join(words)):
        return [[armenian(word, each) for word in words] for each in ({}, AS_WESTERN)]
    bare = [
        unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", word)))
        for word in words
    ]
    voiced = [BEFORE_VOICED.sub(r"\1v", BEFORE_VOICELESS.sub(r"\1f", word)) for word in bare]
    official = [replaced(beginning(word, STARTS_WITH_PAIR), ELOT).translate(TABLE) for word in voiced]
    if not any("α" <= letter <= "ω" for letter in "".join(bare)):
        return [official]
    heard = [replaced(word, GREEK_SOUNDS).translate(AS_GREEK_SOUNDS).translate(TABLE) for word in voiced]
    return [official, heard, [replaced(word, ELOT).translate(AS_CLASSICAL).translate(TABLE) for word in bare]]


def without_accents(word: str) -> str:
    """The word without accents and breathings."""
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", word)))


def armenian(word: str, table: Way) -> str:
    """One Armenian word: ye and vo where it begins with their letters, the pair of u as one vowel."""
    word = replaced(word, ARMENIAN_PAIRS)
    return (ARMENIAN_STARTS.get(word[0], word[0]) + word[1:]).translate(table).translate(TABLE)


def beginning(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The word with a pair it begins with written as its sound."""
    return next((sound + word[len(pair) :] for pair, sound in pairs if word.startswith(pair)), word)


def replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """The word with each first of a pair replaced by its second."""
    for old, new in pairs:
        word = word.replace(old, new)
    return word
