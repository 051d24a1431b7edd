"""Japanese and Chinese names in Cyrillic, by the systems of Polivanov (1917) and Palladius (1888)."""

from __future__ import annotations

import re

from tripoint.words.letters import TABLE


def pairs(text: str) -> dict[str, str]:
    """Each Cyrillic spelling with its Latin one, from `cyrillic=latin` parted by blanks."""
    return {each.partition("=")[0]: each.partition("=")[2] for each in text.split()}


JAPANESE_WORD = re.compile("(?:(?:дз|[кгсзтдцнхбпмрфв])?[аиуэоюяёйые]|н)+")
POLIVANOV = pairs(
    "дзи=ji дзё=jo дзю=ju дзя=ja дз=z ти=chi тё=cho тю=chu тя=cha си=shi сё=sho сю=shu ся=sha ё=yo х=h ф=f ц=ts й=i"
)
INITIALS = pairs("б=b п=p м=m ф=f д=d т=t н=n л=l г=g к=k х=h ш=sh ч=ch чж=zh ж=r цз=z ц=c с=s в=w й=y =")
SOFT = pairs("цз=j ц=q с=x")  # the initials before i and u with a y
FINALS = pairs(
    "а=a ай=ai ань=an ан=ang ао=ao о=o э=e эй=ei энь=en эн=eng и=i ы=i инь=in ин=ing оу=ou у=u ун=ong "
    "унь=un уй=ui ой=ui уа=ua уань=uan уан=uang уо=uo юн=iong ю=iu юй=u юань=uan юэ=ue юнь=un я=ia "
    "янь=ian ян=iang яо=iao е=ie уэ=ue"
)
SYLLABLE = re.compile(
    "(чж|цз|[бпмфдтнлгкхшчжцсв]?)(" + "|".join(sorted(FINALS, key=len, reverse=True)) + ")(?![аиуэоюяыйеьё])ъ?"
)
CHINESE_SIGN = re.compile("чж|цз|нь|юй|ъ|у[аэ]|яо|^с[яю]|^(?:ли|ху|ма|ван|лю|сунь|чэнь)$")  # few other words have these


def polivanov(word: str) -> str | None:
    """A word of open syllables as Japanese in Hepburn; None for other words."""
    if not JAPANESE_WORD.fullmatch(word):
        return None
    for cyrillic, latin in POLIVANOV.items():
        word = word.replace(cyrillic, latin)
    return word.translate(TABLE)


def palladius(word: str) -> str | None:
    """A word of Chinese syllables in pinyin; None for other words."""
    found = list(SYLLABLE.finditer(word))
    if "".join(each[0] for each in found) != word:
        return None
    return "".join(pinyin(each[1], each[2]) for each in found)


def pinyin(initial: str, final: str) -> str:
    """One syllable: soft finals turn the hissing initials, and begin with y where there is no initial."""
    soft = final[0] in "июяе"
    written = (SOFT if soft and initial in SOFT else INITIALS)[initial]
    spelt = FINALS[final]
    if initial or not soft:
        return written + spelt
    return (
        "yu" + spelt[1:]
        if final[0] == "ю" and spelt[0] == "u"
        else "y" + (spelt if final[0] == "и" else spelt[1:] or "ou")
    )


def read_eastern(words: tuple[str, ...]) -> list[list[str]]:
    """The readings of words of Cyrillic as Japanese or Chinese, where all of them can be such words."""
    chinese = [palladius(word) for word in words] if any(map(CHINESE_SIGN.search, words)) else [None]
    japanese = [polivanov(word) for word in words]
    return [[word for word in way if word] for way in (chinese, japanese) if all(way)]
