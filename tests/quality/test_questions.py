"""The made questions: seeded, mistyped as said, and invented people that nobody lists."""

import random

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import OSA

from tests.quality import questions
from tests.quality.pairs import DATA
from tests.quality.persons import birth, listed, written_date
from tripoint.words.dates import PartialDate

needs_data = pytest.mark.skipif(not DATA.exists(), reason="needs the folder shared/data/screening beside the project")


@given(st.text("abcdef -", max_size=20), st.integers())
def test_one_slip_is_one_error(name: str, seed: int) -> None:
    assert OSA.distance(name, questions.slip(name, random.Random(seed))) <= 1


@pytest.mark.parametrize(("text", "date"), [
    ("1951-06-19", PartialDate(1951, 6, 19)), ("1951", PartialDate(1951)),
    ("1951/1953", PartialDate(1951, year_to=1953)),
    ("1975-01-01/1975-12-31", PartialDate(1975)), ("1961-01-01/1963-12-31", PartialDate(1961, year_to=1963)),
    ("about 1960", None),
])  # fmt: skip
def test_births_are_read_as_lists_write_them(text: str, date: PartialDate | None) -> None:
    assert birth(text) == date


def test_written_dates() -> None:
    assert [written_date(text) for text in ("19 Jun 1951", "Jun 1951", "1951")] == ["1951-06-19", "1951-06", "1951"]


@needs_data
def test_questions_are_the_same_every_time() -> None:
    assert questions.with_typing_errors(True) == questions.with_typing_errors(True)
    assert len(questions.with_typing_errors(False)) == 730


@needs_data
def test_invented_people_are_not_listed() -> None:
    assert questions.is_listed(listed()[0].names[0][0])
    found = questions.invented_foreigners()
    assert len(found) == questions.NEGATIVES
    assert not any(questions.is_listed(question.asked.names[0][0]) for question in found)
