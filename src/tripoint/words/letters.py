"""Tables that write other alphabets in Latin letters, as names are usually romanised."""

from __future__ import annotations

import unicodedata


def alphabet(letters: str, written: str) -> dict[str, str]:
    """Each letter with its Latin spelling; the spellings are parted by blanks, `_` is none."""
    return dict(zip(letters, spellings(written), strict=True))


def spellings(text: str) -> tuple[str, ...]:
    """Spellings parted by blanks; `_` is none."""
    return tuple(spelling.replace("_", "") for spelling in text.split())


LATIN = alphabet(
    "ßøđłıæœþðħŋĸſŧəƒɓɖɗɣɛƙɔƴ",
    "ss o d l i ae oe th d h n k s t a f b d d g e k o y",
)
CYRILLIC = alphabet(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџѓќѕқғәөұүһңӣӯҳҷҵѳѣѵӏ",
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya "
    "i i ie g u dj j lj nj c dz gj kj dz k g a o u u h n i u h j ts f e i _",
)
GREEK = alphabet(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
)
GEORGIAN = alphabet(
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჲ",
    "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h y",
)
ARMENIAN = alphabet(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e e t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev",
)
# Waw and yeh are written with the vowels here; `names.latin` makes consonants of them where they are.
ARABIC = alphabet(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوىيةآأإؤئءٱپچژگکیڤڧڨٹڈڑںےہھۀۃۆۇەېۍ",
    "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h u a i a a a i u i _ a "
    "p ch zh g k i v q g t d r n e h h h a o u e i i",
)
HEBREW = alphabet(
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "a b g d h o z h t i k k l m m n n s a p f ts ts k r sh t",
)
ALPHABETS: dict[int, str] = {
    ord(letter): written
    for table in (LATIN, CYRILLIC, GREEK, GEORGIAN, ARMENIAN, ARABIC, HEBREW)
    for letter, written in table.items()
}

# Hangul syllables are arithmetic: 19 initials, 21 vowels, 28 finals (The Unicode Standard, section 3.12).
HANGUL_FIRST, HANGUL_LAST = 0xAC00, 0xD7A3
INITIALS, VOWELS, FINALS = (
    [spelling.replace("_", "") for spelling in row.split()]
    for row in (
        "k kk n t tt r m p pp s ss _ j jj ch k t p h",
        "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i",
        "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
    )
)


def romanise_syllable(code: int) -> str:
    """One Hangul syllable as names are written on lists (김 is kim, 정 is jong)."""
    place = code - HANGUL_FIRST
    return INITIALS[place // 588] + VOWELS[place % 588 // 28] + FINALS[place % 28]


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
