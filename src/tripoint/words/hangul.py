"""Names in Hangul read aloud: Korean names in four ways of writing them in Latin letters, foreign names by sound.

Korean names: the spellings usual on passports and lists, the northern ones, Revised Romanisation (2000) and
McCune-Reischauer (1939). Foreign names: the rules for loan words (Korean orthography of loan words, 1986) backwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tripoint.words.letters import spellings

FIRST, LAST = 0xAC00, 0xD7A3  # syllables are arithmetic: 19 initials, 21 vowels, 28 finals (Unicode, section 3.12)
MOST_SYLLABLES = 4  # of a Korean name


@dataclass(frozen=True, slots=True)
class System:
    """One way to write Hangul in Latin letters: initials, vowels and finals in the order of Unicode."""

    initials: tuple[str, ...]
    vowels: tuple[str, ...]
    finals: tuple[str, ...]
    voiced: tuple[str, ...]  # initials between sounds that are voiced


FINALS = spellings("_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
USUAL = System(
    spellings("k kk n d tt r m b pp s ss _ j jj ch k t p h"),
    spellings("a ae ya yae u e yu ye o wa wae oi yo oo wo we wi yoo eu ee i"),
    FINALS,
    spellings("g kk n d tt r m b pp s ss _ j jj ch k t p h"),
)
NORTHERN = System(
    spellings("k kk n t tt r m p pp s ss _ j jj ch k t p h"),
    spellings("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"),
    FINALS,
    spellings("g kk n d tt r m b pp s ss _ j jj ch k t p h"),
)
REVISED = System(
    spellings("g kk n d tt r m b pp s ss _ j jj ch k t p h"),
    spellings("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i"),
    FINALS,
    spellings("g kk n d tt r m b pp s ss _ j jj ch k t p h"),
)
MCCUNE = System(
    spellings("k kk n t tt r m p pp s ss _ ch tch ch k t p h"),
    spellings("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"),
    FINALS,
    spellings("g kk n d tt r m b pp s ss _ j tch ch k t p h"),
)
KOREAN = (USUAL, NORTHERN, REVISED, MCCUNE)
# Foreign sounds: a bare consonant is written with the vowel ㅡ, l between vowels as double ㄹ.
LOAN = System(
    spellings("g k n d t r m b p s s _ j ts ch k t p h"),
    spellings("a a ya ya e e ye ye o wa we oe yo u wo we wi yu _ ui i"),
    spellings("_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t"),
    spellings("g k n d t r m b p s s _ j ts ch k t p h"),
)
LOAN_OTHER = System(
    spellings("g k n d t l m v p s s _ z ts ch k t f h"),
    spellings("a e ya ye o e yo ye o wa we oe yo u wo we wi yu _ ui i"),
    spellings("_ k k k n n n t r k m l l l p l m p b t t n t t k t p t"),
    spellings("g k n d t r m v p s s _ z ts ch k t f h"),
)
# Family names whose spelling does not follow the rules: usual, northern, Revised, McCune-Reischauer.
FAMILY = {
    each[0]: tuple(each[1:])
    for each in (
        line.split()
        for line in re.split(
            r"\|",
            "김 kim kim gim kim|이 lee ri i yi|리 lee ri ri ri|박 park pak bak pak|최 choi choe choe choe|"
            "정 jung jong jeong chong|강 kang kang gang kang|조 cho jo jo cho|윤 yoon yun yun yun|"
            "장 jang jang jang chang|임 lim rim im im|림 lim rim rim rim|오 oh o o o|서 seo so seo so|"
            "신 shin sin sin sin|안 ahn an an an|유 yoo ryu yu yu|류 ryu ryu ryu yu|전 jeon jon jeon chon|"
            "고 ko ko go ko|문 moon mun mun mun|배 bae pae bae pae|백 paik paek baek paek|허 huh ho heo ho|"
            "심 shim sim sim sim|노 roh ro no no|로 roh ro ro ro|주 joo ju ju chu|우 woo u u u|"
            "구 koo ku gu ku|성 sung song seong song|나 na ra na na|라 ra ra ra ra|지 ji ji ji chi|"
            "진 jin jin jin chin|엄 um om eom om|천 chun chon cheon chon|방 bang pang bang pang|"
            "여 yeo ryo yeo yo|연 yeon yon yeon yon|추 choo chu chu chu|반 ban pan ban pan|도 do to do to|"
            "석 suk sok seok sok|양 yang ryang yang yang|량 yang ryang ryang yang|권 kwon kwon gwon kwon|"
            "곽 kwak kwak gwak kwak|국 kook kuk guk kuk|육 yook ryuk yuk yuk|부 boo pu bu pu|두 doo tu du tu|"
            "어 uh o eo o|현 hyun hyon hyeon hyon|남궁 namgoong namgung namgung namgung|"
            "황보 hwangbo hwangbo hwangbo hwangbo|제갈 jegal jegal jegal chegal|"
            "사공 sagong sagong sagong sagong|선우 sunwoo sonu seonu sonu|서문 seomoon somun seomun somun|"
            "독고 dokko tokgo dokgo tokko|동방 dongbang tongbang dongbang tongbang",
        )
    )
}
# The other syllables that are family names, spelt by rule; a name that begins with neither is likely a foreign one.
OTHER_FAMILIES = frozenset(
    "강조윤장한황송홍손남하차민채원공함변염소선설마길위표명기왕금옥인맹제모탁은편용빈태봉피감경당음간범팽승하견"
)
USUAL_WHOLE = {"영": "young", "여": "yeo", "서": "seo", "어": "eo", "우": "woo", "의": "eui", "윤": "yoon", "시": "si"}


def read_hangul(words: tuple[str, ...]) -> list[list[str]]:
    """The readings of neighbouring words of Hangul, the likeliest first.

    One word of two to four syllables, or words of which one is a single syllable, are a Korean name first; words of
    several syllables each, or that begin with no Korean family name, are a foreign name first.
    """
    plain = ["".join(letter for letter in word if FIRST <= ord(letter) <= LAST) for word in words]
    plain = [word for word in plain if word]
    loans = [[loan(word, system) for word in plain] for system in (LOAN, LOAN_OTHER)]
    parts = family_and_given(plain)
    if not parts:
        return loans
    korean = [[family(parts[0], turn), *(syllables(part, KOREAN[turn]) for part in parts[1:])] for turn in range(4)]
    unknown = parts[0] not in FAMILY and parts[0] not in OTHER_FAMILIES
    foreign_first = unknown or (len(plain) > 1 and min(map(len, plain)) > 1)
    return loans + korean if foreign_first else korean + loans[:1]


def family_and_given(words: list[str]) -> list[str] | None:
    """The words as family name and given name where the name may be Korean."""
    if len(words) == 1 and 2 <= len(words[0]) <= MOST_SYLLABLES:
        word = words[0]
        cut = 2 if word[:2] in FAMILY and len(word) > 2 else 1
        return [word[:cut], word[cut:]]
    if 1 < len(words) <= 3 and sum(map(len, words)) <= 5:
        return words if len(words[0]) < 3 else [words[-1], *words[:-1]]
    return words if len(words) == 1 and len(words[0]) == 1 else None


def family(word: str, turn: int) -> str:
    """A family name in one of the Korean systems."""
    return FAMILY[word][turn] if word in FAMILY else syllables(word, KOREAN[turn])


def syllables(word: str, system: System) -> str:
    """A word in one system, syllable by syllable, initials voiced after a vowel, n, m, ng or l where it does so."""
    written = ""
    for letter in word:
        initial, vowel, final = parts_of(letter)
        if system is USUAL and letter in USUAL_WHOLE:
            written += USUAL_WHOLE[letter]
            continue
        spelt = system.vowels[vowel]
        if system is USUAL and not final and spelt in ("u", "yu"):
            spelt = REVISED.vowels[vowel]
        beginnings = system.voiced if written[-1:] in tuple("aeiounmgl") and written else system.initials
        written += beginnings[initial] + spelt + system.finals[final]
    return written.replace("lr", "ll")


def loan(word: str, system: System) -> str:
    """A foreign name by its sound: vowels that only carry a consonant fall, sh and l come back."""
    written = ""
    for letter in word:
        initial, vowel, final = parts_of(letter)
        begin, spelt = (system.initials if not written else system.voiced)[initial], system.vowels[vowel]
        if initial == 9 and spelt[:1] == "y":
            begin, spelt = "sh", spelt[1:]  # 셔, 쇼, 슈
        elif initial == 9 and vowel == 16:
            begin, spelt = "sh", "i"  # 쉬
        elif begin in ("j", "ch", "z") and spelt[:1] == "y":
            spelt = spelt[1:]
        elif vowel == 18 and initial == 14:
            begin = "ts"  # 츠
        elif vowel == 18 and initial == 12:
            begin = "z"  # 즈
        elif vowel == 18 and initial == 11:
            spelt = "e"
        if initial == 5 and written[-1:] in ("l", "r") and written:
            begin, written = "l", written[:-1]
        elif begin in ("k", "g") and written.endswith("ng"):
            written = written[:-1]
        written += begin + spelt + system.finals[final]
    return written


def parts_of(letter: str) -> tuple[int, int, int]:
    """The places of a syllable's initial, vowel and final in the tables."""
    place = ord(letter) - FIRST
    return place // 588, place % 588 // 28, place % 28
