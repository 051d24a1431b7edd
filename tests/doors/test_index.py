"""`tripoint index`: how it stands, proof, and building it anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from tests.desks.checks.lists import list_record
from tests.town import found
from tripoint.base.embedded_postgres import Servers
from tripoint.base.settings import Settings
from tripoint.doors.doctor import Verdict, check_index
from tripoint.doors.index import app
from tripoint.records.indexing.folder import Folder
from tripoint.records.indexing.model import State, Status

Run = Callable[..., Result]


@pytest.fixture
def run(database: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_INDEX_DATABASE", database.index)

    def run(command: str) -> Result:
        return CliRunner().invoke(app, [command, "--data", str(tmp_path)])

    return run


def test_it_is_built_proven_and_told(run: Run, engine: Engine, database: Servers, tmp_path: Path) -> None:
    assert "no index yet" in run("status").output
    assert run("verify").exit_code == 1
    person = {"names": [{"full": "Oldara Veskimeny Tassu"}], "births": ["1976-05-12"]}
    list_record(engine, found(database), "person", person)
    assert "Index ready: 1 persons" in run("rebuild").output
    assert run("verify").exit_code == 0
    list_record(engine, found(database), "person", person)
    shown = run("verify")
    assert shown.exit_code == 1
    assert "holds 2 persons, the index 1" in " ".join(shown.output.split())
    assert "Index ready: 2 persons" in run("rebuild").output


def test_a_login_that_may_not_follow_is_told_so(run: Run, database: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_INDEX_DATABASE", database.app)
    assert "tripoint_index" in str(run("rebuild").exception)


def test_the_doctor_says_how_it_stands(tmp_path: Path) -> None:
    settings, folder = Settings(data=tmp_path), Folder(tmp_path / "index")
    assert [found.verdict for found in check_index(settings)] == [Verdict.FINE]
    folder.path.mkdir()
    folder.say(Status(State.READY, 12, 3))
    (line,) = check_index(settings)
    assert (line.verdict, "12 persons" in line.said) == (Verdict.FINE, True)
    folder.say(Status(State.BUILDING, taken=5, of=9, left_out=2))
    building, left_out = check_index(settings)
    assert (building.verdict, "building 5 of 9" in building.said) == (Verdict.CAUTION, True)
    assert "2 persons cannot be read" in left_out.said
