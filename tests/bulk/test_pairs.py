"""Pairs of names in a file: every readable row is scored in its place, every other is told."""

from __future__ import annotations

import csv
import io

import pytest

from tripoint.base.errors import BadInput
from tripoint.bulk.lists import Complaint
from tripoint.bulk.pairs import score_pairs_file


def scored(text: str | bytes) -> tuple[list[dict[str, str]], list[Complaint]]:
    told: list[Complaint] = []
    out = io.StringIO()
    count = score_pairs_file(io.BytesIO(text.encode() if isinstance(text, str) else text), out, told.append)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(rows) == count
    return rows, told


def test_score_and_reasons_are_added_and_other_columns_stay() -> None:
    rows, told = scored(
        'set,Name1,name2,label\na,Oldara Veskimeny,Veskimeny Oldara,1\n"b, c",Oldara,Benedo Kestavi,0\n'
    )
    assert not told
    assert [(row["set"], row["label"]) for row in rows] == [("a", "1"), ("b, c", "0")]
    assert float(rows[0]["score"]) > float(rows[1]["score"]) >= 0
    assert all(row["reasons"] for row in rows)


def test_a_file_scored_before_is_scored_anew() -> None:
    rows, _ = scored("name1,name2,score,reasons\nOldara,Oldara,7,old\n")
    assert list(rows[0]) == ["name1", "name2", "score", "reasons"]
    assert float(rows[0]["score"]) <= 1


def test_no_cell_comes_back_as_a_formula() -> None:
    rows, told = scored("name1,name2,=1+1\nOldara,Oldara,=cmd|'/C calc'!A0\n")
    assert not told
    assert list(rows[0]) == ["name1", "name2", "'=1+1", "score", "reasons"]
    assert rows[0]["'=1+1"] == "'=cmd|'/C calc'!A0"


def test_bad_rows_are_told_and_the_rest_is_scored() -> None:
    rows, told = scored(b'name1,name2\nAna,\nonly one\nA,"open\nB\xff,C\nOldara,Oldara\n,\n\n')
    assert [(row["name1"], row["name2"]) for row in rows] == [("Ana", ""), ("Oldara", "Oldara"), ("", "")]
    assert {one.line for one in told if one.kept_out} == {3, 4, 5}
    assert [(one.line, one.field) for one in told if not one.kept_out] == [(2, "name2"), (7, "name1"), (7, "name2")]


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "x" * 2_000,
        "\U0001f6a8",
        "\u202eanA \u200f",
        "a\u0300" * 500,
        "محمد Mohammed 穆罕默德",
        "'" * 300,
        "-",
        "1",
    ],
)
def test_no_name_stops_the_scorer(name: str) -> None:
    rows, _ = scored(f'name1,name2\n"{name}",Oldara\nOldara,"{name}"\n"{name}","{name}"\n')
    assert all(0 <= float(row["score"]) <= 1 for row in rows)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "name1\nx\n", "name1,name1,name2\n1,2,3\n"])
def test_a_file_without_the_columns_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="name1 and name2"):
        scored(text)
