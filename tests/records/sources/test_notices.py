"""Notices as the public interface gives them, with every trap of its data; all people are invented."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tripoint.records.model import Action, NoticeColour, Person
from tripoint.records.sources.notices import read_notices
from tripoint.records.sources.outcomes import BadRow, Outcome, Passed, Row
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonStatus, Sex

RED: dict[str, Any] = {
    "entity_id": "2020/12345", "name": "PINE", "forename": "ANA", "date_of_birth": "1970/05/12", "sex_id": "F",
    "nationalities": ["PA", "922"], "country_of_birth_id": "PA", "place_of_birth": "Port Nowhere",
    "languages_spoken_ids": ["SPA"], "height": 1.7, "weight": 0, "eyes_colors_id": ["BRO"], "hairs_id": None,
    "distinguishing_marks": None,
    "arrest_warrants": [
        {"issuing_country_id": "CO", "charge": "hurto", "charge_translation": "theft"},
        {"issuing_country_id": "914", "charge": "smuggling", "charge_translation": None},
        {"issuing_country_id": "CO", "charge": "estafa", "charge_translation": None},
    ],
}  # fmt: skip
YELLOW = {
    "entity_id": "2019-77", "name": None, "forename": "BORIS", "birth_name": "QUAY", "date_of_birth": "2004/07",
    "sex_id": "U", "father_forename": "IVO", "date_of_event": "2019/01/05", "place": "Port Nowhere", "country": "PA",
}  # fmt: skip
UN = {
    "entity_id": "2011/9", "un_reference": "NWi.009", "un_reference_date": "2011/02/23", "name": "MARLOWE",
    "forename": None, "name_in_original_script": "مارلو", "aliases": ["Mar", {"name": "LOWE", "forename": "MAR"}],
    "identity_documents": ["Passport A123 (Panama)", {"document_type": "Passport", "number": "B-4", "country": "PA"}],
    "purposes": ["travel ban"], "summary": "Listed.", "nationalities": None, "date_of_birth": "1960",
}  # fmt: skip


def read(value: Any, colour: NoticeColour | None = None) -> list[Outcome]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(read_notices(io.BytesIO(data), colour))


def person(value: Any) -> Person:
    (row,) = read(value)
    assert isinstance(row, Row)
    assert isinstance(row.content, Person)
    return row.content


def test_red() -> None:
    found = person(RED)
    assert (found.source_key, found.status) == ("2020/12345", PersonStatus.WANTED)
    assert found.description.names[0].full == "ANA PINE"
    assert [str(birth) for birth in found.description.births] == ["1970-05-12"]
    assert (found.description.sex, found.description.nationalities) == (Sex.FEMALE, ("PAN",))
    assert [(notice.issuer, notice.charges, notice.action) for notice in found.notices] == [
        ("COL", ("hurto (theft)", "estafa"), Action.DETAIN_AND_CALL),
        ("914", ("smuggling",), Action.DETAIN_AND_CALL),
    ]
    assert found.marks == "height 1.7 m; eyes BRO"
    assert found.remarks == "speaks SPA; nationality as published: 922"


def test_yellow() -> None:
    found = person(YELLOW)
    assert (found.source_key, found.status) == ("2019/77", PersonStatus.MISSING)
    assert [(name.full, name.kind) for name in found.description.names] == [
        ("BORIS", NameKind.PRIMARY),
        ("QUAY", NameKind.BIRTH),
    ]
    assert str(found.description.births[0]) == "2004-07"
    assert found.description.sex is None
    assert found.notices[0].action is Action.PROTECT
    assert found.notices[0].remarks == "missing since 2019/01/05, Port Nowhere, PA"


def test_security_council() -> None:
    found = person(UN)
    assert found.status is PersonStatus.SANCTIONED
    assert [name.full for name in found.description.names] == ["MARLOWE", "مارلو", "Mar", "MAR LOWE"]
    assert found.description.documents == (
        DocumentReference("A123", "PAN", DocumentType.PASSPORT),
        DocumentReference("B4", "PAN", DocumentType.PASSPORT),
    )
    assert (found.notices[0].colour, found.notices[0].reference) == (NoticeColour.UN_SPECIAL, "NWi.009")
    assert str(found.notices[0].issued) == "2011-02-23"


def test_entities_are_passed_over() -> None:
    (found,) = read({**UN, "legal_form": "S.A."})
    assert isinstance(found, Passed)


SHORT = {"entity_id": "2020/1", "name": "PINE", "forename": "ANA", "date_of_birth": "1970"}
PAGE = {
    "total": 2,
    "_embedded": {"notices": [SHORT, {**SHORT, "_links": {"self": {"href": "https://x/notices/v1/yellow/2020-2"}}}]},
    "_links": {"self": {"href": "https://x/notices/v1/red?page=1"}},
}


def test_a_page_tells_the_colour() -> None:
    assert [row.content.status for row in read(PAGE) if isinstance(row, Row) and isinstance(row.content, Person)] == [
        PersonStatus.WANTED,
        PersonStatus.MISSING,
    ]


def test_arrays_lines_and_pages_of_lines() -> None:
    assert len(read([RED, YELLOW, PAGE])) == 4
    lines = b"\n".join(json.dumps(each).encode() for each in (RED, PAGE, YELLOW))
    found = read(lines + b"\nnonsense\n\n" + json.dumps(UN).encode())
    assert [(type(each), each.line) for each in found] == [
        (Row, 1), (Row, 2), (Row, 2), (Row, 3), (BadRow, 4), (Row, 6),
    ]  # fmt: skip


def test_the_colour_may_be_said() -> None:
    (bad,) = read(SHORT)
    assert isinstance(bad, BadRow)
    assert bad.field == "colour"
    (row,) = read(SHORT, NoticeColour.RED)
    assert isinstance(row, Row)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"entity_id": None}, "entity_id"),
        ({"name": None, "forename": ""}, "name"),
        ({"date_of_birth": "1970/02/30"}, "date_of_birth"),
        ({"date_of_birth": "1/2/70"}, "date_of_birth"),
        ({"name": {"a": 1}}, "name"),
        ({"name": "PI\0NE"}, "name"),
        ({"forename": "\ud800"}, "forename"),
    ],
)
def test_a_bad_notice_names_its_field(change: dict[str, Any], field: str) -> None:
    bad, good = read([{**RED, **change}, RED])
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.field, bad.fatal) == (1, field, False)
    assert bad.remedy
    assert isinstance(good, Row)


@pytest.mark.parametrize("data", [b"", b"{", b"12", b"\xff", b"[" * 100_000, b'{"a": 1'])
def test_a_file_that_is_no_json_is_fatal(data: bytes) -> None:
    (bad,) = read(data)
    assert isinstance(bad, BadRow)
    assert bad.fatal


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*RED, *YELLOW, *UN, "_links", "_embedded", "notices", "self"]), inner, max_size=6
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_no_json_makes_the_reader_raise(value: Any) -> None:
    read([value])
    read({**RED, **value} if isinstance(value, dict) else value)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    read(data)
    read(b"{}\n" + data)
