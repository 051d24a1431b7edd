"""Lists as lines of JSON: whatever stands there, an entry or a word on why not, and the rest goes on."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tripoint.bulk.lists import LONGEST_LINE, Complaint, Listed, read_people
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonName, Sex

FIELDS = ("id", "name", "names", "full", "birth_date", "documents", "number", "gender", "nationality")


def read(*lines: bytes | str | dict[str, Any]) -> tuple[list[Listed], list[Complaint]]:
    texts = [line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
             for line in lines]  # fmt: skip
    told: list[Complaint] = []
    return list(read_people(io.BytesIO(b"\n".join(texts)), told.append)), told


def test_an_entry_of_a_watch_list_is_read_whole() -> None:
    entry = {
        "id": 7, "names": [{"full": "Oldara Veskimeny", "first": "Oldara", "last": "Veskimeny", "kind": "primary"},
                           {"full": "Olda", "kind": "weak"}, {"first": "Old", "last": "Vesk", "kind": "fka"}, "Veskim"],
        "birth_dates": ["1976-05-12", "1976", "1975-01-01/1976-12-31", "1976-05-01/1976-05-31"],
        "nationalities": ["Colombia", "COL"], "gender": "Female",
        "documents": [{"type": "Passport", "number": "ab 12-3", "country": "Colombia"},
                      {"type": "Tax ID No", "number": "77"}, "X9"],
    }  # fmt: skip
    (found,), told = read(entry)
    assert not told
    assert (found.line, found.id) == (1, "7")
    person = found.person
    assert [(name.full, name.kind) for name in person.names] == [
        ("Oldara Veskimeny", NameKind.PRIMARY), ("Olda", NameKind.WEAK_ALIAS), ("Old Vesk", NameKind.FORMER),
        ("Veskim", NameKind.PRIMARY),
    ]  # fmt: skip
    assert person.births == (
        PartialDate(1976, 5, 12), PartialDate(1976), PartialDate(1975, year_to=1976), PartialDate(1976, 5),
    )  # fmt: skip
    assert (person.nationalities, person.sex) == (("COL",), Sex.FEMALE)
    assert person.documents == (
        DocumentReference("AB123", "COL", DocumentType.PASSPORT), DocumentReference("77", None, DocumentType.OTHER),
        DocumentReference("X9"),
    )  # fmt: skip


def test_a_query_is_read_by_its_short_fields() -> None:
    (found,), told = read({"id": "q", "name": "Oldara", "birth_date": "1976", "nationality": "co", "sex": "M"})
    assert not told
    assert found.person.names == (PersonName("Oldara"),)
    assert (found.person.births, found.person.nationalities, found.person.sex) == (
        (PartialDate(1976),), ("COL",), Sex.MALE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("not json", "line"), (b"\xff\xfe{", "line"), ("[1]", "line"), ("null", "line"), ("[" * 100_000, "line"),
        ({"name": "Oldara"}, "id"), ({"id": "", "name": "Oldara"}, "id"), ({"id": True, "name": "Oldara"}, "id"),
        ({"id": "1"}, "names"), ({"id": "1", "name": ""}, "names"), ({"id": "1", "name": "  "}, "names"),
        ({"id": "1", "names": [None, ""]}, "names"), ({"id": "1", "names": [7]}, "names"),
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_is_kept_out_and_the_rest_goes_on(line: Any, field: str) -> None:
    found, told = read({"id": "before", "name": "Ana"}, line, "", {"id": "after", "name": "Ana"})
    assert [(each.id, each.line) for each in found] == [("before", 1), ("after", 4)]
    assert [(one.line, one.field) for one in told if one.kept_out] == [(2, field)]
    assert all(one.remedy for one in told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_date": "soon"}, {"nationality": "Nowhere at all"}, {"gender": "and"}, {"documents": [{"number": "-"}]},
        {"documents": [{"number": "9" * 50}]}, {"names": [{"full": 7}]}, {"nationality": {"a": 1}},
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_is_left_out_and_told(wrong: dict[str, Any]) -> None:
    (found,), told = read({"id": "1", "name": "Oldara", **wrong})
    assert found.person.names == (PersonName("Oldara"),)
    assert [one.kept_out for one in told] == [False]
    assert next(iter(wrong)) in told[0].field


def test_a_line_without_end_is_passed_over() -> None:
    found, told = read({"id": "1", "name": "x" * (LONGEST_LINE * 2)}, {"id": "2", "name": "Ana"})
    assert [each.id for each in found] == ["2"]
    assert [one.line for one in told] == [1]


def test_a_person_with_hundreds_of_long_aliases_is_taken() -> None:
    (found,), told = read({"id": "1", "names": [f"{n} " + "x" * 2_000 for n in range(400)]})
    assert len(found.person.names) == 400
    assert not told


def test_half_a_character_and_marks_of_direction_do_no_harm() -> None:
    (found,), told = read(r'{"id": "a\ud800", "name": "Old\udfffara \u202eanA \ud83d\udea8"}')
    assert not told
    "".join((found.id, found.person.names[0].full)).encode()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(FIELDS), inner),
    )
)
def test_no_line_stops_the_reader(value: Any) -> None:
    found, told = read(json.dumps(value), {"id": "after", "name": "Ana"})
    assert found[-1].id == "after"
    assert len(found) + sum(one.kept_out for one in told) == 2


def test_the_real_list_is_read_to_its_end(data_folder: Callable[[str], Path]) -> None:
    told: list[Complaint] = []
    with (data_folder("screening") / "watchlist_persons.jsonl").open("rb") as stream:
        count = sum(1 for _ in read_people(stream, told.append))
    assert count > 9_000
    assert not [one for one in told if one.kept_out]
