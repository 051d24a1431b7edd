"""The worker over the real engine and real scans: a second shot of one gun is found first, and told to both."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from tests.desks.ballistics.test_story import Laboratory, Scene
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.ballistics.collecting import Files
from tripoint.doors import searching

MET_BY_ALL = {"meeting": {"kind": "everyone"}}


@pytest.fixture
def scene(engine: Engine, database: Servers, tmp_path: Path) -> Generator[Scene]:
    made = Scene(engine, database)
    made.folder = tmp_path
    yield made
    made.relay.dispose()


def worked(scene: Scene) -> None:
    """One life of the worker's process."""
    files = Files.opened(scene.folder)
    searching.work(scene.relay, files, linger=0)
    files.close()


def scanned(desk: Laboratory, case: str, file: Path) -> dict[str, Any]:
    which = desk.exhibit(case, terms=MET_BY_ALL)
    body = {"id": str(uuid4()), "region": "breech-face", "file": base64.b64encode(file.read_bytes()).decode()}
    made: dict[str, Any] = desk.ask("POST", f"/api/exhibits/{which}/scans", 201, json=body)
    return made


def test_a_second_shot_of_one_gun_is_found_first(scene: Scene, data_folder: Callable[[str], Path]) -> None:
    fadul = data_folder("ballistics") / "fadul_processed"
    theirs = scanned(scene.there, "BR 1/2026", fadul / "Fadul_1-1.x3p")
    scanned(scene.there, "BR 2/2026", fadul / "Fadul_2-1.x3p")
    worked(scene)
    ours = scanned(scene.here, "PY 1/2026", fadul / "Fadul_1-2.x3p")
    worked(scene)
    (run,) = scene.here.ask("GET", "/api/ballistics/runs")["runs"]
    assert (run["trigger"], run["state"], run["searched"], run["fully_scored"]) == ("new", "done", 2, 2)
    best, other = scene.here.ask("GET", f"/api/ballistics/runs/{run['id']}")["candidates"]
    assert (best["other"]["scan"], best["lead"], other["lead"]) == (theirs["id"], True, False)
    assert best["congruent_cells"] > other["congruent_cells"] + 3
    (lead,) = [one for one in scene.there.candidates() if one["other_party"] == scene.here.code]
    assert (lead["own"]["scan"], lead["other"]["scan"]) == (theirs["id"], ours["id"])
    scene.there.ask("GET", "/api/ballistics/pairs", params={"one": ours["id"], "other": theirs["id"]})
    part = next(one for one in scene.folder.iterdir() if one.is_dir())
    (part / "features.bin").write_bytes(b"")  # lost: taken anew, and nobody is asked again
    worked(scene)
    files = Files.opened(scene.folder)
    assert len(files.all()) == 3
    files.close()
    assert len(scene.here.ask("GET", "/api/ballistics/runs")["runs"]) == 1
