"""Names in Thai, Lao and Burmese read aloud, by the general systems of romanisation of their countries."""

from __future__ import annotations

import re

from tripoint.words.letters import alphabet

THAI = alphabet(
    "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r l w s s s h l _ h",
)
THAI_FINAL = alphabet(
    "จชซฌญฎฏฐฑฒณดตถทธนบปพฟภรลศษสฬคขฆกมง", "t t t t n t t t t t n t t t t t n p p p p p n n t t t n k k k k m ng"
)
THAI_VOWELS = alphabet("ะัาำิีึืุูเแโใไ็ๅ", "a a a am i i ue ue u u e ae o ai ai _ o")
THAI_CLUSTER = re.compile("([เแโใไ])([ก-ฮ](?:[รลว](?=[ก-ฮะาิีึืุูัํ็่-๋]))?|[ก-ฮ])")
LAO_TO_THAI = str.maketrans("ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮະັາຳິີຶືຸູເແໂໃໄົຽ", "กขคงจสชยดตถทนบปผฝพฟมยรลวหอฮะัาำิีึืุูเแโใไๅย")
THAI_MARKS = re.compile("[่-๎່-ໍຼ]")
CANCELLED = re.compile("(?:(?<=น)[ทด]|(?<=ก)ษ)?[ก-ฮ][ุิ]?์")
NOT_SAID = re.compile("(?<=[ตทคก])ร$|ห(?=[มนลรวยงญ])|(?<=[ศส])ร(?=[ะ-ูเ-ไ])")
TRUE_CLUSTERS = frozenset({"กว", "ขว", "คว"})
BURMESE = alphabet(
    "ကခဂဃငစဆဇဈဉညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအဣဤဥဦဧဩဿ",
    "k kh g g ng s s z z ny ny t t d d n t ht d d n p ph b b m y y l w th h l _ i i u u e aw th",
)
BURMESE_MEDIALS = alphabet("ျြွှ", "y y w _")
# What a vowel and the final consonant after it sound like together; the final alone stands for the vowel `a` before it.
BURMESE_RIMES = {
    "င": "in", "ောင": "aung", "ိုင": "aing", "န": "an", "မ": "an", "ုန": "on", "ုမ": "on", "ိန": "ein", "ိမ": "ein",
    "ွန": "un", "ည": "i", "ဉ": "in", "က": "et", "ောက": "auk", "ိုက": "aik", "တ": "at", "ပ": "at", "ိတ": "eik",
    "ိပ": "eik", "ုတ": "ok", "ုပ": "ok", "စ": "it", "ယ": "e", "ံ": "an", "ုံ": "on", "ိံ": "ein", "": "a", "ာ": "a",
    "ါ": "a", "ိ": "i", "ီ": "i", "ု": "u", "ူ": "u", "ေ": "e", "ဲ": "e", "ော": "aw", "ို": "o", "ော်": "aw", "ေါ": "aw",
    "ေါင": "aung", "ေါက": "auk",
}  # fmt: skip
BURMESE_SYLLABLE = re.compile("([က-ဪဿ])([ျြွှ]*)([ါ-ဲံ]*)((?:[က-အ](?=[့း]*်))?)[့း်]*")


def thai(word: str) -> str:
    """A Thai or Lao word: silenced letters fall, vowels go behind their consonants, finals are said as finals."""
    word = THAI_MARKS.sub("", CANCELLED.sub("", word.translate(LAO_TO_THAI)))
    word = NOT_SAID.sub("", THAI_CLUSTER.sub(r"\2\1", word.replace("รร", "ั")))
    spelt, closed = "", False  # closed: the letter before was written with an `o`, so this one ends the syllable
    for place, letter in enumerate(word):
        after, third = word[place + 1 : place + 2], word[place + 2 : place + 3]
        unwritten = between(letter, after, third)
        if letter in THAI_VOWELS:
            sound = THAI_VOWELS[letter]
        elif letter == "อ":
            sound = "" if after in THAI_VOWELS else "o"
        elif letter == "ว" and spelt and after in THAI and third not in THAI_VOWELS and not after_vowel(word, place):
            sound = "ua"
        elif letter in "ยว" and after_vowel(word, place) and after not in THAI_VOWELS:
            sound = "i" if letter == "ย" else "o"
        elif after in THAI_VOWELS or not spelt or letter not in THAI_FINAL:
            sound = THAI.get(letter, "") + unwritten
        elif not closed and unwritten and (not after_vowel(word, place) or not third):
            sound = THAI[letter] + unwritten
        else:
            sound, unwritten = THAI_FINAL[letter], ""
        spelt, closed = spelt + sound, sound.endswith("o") and unwritten == "o"
    return spelt


def between(letter: str, after: str, third: str) -> str:
    """The unwritten vowel between two consonants: none in a true cluster, `a` before a syllable, else `o`."""
    if after not in THAI or (after == "ว" and third in THAI):
        return ""
    if third not in THAI_VOWELS:
        return "o"
    return "" if after in "รล" or letter + after in TRUE_CLUSTERS else "a"


def after_vowel(word: str, place: int) -> bool:
    """Whether the letter at a place follows a vowel sign."""
    return word[place - 1 : place] in THAI_VOWELS


def burmese(word: str) -> list[str]:
    """The syllables of a Burmese name, each a word, as such names are written in Latin letters."""
    return [one_burmese(*found) for found in BURMESE_SYLLABLE.findall(word)]


def one_burmese(initial: str, medials: str, vowel: str, final: str) -> str:
    """One syllable of its initial, medials, vowel signs and the final that an asat silences."""
    rime = BURMESE_RIMES.get(vowel + final)
    if rime is None:
        rime = BURMESE_RIMES.get(vowel, "a") + BURMESE.get(final, "")
    if initial in "ဣဤဥဦဧဩ":
        return BURMESE[initial] + (BURMESE.get(final, ""))
    aspirated = "h" if "ှ" in medials else ""
    return aspirated + BURMESE[initial] + "".join(BURMESE_MEDIALS[medial] for medial in medials) + rime
