"""`tripoint names`: files in, files out; bad lines told, the rest done, and a status a script can act on."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tripoint.base.errors import BadInput
from tripoint.doors.names import app

LIST = [
    {"id": "a", "names": [{"full": "Oldara Veskimeny"}], "birth_dates": ["1976-05-12"]},
    {"id": "b", "name": "Tchen"},
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def lines(path: Path, *values: Any) -> Path:
    texts = (value if isinstance(value, str) else json.dumps(value) for value in values)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_pairs_are_scored(tmp_path: Path) -> None:
    pairs = lines(tmp_path / "pairs.csv", "name1,name2", "Oldara Veskimeny,Veskimeny Oldara", "one cell")
    result = run("score", "--pairs", pairs, "--out", tmp_path / "out.csv", "--rejected", tmp_path / "rejected.jsonl")
    assert result.exit_code == 0
    (row,) = csv.DictReader((tmp_path / "out.csv").read_text().splitlines())
    assert float(row["score"]) > 0.5
    (told,) = map(json.loads, (tmp_path / "rejected.jsonl").read_text().splitlines())
    assert (told["line"], told["kept_out"]) == (3, True)
    assert "1 pairs scored" in result.stderr
    assert "1 lines kept out" in result.stderr


def test_a_list_is_built_and_searched_in_the_order_of_the_queries(tmp_path: Path) -> None:
    people = lines(tmp_path / "list.jsonl", *LIST, "not json")
    queries = lines(tmp_path / "queries.jsonl", {"id": 2, "name": "Tchen"}, {"id": 1, "name": "Oldara Veskimeny"})
    assert run("build", "--list", people, "--out", tmp_path / "index").exit_code == 0
    found = run("search", "--index", tmp_path / "index", "--queries", queries, "-k", 1, "--out", tmp_path / "out.jsonl")
    assert found.exit_code == 0
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [answer["id"] for answer in answers] == ["2", "1"]
    assert [one["id"] for one in answers[1]["candidates"]] == ["a"]
    assert set(answers[1]["candidates"][0]) == {"id", "score", "reasons"}


@pytest.mark.parametrize("content", ["", "\n\n", "not json", '{"id": 1}'])
def test_a_list_of_which_nothing_can_be_read_ends_with_status_2(tmp_path: Path, content: str) -> None:
    result = run("build", "--list", lines(tmp_path / "list.jsonl", content), "--out", tmp_path / "index")
    assert result.exit_code == 2
    assert "Nothing could be read" in result.stderr


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    queries = lines(tmp_path / "queries.jsonl", {"id": 1, "name": "Ana"})
    with pytest.raises(BadInput, match="cannot be read"):
        run("search", "--index", tmp_path, "--queries", queries, "--out", tmp_path / "out.jsonl")
