"""Documents, vehicles and firearms from a party's own files."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput
from tripoint.records.model import Firearm, TravelDocument, Vehicle
from tripoint.records.sources.documents import read_documents
from tripoint.records.sources.firearms import read_firearms
from tripoint.records.sources.mapping import Mapping, make_mapping, read_mapping
from tripoint.records.sources.outcomes import BadRow, Outcome, Row
from tripoint.records.sources.vehicles import read_vehicles
from tripoint.words.documents import DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.vehicles import VehicleStatus

HEADING = "number,issuer,type,status,reported,circumstances\n"
THEIRS = make_mapping({
    "columns": {"number": "DOC NO", "issuer": "País", "status": "Estado", "reported": "Fecha"},
    "constants": {"type": "passport"},
    "values": {"status": {"Hurtado": "stolen", "Extraviado": "lost"}},
    "dates": "%d/%m/%Y", "delimiter": ";", "encoding": "latin-1",
})  # fmt: skip


def documents(text: str | bytes, mapping: Mapping | None = None) -> list[Outcome]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_documents(io.BytesIO(data), "COL", mapping or Mapping()))


def test_our_own_heading_needs_no_mapping() -> None:
    (row,) = documents(HEADING + "ab 12-34,Colombia,PASSPORT,stolen,2024-02-29,=taken\n")
    assert row == Row(
        2, None,
        TravelDocument("AB1234", "COL", DocumentType.PASSPORT, DocumentStatus.STOLEN, date(2024, 2, 29), "=taken"),
    )  # fmt: skip


def test_a_mapping_translates() -> None:
    (row,) = documents("DOC NO;Estado;País;Fecha\nX-1;hurtado;COLOMBIA;03/04/2020\n".encode("latin-1"), THEIRS)
    assert isinstance(row, Row)
    assert row.content == TravelDocument(
        "X1", "COL", DocumentType.PASSPORT, DocumentStatus.STOLEN, date(2020, 4, 3), None
    )


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("A1,PAN,passport,stolen,,", "issuer"),
        ("A1,,passport,stolen,,", "issuer"),
        ("A1,Nowhere,passport,stolen,,", "issuer"),
        ("--,COL,passport,stolen,,", "number"),
        ("A" * 41 + ",COL,passport,stolen,,", "number"),
        ("A1,COL,library card,stolen,,", "type"),
        ("A1,COL,passport,borrowed,,", "status"),
        ("A1,COL,passport,stolen,2023-02-29,", "reported"),
        ("A1,COL,passport,stolen,02/03/2023,", "reported"),
        ("A1,COL,passport,stolen", "line"),
        ("A1,COL,passport,stolen,,one,two", "line"),
        ("A1,COL,passport,stolen,," + "x" * 1001, "circumstances"),
    ],
)
def test_a_bad_row_names_its_field_and_the_rest_goes_on(line: str, field: str) -> None:
    bad, good = documents(f"{HEADING}{line}\nB2,COL,passport,lost,,\n")
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.field, bad.fatal) == (2, field, False)
    assert bad.reason
    assert bad.remedy
    assert isinstance(good, Row)


@pytest.mark.parametrize(
    ("line", "key"),
    [("a-1,COL,passport,borrowed,,", "A1|COL|passport"), ("A1,COL,book,lost,,", None), ("A1,COL,passport,lost", None)],
)
def test_a_bad_row_names_its_record_where_it_can(line: str, key: str | None) -> None:
    (bad,) = documents(f"{HEADING}{line}\n")
    assert isinstance(bad, BadRow)
    assert bad.key == key


def test_bad_vehicles_and_firearms_name_their_records() -> None:
    cars = b"status,vin,plate,country\nx,1hgbh41jxmn109186,,\nx,,abc-1,Panama\n"
    assert [getattr(each, "key", 0) for each in read_vehicles(io.BytesIO(cars))] == ["1HGBH41JXMN109186", "PAN|ABC1"]
    arms = b"status,serial,make\nx,ab-1,Quill\n"
    assert [getattr(each, "key", 0) for each in read_firearms(io.BytesIO(arms))] == ["AB1|Quill|"]


def test_only_the_issuing_country_adds_a_document() -> None:
    (bad,) = documents(HEADING + "A1,PAN,passport,stolen,,\n")
    assert isinstance(bad, BadRow)
    assert "only the issuing country" in bad.remedy


@pytest.mark.parametrize(
    ("text", "field"), [("", "file"), ("no,such\nx,y\n", "number"), ("\0\n", "heading"), (HEADING[7:], "number")]
)
def test_a_heading_that_cannot_be_used_is_fatal(text: str, field: str) -> None:
    (bad,) = documents(text)
    assert isinstance(bad, BadRow)
    assert bad.fatal
    assert bad.field == field


def test_a_mapping_of_an_unknown_field_is_fatal() -> None:
    (bad,) = documents(HEADING, Mapping(columns={"nombre": "x"}))
    assert isinstance(bad, BadRow)
    assert bad.field == "mapping"


@given(st.binary(max_size=1500))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    documents(data)
    documents(HEADING.encode() + data)
    list(read_vehicles(io.BytesIO(b"PK\x03\x04" + data)))


@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=5))
def test_no_cells_make_the_readers_raise(rows: list[list[str]]) -> None:
    body = "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")
    documents(HEADING.encode() + body)
    list(read_vehicles(io.BytesIO(b"status,vin,plate,country,make\n" + body)))
    list(read_firearms(io.BytesIO(b"status,serial,make\n" + body)))


def workbook(rows: list[list[object]], title: str = "Hoja1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook() -> None:
    data = workbook([["number", "type", "status", "reported"], [12345678, "passport", "lost", date(2024, 5, 6)]])
    (row,) = documents(data)
    assert isinstance(row, Row)
    assert row.content == TravelDocument(
        "12345678", "COL", DocumentType.PASSPORT, DocumentStatus.LOST, date(2024, 5, 6), None
    )


def test_a_workbook_without_the_sheet_or_broken() -> None:
    (bad,) = documents(workbook([["number"]]), Mapping(sheet="Otra"))
    assert isinstance(bad, BadRow)
    assert "Hoja1" in bad.remedy
    (broken,) = documents(workbook([["number"]])[:300])
    assert isinstance(broken, BadRow)
    assert broken.fatal


def test_vehicles() -> None:
    text = "status,vin,plate,country,make,model,colour,reported\n"
    text += "stolen,1HG BH41JXMN109186,,,Honda,Accord,red,2024-01-01\nstolen,,abc-123,Colombia,,,,\nstolen,,abc,,,,,\n"
    text += "stolen,12,,,,,,\n"
    whole, plate, bad, short = read_vehicles(io.BytesIO(text.encode()))
    assert isinstance(whole, Row)
    assert whole.content == Vehicle(
        VehicleStatus.STOLEN, "1HGBH41JXMN109186", None, None, "Honda", "Accord", "red", date(2024, 1, 1)
    )
    assert isinstance(plate, Row)
    assert plate.content == Vehicle(VehicleStatus.STOLEN, None, "ABC123", "COL")
    assert isinstance(bad, BadRow)
    assert isinstance(short, BadRow)
    assert (bad.field, short.field) == ("vin", "vin")


def test_firearms() -> None:
    text = "status,serial,make,model,calibre,country\nstolen,ab-12,Quill & Pine,Boreal 9,9x19,PAN\nlost,,,,,\n"
    row, bad = read_firearms(io.BytesIO(text.encode()))
    assert isinstance(row, Row)
    assert row.content == Firearm(FirearmStatus.STOLEN, "AB12", "Quill & Pine", "Boreal 9", "9x19", "PAN")
    assert isinstance(bad, BadRow)
    assert bad.field == "serial"


def test_mapping_files(tmp_path: Path) -> None:
    toml, json = tmp_path / "m.toml", tmp_path / "m.json"
    toml.write_text('delimiter = "tab"\n[columns]\nnumber = "No"\n[values.status]\n1 = "stolen"\n')
    json.write_text('{"delimiter": "\\t", "columns": {"number": "No"}, "values": {"status": {"1": "stolen"}}}')
    assert read_mapping(toml) == read_mapping(json)
    assert read_mapping(toml).delimiter == "\t"


@pytest.mark.parametrize(
    ("found", "field"),
    [
        ([], "mapping"),
        ({"column": {}}, "column"),
        ({"columns": {"number": ["a"]}}, "columns"),
        ({"values": []}, "values"),
        ({"values": {"status": 1}}, "values.status"),
        ({"delimiter": "ab"}, "delimiter"),
        ({"encoding": "utf-16"}, "encoding"),
        ({"encoding": "nonsense"}, "encoding"),
        ({"encoding": "hex"}, "encoding"),
        ({"dates": 1}, "dates"),
    ],
)
def test_a_wrong_mapping_names_its_part(found: object, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        make_mapping(found)
    assert caught.value.field == field
    assert caught.value.remedy


def test_a_mapping_that_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("= nonsense")
    with pytest.raises(BadInput):
        read_mapping(tmp_path / "bad.toml")
