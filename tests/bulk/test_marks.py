"""Lists of serial numbers from CSV, row by row, and questions answered in JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tripoint.base.errors import BadInput
from tripoint.bulk import marks
from tripoint.bulk.lists import Complaint
from tripoint.demo.serials import FORMS, guns, write_list

LIST = (
    "\ufeffSerial;ID;Make;Caliber;year\n"
    "AB-12345;1;Arvandel;9 mm;1998\n"
    "XY777; ;Arvandel;;\n"
    "---;3;;;\n"
    "CD1111; 4;Ferrovante;;soon\n"
    '"EE22;FF33";5;;;\n'
    "short\n"
    "\n"
    "МК-4471;6;Kvartsyn;;\n"
)


def build(folder: Path, text: str = LIST) -> tuple[int, list[Complaint]]:
    told: list[Complaint] = []
    return marks.build(io.BytesIO(text.encode()), folder, told.append), told


def test_rows_are_taken_or_told(tmp_path: Path) -> None:
    taken, told = build(tmp_path / "index")
    assert taken == 5  # one row has two serials
    found = [(one.line, one.field, one.kept_out) for one in told]
    assert found == [(3, "id", True), (4, "serial", True), (5, "year", False), (7, "row", True)]
    index = marks.opened(tmp_path / "index")
    answer = marks.ask(index, "ab12345", {"make": "arvandel", "calibre": "9x19"}, 5)
    (best,) = answer["results"]
    assert (best["id"], best["serial"], best["make"], best["calibre"]) == ("1", "AB-12345", "Arvandel", "9 mm")
    assert best["reasons"][:2] == ["the number is the same", "the make is the same"]
    assert answer["looked_at"] >= answer["found"] == 1
    assert answer["milliseconds"] > 0
    assert [marks.ask(index, one, {}, 5)["results"][0]["id"] for one in ("FF33", "MK4471", "МК4471")] == ["5", "6", "6"]


def test_many_questions_in_one_process(tmp_path: Path) -> None:
    build(tmp_path / "index")
    asked = ['{"query": "~1AB12346", "k": 1}', "", "no json", "[1]", '{"query": "*"}', '{"query": "A", "k": "x"}',
             '{"query": "AB12345", "year": "then"}', '{"query": "CD1112", "edits": 0}']  # fmt: skip
    out = io.StringIO()
    assert marks.ask_each(marks.opened(tmp_path / "index"), asked, 5, out) == 7
    first, *faulty, last = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["results"][0]["id"], last["results"]) == ("1", [])
    assert all(one["error"] and (one["remedy"] or "JSON" in one["error"]) for one in faulty)


def test_lists_without_columns_and_folders_without_index_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no column serial"):
        build(tmp_path / "index", "id,number\n1,2\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear all")
    with pytest.raises(BadInput, match="other files"):
        build(tmp_path / "other")
    with pytest.raises(BadInput, match="no index of marks"):
        marks.opened(tmp_path / "other")
    build(tmp_path / "index")
    assert marks.verified(tmp_path / "index") == 5
    (tmp_path / "index" / "ids.bin").write_bytes(b"1 0123456789"[: (tmp_path / "index" / "ids.bin").stat().st_size])
    with pytest.raises(BadInput, match=r"damaged|cut short"):
        marks.verified(tmp_path / "index")


def test_the_invented_list_is_one_that_can_be_built(tmp_path: Path) -> None:
    out = io.StringIO()
    write_list(out, 7, 400)
    taken, told = build(tmp_path / "index", out.getvalue())
    assert (taken, told) == (400, [])
    assert len(FORMS) == 28
    index = marks.opened(tmp_path / "index")
    for gun in list(guns(7, 40))[::8]:
        ids = [one["id"] for one in marks.ask(index, gun.serial, {"make": gun.make}, 3)["results"]]
        assert gun.id in ids
