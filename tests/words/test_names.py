"""Names in many alphabets come to the same letters, and nothing makes the folding fail."""

import re
import time

import pytest
from hypothesis import given, strategies as st

from tripoint.words.names import LONGEST, MOST_READINGS, MOST_TOKENS, Script, latin, readings, skeleton, tokens


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Łukasz Đorđević Straße", "lukasz dordevic strasse"),
        ("İpek ÇELİK", "ipek celik"),
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("ＪＯＨＮ", "john"),
        ("Дмитрий Щербаков", "dmitrii shcherbakov"),
        ("Παπαδόπουλος Μπάμπης", "papadopoulos babis"),
        ("გიორგი ჭავჭავაძე", "giorgi chavchavadze"),
        ("Հայկ", "hayk"),
        ("오다솜새", "o ta som sae"),
        ("מרדכי לוי", "mrdki loi"),
        ("سلمان وليد", "slman wlid"),
        ("پرویز چراغی", "pruiz chraghi"),
        ("王小明", "王小明"),
    ],
)
def test_writes_other_alphabets_in_latin_letters(text: str, written: str) -> None:
    assert latin(text) == written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. Ivan de la Cruz Jr", ("ivan", "cruz")),
        ("AL-RAHMAN, Omar Abd", ("rahman", "omar", "abd")),
        ("O’Neill-Smith", ("oneill", "smith")),
        ("Van Le", ("van", "le")),
        ("Sheikh", ("sheikh",)),
        ("ابن القبيسي", ("abn", "qbisi")),
        ("西姆柯·帕利", ("西姆柯", "帕利")),
        ("--- !!", ()),
        ("", ()),
    ],
)
def test_cuts_names_into_words_without_particles_and_titles(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


@pytest.mark.parametrize(
    "spellings",
    [
        ("mohammed", "muhamad", "محمد", "mohamed"),
        ("tchaikovsky", "kaikobski"),
        ("yusupov", "iusupow", "юсупов"),
        ("fatimah", "fatima", "vatima"),
        ("zakharov", "sakharow"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(tokens(each)[0]) for each in spellings}) == 1


def test_a_word_without_consonants_keeps_its_letters() -> None:
    assert skeleton("aya") == "aya"


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    for word in tokens(text):
        assert word
        assert skeleton(word)
    assert latin(text) == latin(text).lower()


@given(st.text(st.characters(max_codepoint=0x600, categories=("L", "Mn", "Zs")), max_size=60))
def test_case_and_folding_twice_change_nothing(text: str) -> None:
    once = latin(text)
    assert latin(once) == once or not once.isascii()
    if text.isascii():
        assert latin(text.upper()) == once == latin(text.lower())


@given(st.integers(0, 0x10FFFF).filter(lambda code: not 0xD800 <= code <= 0xDFFF))
def test_every_character_can_be_read(code: int) -> None:
    latin(chr(code) * 3)


def test_long_text_is_bounded() -> None:
    started = time.process_time()
    for letter in ("a ", "م", "김", "ﷺ", "e\u0301", "\U0001f600"):
        assert len(tokens(letter * 10_000)) <= MOST_TOKENS
        assert len(latin(letter * 10_000)) <= LONGEST * 20
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "script", "words"),
    [
        ("Dr. Jürgen von Müller", Script.LATIN, ("jurgen", "muller")),
        ("Abd al-Rahman Haddad", Script.LATIN, ("abdulrahman", "haddad")),
        ("Щербаков Иван", Script.CYRILLIC, ("shcherbakov", "ivan")),
        ("Παπάς", Script.GREEK, ("papas",)),
        ("عبد الرحمن حداد", Script.ARABIC, ("abdulrhmn", "hdad")),
        ("יוסף חדד", Script.HEBREW, ("yosf", "hdd")),
        ("张文明", Script.HAN, ("zhang", "wenming")),
        ("김정민", Script.HANGUL, ("kim", "jungmin")),
        ("マルタ・スミス", Script.KANA, ("marta", "smis")),
        ("राम शर्मा", Script.INDIC, ("ram", "sharma")),
        ("ኃይለ", Script.OTHER, ("hayle",)),
        ("Иvan", Script.CYRILLIC, ("ivan",)),
        ("Kim (김) 😀", Script.LATIN, ("kim", "kim")),
    ],
)
def test_the_likeliest_reading(text: str, script: Script, words: tuple[str, ...]) -> None:
    first = readings(text)[0]
    assert (first.script, first.words) == (script, words)


def test_words_of_several_scripts_are_read_together() -> None:
    assert [way.words for way in readings("Müller 김민")][:2] == [("muller", "kim", "min"), ("mueller", "kim", "min")]
    assert ("suzuki", "ichiro") in [way.words for way in readings("鈴木イチロー")]


@pytest.mark.parametrize("text", ["", "...", "😀", "\u202e\u200f", "\u0301"])
def test_no_letter_no_reading(text: str) -> None:
    assert readings(text) == ()


@given(st.text(max_size=300))
def test_readings_never_fail(text: str) -> None:
    found = readings(text)
    assert len(found) <= MOST_READINGS
    assert len(set(found)) == len(found)
    for reading in found:
        assert 0 < len(reading.words) <= MOST_TOKENS
        assert all(re.fullmatch("[a-z0-9]{1,64}", word) for word in reading.words)


@given(st.text("abdulrahmnieyk o'-ABDUL", max_size=40))
def test_reading_a_reading_changes_nothing(text: str) -> None:
    for reading in readings(text):
        again = readings(" ".join(reading.words))
        assert readings(" ".join(again[0].words))[0].words == again[0].words
        assert readings(text.upper()) == readings(text.lower())  # mixed case may part words that are run together


@given(st.integers(0, 0x10FFFF).filter(lambda code: not 0xD800 <= code <= 0xDFFF))
def test_every_character_has_a_reading_or_none(code: int) -> None:
    readings(chr(code) * 3)


STORMS = (
    "e\u0301",
    "\u0301\u0323",
    "김",
    "習",
    "م",
    "ﷺ",
    "\U0001f600",
    "นส",
    "क्",
    "ア",
    "а",
    "aא中김",
    "\u202e",
    "a ",
    "中·",
    "ا و",
)


@pytest.mark.parametrize("storm", STORMS)
def test_long_names_take_no_longer(storm: str) -> None:
    readings("習")  # the tables are read once
    started = time.process_time()
    for length in range(2_000, 2_010):
        readings(storm * length)
    assert (time.process_time() - started) / 10 < 0.02
