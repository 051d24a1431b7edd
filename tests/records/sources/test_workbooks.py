"""Workbooks: rows as people see them, and no archive, size or markup that would make reading them dangerous."""

from __future__ import annotations

import io
import time
import zipfile

import openpyxl
import pytest

from tests.records.sources.test_markup import LAUGHS
from tripoint.records.sources import workbooks
from tripoint.records.sources.outcomes import BadRow
from tripoint.records.sources.workbooks import workbook_rows

BOMB = f"<!DOCTYPE x [{LAUGHS}]>"


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with some text of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text, text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return out.getvalue()


def read(data: bytes) -> list[tuple[int, list[str]] | BadRow]:
    return list(workbook_rows(io.BytesIO(data), None))


SHEET = "xl/worksheets/sheet1.xml"
TWO = workbook(["number", "type", "remarks"], [1, "passport", "a"], [2, "passport"])


def test_rows_are_as_wide_as_the_heading() -> None:
    assert read(TWO) == [(1, ["number", "type", "remarks"]), (2, ["1", "passport", "a"]), (3, ["2", "passport", ""])]


@pytest.mark.parametrize("size", ["A1", "A1:A1", "A1:XFD1048576", "A1:C2"])
def test_what_a_sheet_says_of_its_size_does_not_matter(size: str) -> None:
    assert read(rewritten(TWO, SHEET, '<dimension ref="A1:C3"', f'<dimension ref="{size}"')) == read(TWO)


def test_a_row_far_below_is_reached_soon_and_one_beyond_the_format_never_looked_for() -> None:
    before = time.process_time()
    last = read(rewritten(TWO, SHEET, '<row r="3">', '<row r="1048576">'))
    assert last[-1] == (1_048_576, ["2", "passport", ""])
    assert len(read(rewritten(TWO, SHEET, '<row r="3">', '<row r="999999999999999">'))) == 2
    assert time.process_time() - before < 5


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "_rels/.rels", "[Content_Types].xml"])
def test_no_part_may_declare_a_document_type(part: str) -> None:
    text = zipfile.ZipFile(io.BytesIO(TWO)).read(part).decode()
    start = text.index("<", text.index("?>")) if text.startswith("<?xml") else 0
    (bad,) = read(rewritten(TWO, part, text, text[:start] + BOMB + text[start:]))
    assert isinstance(bad, BadRow)
    assert bad.fatal
    assert "document type" in bad.reason


def test_what_is_wrong_with_the_archive_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO(TWO)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../etc/passwd", "x")
    (bad,) = read(out.getvalue())
    assert isinstance(bad, BadRow)
    assert (bad.fatal, bad.field) == (True, "file")
    assert "leads out of it" in bad.reason


def test_rows_are_cut_at_the_most_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_COLUMNS", 2)
    assert read(TWO)[0] == (1, ["number", "type"])
