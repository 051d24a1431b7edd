"""Scores of many pairs at once: the same as one by one, the same both ways, never at the end of the scale."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, strategies as st

from tests.engines.screening.test_score import PERSONS, named
from tripoint.engines.screening import Grade, score
from tripoint.engines.screening.compare import score_pairs
from tripoint.engines.screening.people import encode
from tripoint.words.people import PersonDescription

LATIN_NAMES = st.lists(
    st.sampled_from(["ricardo", "solarte", "quispe", "bertrand", "mukasa", "tumwine", "tumwin", "b", "ofa", "ito"]),
    min_size=1, max_size=4, unique=True,
).map(" ".join)  # fmt: skip
CONSONANTS = "bcdfghjklmnpqrstvwxz"
ODD = ["", "a", "a" * 2_000, "Mukasa " * 400, "Mukasa Щербаков يوسف 김", "\u200fMukasa\u202e Tumwine\u200e",
       "😀 Mukasa 😀",
       "M\u0301\u0302" * 300, "\u0301" * 2_000, "☃", "\x00\ufffd", "\ud800"]  # fmt: skip


def all_pairs(one: int, other: int) -> npt.NDArray[Any]:
    return np.array([(i, j) for i in range(one) for j in range(other)], np.int32).reshape(-1, 2)


@given(st.lists(PERSONS, min_size=1, max_size=3), st.lists(PERSONS, min_size=1, max_size=3))
def test_the_same_one_by_one(asked: list[PersonDescription], held: list[PersonDescription]) -> None:
    pairs = all_pairs(len(asked), len(held))
    scores = score_pairs(encode(asked), encode(held), pairs)
    singly = [score(asked[i], held[j]).score for i, j in pairs]
    np.testing.assert_allclose(scores, singly, atol=1e-5)


def test_nothing_to_score() -> None:
    nobody, somebody = encode([]), encode([named("Ricardo Solarte")])
    for left, right in ((nobody, nobody), (somebody, nobody), (somebody, somebody)):
        found = score_pairs(left, right, np.empty((0, 2), np.int32))
        assert found.shape == (0,)
        assert found.dtype == np.float32


def test_threads_do_not_disturb_each_other() -> None:
    names = [f"{one}u{other}asa {other}o{one}wine {one}a" for one in CONSONANTS[:8] for other in CONSONANTS[:8]]
    people, pairs = encode(named(name) for name in names), all_pairs(len(names), len(names))
    alone = score_pairs(people, people, pairs)
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(lambda _: score_pairs(people, people, pairs), range(8)):
            np.testing.assert_array_equal(found, alone)


@given(LATIN_NAMES, LATIN_NAMES, PERSONS, PERSONS)
def test_sides_may_be_exchanged(one: str, other: str, facts: PersonDescription, more: PersonDescription) -> None:
    left, right = replace(facts, names=named(one).names), replace(more, names=named(other).names)
    there = score_pairs(encode([left]), encode([right]), all_pairs(1, 1))
    back = score_pairs(encode([right]), encode([left]), all_pairs(1, 1))
    assert there[0] == pytest.approx(back[0], abs=1e-5)


def test_what_agrees_more_scores_higher_to_the_end_of_the_scale() -> None:
    held = named("Bertrand Mukasa Tumwine Solarte")
    asked = ["Bertrand", "Bertrand Mukasa", "Bertrand Mukasa Tumwine", "Bertrand Mukasa Tumwine Solarte"]
    scores = score_pairs(encode(map(named, asked)), encode([held]), all_pairs(4, 1))
    assert (np.diff(scores) > 0).all()
    assert scores[-1] < 0.999


@pytest.mark.parametrize("one", ODD)
def test_odd_names_score_without_harm(one: str) -> None:
    people = encode([named(one), named("Bertrand Mukasa"), *map(named, ODD)])
    scores = score_pairs(people, people, all_pairs(1, len(people)))
    assert ((scores > 0) & (scores < 1)).all()
    assert score(named(one), named("Quispe Solarte")).grade is Grade.NONE


@pytest.mark.parametrize(
    "asked", ["\u200fTumwine\u202e Mukasa\u200e", "😀 Tumwine Mukasa 😀", "Tu\u0301mwi\u0301ne Mukasa"]
)
def test_marks_hide_nobody(asked: str) -> None:
    held = named("Tumwine Mukasa")
    assert score(named(asked), held).score == pytest.approx(score(held, held).score, abs=0.02)


def test_a_person_of_400_names_is_found_by_the_last_of_them() -> None:
    names = [f"{one}u{two}asa t{one}m{two}ine" for one in CONSONANTS for two in CONSONANTS]
    held = named(*names)
    assert len(names) == 400
    assert score(named(names[-1]), held).score == pytest.approx(score(named(names[-1]), named(names[-1])).score)
    assert score(named("Ricardo Solarte Quispe"), held).grade is Grade.NONE


def test_two_persons_of_400_names_each_are_one() -> None:
    names = [f"{one}u{two}asa t{one}m{two}ine" for one in CONSONANTS for two in CONSONANTS]
    assert score(named(*names), named(*names)).grade in (Grade.POSSIBLE, Grade.STRONG)
