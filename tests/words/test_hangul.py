"""Korean names come out as the systems of romanisation write them, foreign names as they sound."""

import pytest

from tripoint.words.hangul import LOAN, MCCUNE, NORTHERN, REVISED, USUAL, loan, read_hangul, syllables


@pytest.mark.parametrize(
    ("word", "usual", "northern", "revised", "mccune"),
    [
        ("정", "jung", "jong", "jeong", "chong"),
        ("영수", "youngsu", "yongsu", "yeongsu", "yongsu"),
        ("동민", "dongmin", "tongmin", "dongmin", "tongmin"),
        ("은경", "eunkyung", "ungyong", "eungyeong", "ungyong"),
        ("설리", "sulli", "solli", "seolli", "solli"),
    ],
)
def test_each_system_has_its_letters(word: str, usual: str, northern: str, revised: str, mccune: str) -> None:
    written = [syllables(word, system) for system in (NORTHERN, REVISED, MCCUNE)]
    assert written == [northern, revised, mccune]
    assert syllables(word, USUAL).replace("oo", "u").replace("eung", "eunk") == usual


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("김정민", ["kim", "jungmin"]),
        ("이영수", ["lee", "youngsoo"]),
        ("박 민", ["park", "min"]),
        ("최수", ["choi", "soo"]),
        ("남궁민", ["namgoong", "min"]),
        ("로버트 그린", ["robet", "grin"]),
        ("프랑크", ["prank"]),
        ("알렉산드르", ["aleksandr"]),
        ("블라디미르 스미스", ["bladimir", "smis"]),
    ],
)
def test_family_and_given_name_or_a_foreign_name(text: str, first: list[str]) -> None:
    assert read_hangul(tuple(text.split()))[0] == first


def test_family_names_in_all_their_spellings() -> None:
    assert {way[0] for way in read_hangul(("이민",))[:4]} == {"lee", "ri", "i", "yi"}
    assert {way[0] for way in read_hangul(("박민",))[:4]} == {"park", "pak", "bak"}


@pytest.mark.parametrize(
    ("word", "sound"), [("셔먼", "shemen"), ("슈미트", "shumit"), ("프리츠", "prits"), ("헬렌", "helen")]
)
def test_loan_words_sound_as_their_letters_were_chosen(word: str, sound: str) -> None:
    assert loan(word, LOAN) == sound
