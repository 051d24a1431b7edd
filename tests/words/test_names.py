"""Names in many alphabets come to the same letters, and nothing makes the folding fail."""

import time

import pytest
from hypothesis import given, strategies as st

from tripoint.words.names import LONGEST, MOST_TOKENS, latin, skeleton, tokens


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
