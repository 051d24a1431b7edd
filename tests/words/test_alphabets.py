"""Letters sound as each language says them; the plain spelling of lists comes first."""

import pytest

from tripoint.words.alphabets import read_cyrillic, read_greek, read_latin


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("müller", ["muller", "mueller"]),
        ("đurđić", ["durdic", "djurdjich"]),
        ("yıldız", ["yildiz", "yildiz"]),
        ("çağlar", ["caglar", "chalar"]),
        ("şükrü", ["sukru", "shuekrue"]),
        ("françois", ["francois", "fransois"]),
        ("nguyễn", ["nguyen"]),
        ("țepeș", ["tepes", "tsepesh"]),
        ("þórður", ["thordur", "thordur"]),
        ("smith", ["smith"]),
    ],
)
def test_latin_letters_with_marks(word: str, ways: list[str]) -> None:
    assert [way[0] for way in read_latin((word,))] == ways


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("щербаков", "shcherbakov"),
        ("григорій", "hryhorii"),
        ("їжак", "izhak"),
        ("ђорђе", "djordje"),
        ("живковић", "zivkovic"),
        ("първан", "parvan"),
        ("қасым", "kasym"),
    ],
)
def test_cyrillic_by_language(word: str, first: str) -> None:
    assert read_cyrillic((word,))[0] == [first]


def test_cyrillic_foreign_names() -> None:
    assert ["harri"] in read_cyrillic(("гарри",))
    assert ["jeyms"] in read_cyrillic(("джеймс",))
    assert ["qasym"] in read_cyrillic(("қасым",))


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("χρήστος", {"christos", "hristos"}),
        ("μπάμπης", {"bampis", "babis"}),
        ("ευθυμίου", {"efthymiou", "efthimiu"}),
        ("հակոբ", {"hakob", "hagop"}),
        ("գուրգեն", {"gurgen", "kurken"}),
        ("გიორგი", {"giorgi"}),
    ],
)
def test_greek_armenian_georgian(word: str, ways: set[str]) -> None:
    assert {way[0] for way in read_greek((word,))} >= ways
