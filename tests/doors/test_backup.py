"""The commands of backup and restore, from the first copy to the way back."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.faults.kill import open_folder
from tripoint.base.embedded_postgres import embedded_postgres
from tripoint.doors.cli import app

pytestmark = pytest.mark.database


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A data folder with keys and an index, its backups beside it."""
    with open_folder() as place:
        data = place / "data"
        data.mkdir(mode=0o711)
        for name in ("keys", "index"):
            (data / name).mkdir()
            (data / name / "one").write_bytes(b"k")
        monkeypatch.setenv("TRIPOINT_DATA", str(data))
        monkeypatch.setenv("TRIPOINT_BACKUP", str(place / "backup"))
        yield place


def say(*words: str, status: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == status, done.output
    return done.output


def test_from_the_first_copy_to_the_way_back(folder: Path) -> None:
    assert "no backup yet" in say("backup", "verify", status=1)
    with embedded_postgres(folder / "data"):  # it runs on meanwhile, as under a hub
        assert "keys are not in it" in say("backup", "run")
        assert "runs" in say("restore", status=1)
    assert "18" in say("backup", "list") or "15" in say("backup", "list")
    assert "whole" in say("backup", "verify")
    assert "1 files of keys" in say("backup", "keys", "--to", str(folder / "safe"))
    assert "must not lie" in say("backup", "keys", "--to", str(folder / "backup" / "keys"), status=1)
    assert "Restored" in say("restore")
    assert not (folder / "data" / "index").exists()
    assert (folder / "data" / "keys" / "one").exists()


def test_backups_that_are_off_are_said_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_BACKUP", "off")
    assert "Backups are off" in say("backup", "run", status=1)
    monkeypatch.setenv("TRIPOINT_DATABASE", "postgresql://hub@db.example/tripoint")
    assert "server of your own" in say("backup", "run", status=1)
    monkeypatch.delenv("TRIPOINT_DATABASE")
    monkeypatch.setenv("TRIPOINT_BACKUP_TOOL", "pgbackrest")
    assert "the hub runs its own" in " ".join(say("restore", status=1).split())
