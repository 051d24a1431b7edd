"""Handing in a book: a workbook is looked through before anything of it is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tripoint.base.errors import BadInput
from tripoint.desks.dealers.work import rows_from
from tripoint.doors.dealers import look_through

ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


def hostile() -> bytes:
    """A workbook whose sheet declares entities."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", ENTITIES)
    return kept.getvalue()


def test_a_workbook_with_entities_is_not_opened() -> None:
    with pytest.raises(BadInput, match="document type"):
        rows_from("book.xlsx", hostile(), None)


def test_nor_by_the_command(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(hostile())
    with pytest.raises(ValueError, match="document type"):
        look_through(file)
    plain = tmp_path / "book.csv"
    plain.write_bytes(b"dealer,date\n")
    look_through(plain)
