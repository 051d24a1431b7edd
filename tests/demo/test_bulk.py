"""Lists of any length: every number once, in the hub's own form, and questions that never meet them by accident."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput
from tripoint.demo import bulk, bulk_loading
from tripoint.demo.bulk import Load
from tripoint.demo.places import ISSUERS
from tripoint.desks.checks.http import question_from
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.records.model import TravelDocument
from tripoint.records.sources.outcomes import Row
from tripoint.words.documents import fold, normalise_number


@given(st.sampled_from(ISSUERS), st.lists(st.integers(0, 19_999_999), unique=True))
def test_numbers_of_an_issuer_are_unique_and_in_the_hubs_form(issuer: str, places: list[int]) -> None:
    made = [bulk.number(issuer, at) for at in places]
    assert len(set(made)) == len(places)
    assert all(normalise_number(one) == one and 8 <= len(one) <= 9 for one in made)


@pytest.mark.parametrize("issuer", ISSUERS)
def test_listed_numbers_are_confused_with_no_other(issuer: str) -> None:
    form = bulk.form_of(issuer)
    assert not {fold(start) for start in form.listed} & {fold(start) for start in form.unlisted}
    assert len(set(form.listed)) == len(form.listed)


@given(st.integers(0, bulk.MOST), st.integers(0, 1_000_000))
def test_shares_add_up_and_fit(documents: int, persons: int) -> None:
    parts = bulk.shares(documents, persons)
    assert sum(part.documents for part in parts) == documents
    assert sum(part.persons for part in parts) == persons
    assert all(0 <= part.documents <= bulk.form_of(part.issuer).space for part in parts)
    assert max(part.persons for part in parts) - min(part.persons for part in parts) <= 1


def test_128_million_documents_are_possible_and_held_nowhere() -> None:
    bulk_loading.check_numbers(128_000_000, 100_000)
    rows = bulk.documents("COL", bulk.shares(128_000_000, 0)[0].documents)
    assert isinstance(rows, Iterator)
    first = next(rows)
    assert isinstance(first, Row)
    assert isinstance(first.content, TravelDocument)
    assert normalise_number(first.content.number) == first.content.number


@pytest.mark.parametrize(("documents", "persons"), [(bulk.MOST + 1, 0), (-1, 0), (0, -1)])
def test_impossible_numbers_are_refused(documents: int, persons: int) -> None:
    with pytest.raises(BadInput):
        bulk_loading.check_numbers(documents, persons)


def test_people_are_the_same_for_one_seed() -> None:
    assert list(bulk.persons(1, "COL", 5)) == list(bulk.persons(1, "COL", 5))


def test_only_planted_questions_name_listed_documents() -> None:
    parts = bulk.shares(1000, 10)
    listed = {bulk.number(part.issuer, at) for part in parts for at in range(part.documents)}
    for question in islice(bulk.questions(1, parts, Load(one_hit_in=10), {}), 300):
        body = json.loads(question.body)
        number = question_from(CheckAsked.model_validate(body)).document
        if question.planted:
            assert number
            held = next(part for part in parts if part.issuer == number.issuer)
            assert number.number in {bulk.number(held.issuer, at) for at in range(held.documents)}
        elif number:
            assert number.number not in listed


def test_ids_are_never_asked_twice() -> None:
    source = bulk.questions(1, bulk.shares(100, 0), Load(), {"post": "x"})
    ids = [json.loads(question.body)["id"] for question in bulk.first(source, 200)]
    assert len(set(ids)) == 200
