"""Hebrew letters sound by their place in the word."""

import pytest

from tripoint.words.hebrew import read_hebrew


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("משה", "msha"),
        ("יוסף", "yosf"),
        ("ג'ורג'", "jorj"),
        ("אולגה", "olga"),
        ("וולטר", "vltr"),
        ("יעקב", "yakv"),
        ("אביב", "abiv"),
        ("צ׳ארלס", "charls"),
        ("בן", "ben"),
        ("שָׁלוֹם", "shlom"),
    ],
)
def test_likeliest_reading(word: str, first: str) -> None:
    assert read_hebrew((word,))[0] == [first]


def test_soft_letters_are_another_reading() -> None:
    assert ["ravuvn"] not in read_hebrew(("ראובן",))
    assert [way[0] for way in read_hebrew(("שבתאי",))] == ["shbtai", "shbtai", "svthai"]
