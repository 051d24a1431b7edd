"""`tripoint crossmatch`: two lists in, their pairs out, the best first."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.bulk.invented import people
from tripoint.base.errors import BadInput, SetUp
from tripoint.bulk.lists import Listed
from tripoint.doors import crossmatch
from tripoint.records.codec import description_to_json

app = typer.Typer()
app.command()(crossmatch.crossmatch)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def listed(path: Path, entries: list[Listed]) -> Path:
    path.write_text("\n".join(json.dumps({"id": one.id, **description_to_json(one.person)}) for one in entries))
    return path


@pytest.fixture
def left(tmp_path: Path) -> Path:
    return listed(tmp_path / "left.jsonl", people(60, 31))


def test_pairs_are_written_best_first(tmp_path: Path, left: Path) -> None:
    right = listed(tmp_path / "right.jsonl", people(60, 31)[:20] + people(30, 32))
    result = run(left, right, "--out", tmp_path / "pairs.csv", "--least", "0.7")
    assert result.exit_code == 0
    rows = list(csv.DictReader((tmp_path / "pairs.csv").read_text().splitlines()))
    assert set(rows[0]) == {"left", "right", "score"}
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0.7
    own = {row["left"] for row in rows if row["left"] == row["right"]}
    assert len(own) > 15, "nearly everybody who stands in both lists is found, but for those of little known"


def test_a_list_within_itself(tmp_path: Path, left: Path) -> None:
    assert run(left, "--within", "--least", "0.3", "--out", tmp_path / "pairs.csv").exit_code == 0
    pairs = [(row["left"], row["right"]) for row in csv.DictReader((tmp_path / "pairs.csv").read_text().splitlines())]
    assert pairs
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    assert all(one != other for one, other in pairs)


def test_bad_lines_say_which_file_they_are_of(tmp_path: Path, left: Path) -> None:
    right = tmp_path / "right.jsonl"
    right.write_text('nothing\n{"id": 1, "name": "Oldara"}\n')
    result = run(left, right, "--out", tmp_path / "pairs.csv", "--rejected", tmp_path / "rejected.jsonl")
    assert result.exit_code == 0
    (told,) = map(json.loads, (tmp_path / "rejected.jsonl").read_text().splitlines())
    assert (told["file"], told["line"]) == ("right.jsonl", 1)


def test_a_list_of_nothing_ends_with_status_2(tmp_path: Path, left: Path) -> None:
    (tmp_path / "right.jsonl").write_text("nothing\n")
    assert run(left, tmp_path / "right.jsonl", "--out", tmp_path / "pairs.csv").exit_code == 2


def test_what_to_match_with_must_be_clear(left: Path) -> None:
    for arguments in ((left,), (left, left, "--within")):
        with pytest.raises(BadInput, match="not clear"):
            run(*arguments)


def test_spark_is_asked_for_where_it_is_absent(tmp_path: Path, left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetUp, match="Spark"):
        run(left, left, "--engine", "spark", "--out", tmp_path / "pairs.csv")
