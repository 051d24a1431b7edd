"""`tripoint ballistics`: two scans compared, an index built and asked, what cannot be read told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tripoint.doors.cli import app

SCANS = Path(__file__).parents[3] / "shared" / "data" / "ballistics" / "fadul_processed"
pytestmark = pytest.mark.skipif(not SCANS.is_dir(), reason=f"{SCANS} is not there")


def told(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["ballistics", *arguments])
    assert found.exit_code == 0, found.output
    return found.output


def scan(name: str) -> str:
    return str(SCANS / f"Fadul_{name}.x3p")


def test_two_scans_are_compared() -> None:
    found = json.loads(told("compare", scan("1-1"), scan("F"), "--json"))
    assert found["congruent_cells"] >= 13
    assert found["cells_compared"] >= found["congruent_cells"]
    assert found["rotation_deg"] == pytest.approx(-18.2, abs=0.5)
    assert {"score", "dx_um", "dy_um"} <= set(found)
    assert "no match" in told("compare", scan("1-1"), scan("2-1"))


def test_an_index_is_built_added_to_and_asked(tmp_path: Path) -> None:
    scans, index = tmp_path / "scans", str(tmp_path / "index")
    scans.mkdir()
    for name in ("1-1", "2-1"):
        shutil.copy(scan(name), scans)
    (scans / "broken.x3p").write_bytes(b"PK no scan")
    rejected = tmp_path / "rejected"
    assert "2 scans taken" in told("build", "--scans", str(scans), "--out", index, "--rejected", str(rejected))
    assert json.loads(rejected.read_text())["file"] == "broken.x3p"
    shutil.copy(scan("1-2"), scans)
    assert "1 scans taken" in told("build", "--scans", str(scans), "--out", index)
    found = json.loads(told("rank", "--index", index, "--query", scan("F"), "-k", "2", "--json"))
    assert (found["searched"], found["fully_scored"]) == (3, 3)
    assert {one["id"] for one in found["candidates"]} == {"Fadul_1-1", "Fadul_1-2"}
    assert [one["rank"] for one in found["candidates"]] == [1, 2]
    assert all({"id", "rank", "score", "congruent_cells"} <= set(one) for one in found["candidates"])


def test_what_is_no_index_is_told(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["ballistics", "rank", "--index", str(tmp_path), "--query", scan("F")])
    assert found.exit_code == 1
    found = CliRunner().invoke(app, ["ballistics", "build", "--scans", str(tmp_path), "--out", str(tmp_path / "land"),
                                     "--region", "land"])  # fmt: skip
    assert found.exit_code == 1
