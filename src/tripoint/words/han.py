"""Names in Han characters read aloud: Mandarin, Cantonese, Korean and Japanese, and foreign names sound by sound."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from anyascii import anyascii

from tripoint.words.han_tables import rows_of, tables
from tripoint.words.hangul import USUAL, family, parts_of, syllables
from tripoint.words.japanese import in_japanese
from tripoint.words.letters import spellings
from tripoint.words.romanisations import hong_kong, wade_giles

LONGEST_NAME = 4  # characters of a family and a given name together
# Characters read in another way where they are a family name (general usage, as dictionaries note it).
FAMILY_READINGS = dict(
    pair.split("=")
    for pair in spellings(
        "单=shan 單=shan 仇=qiu 解=xie 區=ou 区=ou 曾=zeng 查=zha 盖=ge 蓋=ge 任=ren 朴=piao 樸=piao "
        "秘=bi 折=she 冼=xian 翟=zhai 乐=yue 樂=yue 宓=fu 员=yun 員=yun 种=chong 黑=he 缪=miao 繆=miao "
        "纪=ji 紀=ji 覃=qin 逄=pang 谌=chen 諶=chen 万俟=moqi 尉迟=yuchi 尉遲=yuchi 长孙=zhangsun "
        "長孫=zhangsun 澹台=tantai 澹臺=tantai 令狐=linghu 呂=lu 吕=lu 郝=hao 隗=wei 葛=ge 华=hua 洗=xian "
        "燕=yan 应=ying 應=ying 那=na 佘=she 晁=chao 车=che 車=che 卜=bu 宿=su 石=shi 沈=shen 瀋=shen "
        "召=shao 适=kuo 句=gou 阚=kan 闞=kan 柏=bai 贾=jia 賈=jia 哈=ha 过=guo 過=guo 行=xing 褚=chu "
        "祭=zhai 撒=sa 角=jue"
    )
)
COMPOUND = frozenset(
    spellings(
        "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 独孤 獨孤 南宫 南宮 夏侯 尉迟 尉遲 长孙 長孫 "
        "慕容 宇文 皇甫 公孙 公孫 令狐 轩辕 軒轅 澹台 澹臺 淳于 太史 申屠 仲孙 仲孫 端木 百里 呼延 东郭 "
        "東郭 西门 西門 万俟 闻人 聞人 赫连 赫連 钟离 鍾離 濮阳 濮陽 拓跋 南门 第五 司空 左丘 公冶 宗政 "
        "单于 單于 完颜 完顏 纳兰 納蘭 耶律 鲜于 鮮于 闾丘 閭丘 范姜 张简 張簡"
    )
)


@cache
def sounds() -> tuple[dict[str, str], dict[str, str]]:
    """What each character stands for in foreign names, the likelier sound and the other."""
    likely: dict[str, str] = {}
    other: dict[str, str] = {}
    for row in rows_of("han_foreign.csv"):
        sound = row["sound"]
        for letter in row["characters"]:
            likely.setdefault(letter, sound.replace("L", "l").replace("V", "v").replace("F", "f"))
            other[letter] = sound.replace("L", "r").replace("V", "w").replace("F", "v")
    return likely, other


def read_han(words: tuple[str, ...], foreign: bool = False, japanese: bool = False) -> list[list[str]]:
    """The readings of neighbouring words of Han, the likeliest first.

    `foreign`: a middle dot parts them, so each is a foreign name written by sound. `japanese`: kana stand beside them.
    A word of two to four characters is family and given name; a longer one is a foreign name.
    """
    if foreign or sum(map(len, words)) > LONGEST_NAME + 2:
        return [*by_sound(words), [in_hong_kong(word) for word in words]]
    parts = list(words)
    if len(words) == 1 and 2 <= len(words[0]) <= LONGEST_NAME:
        cut = 2 if len(words[0]) > 2 and words[0][:2] in COMPOUND else 1
        parts = [words[0][:cut], words[0][cut:]]
    ways: list[Callable[[], list[str]]] = [
        lambda: mandarin(parts),
        lambda: [wade_giles(part) for part in spoken(parts)],
        lambda: [in_hong_kong(part) for part in parts],
        lambda: in_korean(parts),
    ]
    found = [way() for way in ways]
    if all(letter in sounds()[0] for letter in simple("".join(words))) and len(words) == 1:
        found.insert(4, by_sound(words)[0])
    found.insert(0 if japanese else len(found), in_japanese(words))
    return [*found, mandarin(parts, "mandarin2")]


def pinyin(letter: str) -> str:
    """One character in Mandarin without its tone."""
    return tables()["mandarin"].get(letter) or anyascii(letter).lower().strip()


def mandarin(parts: list[str], table: str = "mandarin") -> list[str]:
    """Family and given name in pinyin; from another table the second readings, where there are any."""
    second = tables()[table]
    begin = FAMILY_READINGS.get(parts[0]) or "".join(map(pinyin, parts[0]))
    return [begin, *("".join(second.get(letter) or pinyin(letter) for letter in part) for part in parts[1:])]


def spoken(parts: list[str]) -> list[list[str]]:
    """The parts syllable by syllable, for systems that write them in another way."""
    begin = [FAMILY_READINGS[parts[0]]] if parts[0] in FAMILY_READINGS else [pinyin(letter) for letter in parts[0]]
    return [begin, *([pinyin(letter) for letter in part] for part in parts[1:])]


def in_hong_kong(word: str) -> str:
    """A word in Cantonese as names are spelt in Hong Kong."""
    table = tables()["cantonese"]
    return "".join(hong_kong(table[letter]) if letter in table else pinyin(letter) for letter in word)


def in_korean(parts: list[str]) -> list[str]:
    """The Korean reading in the usual spelling; empty where a character has none."""
    table, full = tables()["korean"], tables()["full"]
    spelt = ["".join(table.get(letter) or table.get(full.get(letter, ""), "") for letter in part) for part in parts]
    if any(len(written) != len(part) for written, part in zip(spelt, parts, strict=True)):
        return []
    return [family(spelt[0], 0), *(syllables(softened(written), USUAL) for written in spelt[1:])]


def softened(word: str) -> str:
    """A Korean word with the l or n it begins with changed as the southern rule has it: 룡 is 용, 녀 is 여."""
    initial, vowel, _ = parts_of(word[0])
    soft = initial in (2, 5) and vowel in (2, 3, 6, 7, 12, 17, 20)
    return chr(ord(word[0]) + ((11 if soft else 2) - initial) * 588) + word[1:] if soft or initial == 5 else word


def simple(word: str) -> str:
    """The word in simplified characters."""
    table = tables()["simplified"]
    return "".join(table.get(letter, letter) for letter in word)


def by_sound(words: tuple[str, ...]) -> list[list[str]]:
    """Foreign names by the sounds the characters stand for, and by the other sounds they may stand for."""
    shapes = [simple(word) for word in words]
    return [["".join(table.get(each) or pinyin(each) for each in word) for word in shapes] for table in sounds()]
