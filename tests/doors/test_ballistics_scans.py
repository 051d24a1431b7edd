"""Whole bullets compared and scans simulated, by command."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tests.engines.ballistics.invented import surface
from tests.engines.ballistics.test_bullets import STEP, land_surface
from tripoint.base.errors import BadInput
from tripoint.doors.ballistics import app
from tripoint.engines.ballistics.x3p import read_x3p, write_x3p


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_simulated_scans_say_that_they_are(tmp_path: Path) -> None:
    done = run("simulate", "--out", tmp_path / "scans", "--guns", 2, "--shots", 1, "--difficulty", "hard")
    assert done.exit_code == 0, done.output
    assert "2 scans of 2 guns" in done.output
    files = sorted((tmp_path / "scans").iterdir())
    assert [file.name for file in files] == ["gun00001-shot01.x3p", "gun00002-shot01.x3p"]
    assert all(read_x3p(file.read_bytes()).facts.simulated for file in files)


def test_two_bullets_of_one_barrel_lie_on_each_other(tmp_path: Path) -> None:
    for bullet, order, shift in (("one", (5, 6, 7), 0), ("other", (7, 5, 6), 10)):
        (tmp_path / bullet).mkdir()
        for place, seed in enumerate(order):
            content = write_x3p(surface(land_surface(seed, shift), STEP))
            (tmp_path / bullet / f"land{place}.x3p").write_bytes(content)
    done = run("bullets", tmp_path / "one", tmp_path / "other", "--json")
    told = json.loads(done.output)
    assert (told["fit"], told["phase"]) == (True, 1)
    assert [land["other"] for land in told["lands"]] == ["land1", "land2", "land0"]
    assert told["score"] > 0.8 > told["next_best"]


def test_a_folder_without_lands_is_refused(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    done = run("bullets", tmp_path / "one", tmp_path / "other")
    assert isinstance(done.exception, BadInput)
    assert "fewer than two lands" in str(done.exception)
