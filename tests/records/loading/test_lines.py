"""The text form in which rows go to the database."""

import json
from datetime import date

import pytest
from hypothesis import given, strategies as st

from tripoint.records.loading.lines import COLUMNS, escaped, kept_line, line_maker
from tripoint.records.model import Content, Firearm, Person, RecordKind, TravelDocument, Vehicle
from tripoint.records.sources.outcomes import Row
from tripoint.words.documents import DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.people import PersonDescription, PersonName, PersonStatus
from tripoint.words.vehicles import VehicleStatus

DOCUMENT = TravelDocument("A1", "PAN", DocumentType.PASSPORT, DocumentStatus.LOST, date(2024, 2, 29), "a\tb\\c")
PERSON = Person("7", PersonStatus.WANTED, PersonDescription((PersonName("Ana Pine"),)))
CONTENTS: dict[RecordKind, Content] = {
    RecordKind.PERSON: PERSON,
    RecordKind.DOCUMENT: DOCUMENT,
    RecordKind.VEHICLE: Vehicle(VehicleStatus.STOLEN, "1HGBH41JXMN109186"),
    RecordKind.FIREARM: Firearm(FirearmStatus.LOST, "AB12"),
}


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_kind_fills_its_columns(kind: RecordKind) -> None:
    line = line_maker(kind)(Row(3, None, CONTENTS[kind]))
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert len(line[:-1].split("\t")) == len(COLUMNS[kind]) + 2
    assert len(kept_line(kind, 3, "key").split("\t")) == len(COLUMNS[kind]) + 2


@pytest.mark.parametrize("kind", list(RecordKind))
def test_a_reader_of_another_kind_is_a_mistake_of_ours(kind: RecordKind) -> None:
    other = CONTENTS[RecordKind.PERSON if kind is not RecordKind.PERSON else RecordKind.DOCUMENT]
    with pytest.raises(TypeError):
        line_maker(kind)(Row(1, None, other))


def test_a_document() -> None:
    line = line_maker(RecordKind.DOCUMENT)(Row(3, None, DOCUMENT))
    assert line == "3\t\\N\tA1\tPAN\tpassport\tlost\t2024-02-29\ta\\tb\\\\c\n"


def test_a_person() -> None:
    parts = line_maker(RecordKind.PERSON)(Row(3, "7", PERSON))[:-1].split("\t")
    assert parts[:4] == ["3", "\\N", "7", "wanted"]
    assert parts[4].startswith("\\\\x")
    assert json.loads(parts[5])["names"] == [{"full": "Ana Pine", "kind": "primary"}]
    assert len(parts) == 6


@given(st.text())
def test_no_text_breaks_a_line(text: str) -> None:
    assert not {"\t", "\n", "\r"} & set(escaped(text))
    assert escaped(text) != "\\N"
