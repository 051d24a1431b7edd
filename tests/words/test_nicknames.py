"""One name in many languages and its short forms are known, and names after the father."""

import pytest

from tripoint.words.nicknames import Kinship, groups, kind_of_group, kinship, nickname_group, patronymic


@pytest.mark.parametrize(
    ("word", "other", "kin"),
    [
        ("yuri", "jorge", Kinship.SPELLING),
        ("ivan", "giovanni", Kinship.SPELLING),
        ("khalid", "haled", Kinship.SPELLING),
        ("mehmet", "mamadou", Kinship.SPELLING),
        ("bill", "william", Kinship.NICKNAME),
        ("pepe", "jose", Kinship.NICKNAME),
        ("sasha", "aleksandr", Kinship.NICKNAME),
        ("ivan", "anna", None),
        ("xyz", "anna", None),
    ],
)
def test_kinship_goes_both_ways(word: str, other: str, kin: Kinship | None) -> None:
    assert kinship(word, other) == kinship(other, word) == kin


def test_every_word_is_one_a_reading_may_have() -> None:
    members, kinds = groups()
    assert len(members) > 2_000
    for word, numbers in members.items():
        assert word.isascii()
        assert word.isalnum()
        assert all(kind_of_group(number) is kinds[number] for number in numbers)
    assert nickname_group("xyz") is None


@pytest.mark.parametrize(
    "word", ["ivanovich", "sergeevna", "petrivna", "ilyich", "mamedoglu", "aliqizi", "huseynzade", "jonsdottir"]
)
def test_patronymics(word: str) -> None:
    assert patronymic(word)


@pytest.mark.parametrize("word", ["petrov", "ivanova", "hovsepyan", "smith", "zadeh", "oglu", "", "milosevic"])
def test_other_names_are_none(word: str) -> None:
    assert not patronymic(word)
