"""How calibres are spelt, brought to one key: digits of all scripts, commas, crosses, words of many languages."""

from __future__ import annotations

import re
import unicodedata

Key = tuple[tuple[str, ...], frozenset[str]]
SAME_WORD = {
    "auto": "acp automatic automatico automatica automatique automatik",
    "luger": "luger lug lugar para parabellum parabelum parabelo p люгер парабеллум",
    "short": "short corto corta court courte kurz curto curta k kratkiy",
    "long": "long largo larga longo longa lang",
    "spl": "spl special especial esp spec spc spcl спешл", "mag": "mag magnum magn маг магнум",
    "makarov": "makarov mak pm makarow makaroff макаров макарова пм", "tokarev": "tokarev tt tok токарев тт",
    "nato": "nato otan нато", "ga": "ga gauge gage bore calibrebore galga gaug cali",
    "rem": "rem remington", "win": "win winchester", "sw": "sw smithwesson", "lr": "lr lfb",
    "bmg": "bmg brng", "browning": "browning brow brown браунинг",
    "carbine": "carbine carabina carabine karabiner m1carbine",
    "govt": "govt government gov", "mauser": "mauser маузер", "pak": "pak knall blank fogueo salva",
    "british": "british brit", "springfield": "springfield sprg", "blk": "blk blackout blackoutaac",
    "russian": "russian ak soviet", "mosin": "mosin nagant", "colt": "colt", "r": "r rimmed", "wmr": "wmr",
}  # fmt: skip
WORD = {word: one for one, words in SAME_WORD.items() for word in words.split()}
NOTHING_SAID = """
cal calibre caliber calibro kaliber kal calib калибр кал mm millimetre millimetres millimeter milimetro milimetros мм
ملم عيار cartridge cartucho cartouche munition municion municao round rounds pistol pistola pistole rifle fusil fuzil
the de of type tipo и and y e et in inch inches
"""
SAID_FOR_NOTHING = frozenset(NOTHING_SAID.split())
CROSS = re.compile(r"(?<=\d)\s*[x×хX*✕]\s*(?=\d)")
UNIT = re.compile(r"(?<=\d)\s*(?:mm|мм|ملم|millimet\w+|mil[ií]met\w+)(?![a-z])")
DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
LEAD = re.compile(r"(?<![\d.])0?\.(?=\d{2,3}(?!\d))")
PIECES = re.compile(r"\d+(?:\.\d+)?(?:x\d+(?:\.\d+)?)?|[^\W\d_]+")
BORE_ENDINGS = re.compile(r"\.0+(?=x|$)")


def key_of(text: str) -> Key:
    """The key of a spelling: its numbers in their order, its words in none; the same for all ways to say the same.

    `9 mm Parabellum`, `9x19`... keep their own keys: what means the same calibre by other words is listed, not guessed.
    """
    numbers: list[str] = []
    words: set[str] = set()
    for piece in PIECES.findall(plain(text)):
        if piece[0].isdigit():
            numbers.append(BORE_ENDINGS.sub("", piece))
        elif piece not in SAID_FOR_NOTHING:
            words.add(WORD.get(piece, piece))
    return tuple(numbers), frozenset(words)


def plain(text: str) -> str:
    """Small letters and Latin digits, decimal points, `x` for every cross, units and dots of abbreviations gone."""
    small = unicodedata.normalize("NFKC", text).casefold().replace("＆", "&").replace("⁄", "/")
    small = "".join(latin_digit(sign) for sign in small)
    small = unaccented(re.sub(r"\+\s*p\+?(?![a-z])", " ", small))
    small = re.sub(r"smith\s*(?:&|and|y|e|et|und|-)?\s*wesson|s\s*(?:&|\.\s*&|and|-)\s*w\b\.?|\bs\.?w\.", " sw ", small)
    small = re.sub(r"(?<=\d)[,٫](?=\d)", ".", small)
    small = UNIT.sub(" ", CROSS.sub("x", UNIT.sub(" ", small)))
    small = CROSS.sub("x", re.sub(r"(?<=\d)/(?=\d)", "x", small))
    small = DOTTED.sub(lambda found: found.group().replace(".", "") + " ", small)
    return LEAD.sub("", small)


def latin_digit(sign: str) -> str:
    """A decimal digit of any script as ours; every other sign as it is."""
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def unaccented(text: str) -> str:
    """Text without the accents of Latin letters; letters of other scripts stay whole."""
    return "".join(
        unicodedata.normalize("NFD", sign)[0] if unicodedata.name(sign, "").startswith("LATIN") else sign
        for sign in text
    )


def bore_of(key: Key) -> str:
    """The bore where a spelling says nothing else; empty where it says more."""
    numbers, words = key
    return numbers[0] if len(numbers) == 1 and not words else ""
