"""Names in Arabic letters lose their article, keep their compounds together, and are read in three ways."""

import pytest

from tripoint.words.arabic import parts_of, read_arabic
from tripoint.words.names import readings


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("عبدالرحمن", ["عبد", "الرحمن"]),
        ("حبیب‌الله".replace("\u200c", ""), ["حبیب", "الله"]),
        ("ابوبكر", ["ابو", "بكر"]),
        ("عبد", ["عبد"]),
        ("سلمان", ["سلمان"]),
    ],
)
def test_parts_written_together_are_cut(word: str, parts: list[str]) -> None:
    assert parts_of(word) == parts


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("سلمان القبيسي", ("slman", "qbisi")),
        ("وليد بن ياسر", ("wlid", "yasr")),
        ("الشيخ عبد الرحيم", ("sheikh", "abdulrhim")),
        ("عبد الله حداد", ("abdulah", "hdad")),
        ("شمس الدين حداد", ("shmsudin", "hdad")),
        ("فاطمة حداد", ("fatma", "hdad")),
    ],
)
def test_arabic_first(text: str, arabic: tuple[str, ...]) -> None:
    assert readings(text)[0].words == arabic


def test_persian_letters_make_persian_the_first_reading() -> None:
    assert read_arabic(("پرویز", "رضا")) == [["prviz", "rza"], ["pruiz", "rda"], ["proiz", "rda"]]


def test_foreign_names_by_sound() -> None:
    assert read_arabic(("بوبوف",)) == [["bubuf"], ["bubuf"], ["popov"]]


def test_vowel_signs_and_stretching_change_nothing() -> None:
    assert read_arabic(("مُحَـمَّد",)) == read_arabic(("محمد",)) == [["mhmd"]] * 3
