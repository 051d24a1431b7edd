"""Cells that no program takes for a formula, and that are read back as they were."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given, strategies as st

from tripoint.words.spreadsheets import meant_by, safe_cell, safe_row

NASTY = st.text(st.sampled_from("=+-@＝＋－＠'\";,\t\r\n \u200b\ufeff\x00aZ1"), max_size=30)
TEXTS = st.one_of(NASTY, st.text(max_size=40))
# What the programs do, said independently: cut at any separator, drop blanks and quotation marks, look at the first.
CUT, DROPPED, FORMULA = re.compile(r"[;\t\r\n]"), re.compile(r"^[\s\"\x00\u200b-\u200f\u2060\ufeff]+"), "=+-@＝＋－＠"


def taken_for_a_formula(cell: str) -> bool:
    return any(DROPPED.sub("", part)[:1] in tuple(FORMULA) for part in CUT.split(cell))


@given(TEXTS)
@example("=cmd|' /C calc'!A0")
@example(" =1+1")
@example('a;"=1+1"')
@example("'=1")
@example("\t-1")
def test_no_cell_begins_a_formula_whatever_separates_cells(text: str) -> None:
    assert not taken_for_a_formula(safe_cell(text))
    assert safe_cell(text)[:1] not in ("\t", "\r", "\0")


@given(TEXTS)
@example("''=1")
@example("'")
@example("O'Neil; -")
def test_what_was_meant_is_read_back(text: str) -> None:
    assert meant_by(safe_cell(text)) == text


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_rows_survive_a_csv_file(texts: list[str]) -> None:
    kept = [text.replace("\r", "") for text in texts]
    out = io.StringIO(newline="")
    csv.writer(out).writerow(safe_row(kept))
    assert [meant_by(cell) for cell in next(csv.reader(io.StringIO(out.getvalue(), newline="")))] == kept


@pytest.mark.parametrize("text", ["Al-Hassan", "O'Neil", "a=b", "ana@bra", "1976-05-04", "", "'Abd", "Cruz, R. - F."])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == meant_by(text) == text


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert safe_row([-12.5, 3, None, "-12.5", "=A1"]) == ["-12.5", "3", "", "'-12.5", "'=A1"]


def test_long_runs_take_no_longer_than_their_length() -> None:
    for run in ("\n" * 200_000, ";'" * 100_000, "=" * 200_000, "\n=" * 100_000):
        assert meant_by(safe_cell(run)) == run
