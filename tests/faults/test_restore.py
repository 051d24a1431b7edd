"""Backups: what was there at a moment is there again exactly; what is damaged, missing or in use is said."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.kill import open_folder
from tests.faults.restore import marks, now, opened, run, write
from tripoint.base import backup
from tripoint.base.archive import Archive
from tripoint.base.embedded_postgres import embedded_postgres
from tripoint.base.errors import BadInput, Conflict, NotFound, SetUp

pytestmark = pytest.mark.database


@pytest.mark.slow
def test_a_database_is_brought_back_to_its_end_and_to_a_moment() -> None:
    measured = run(1, migrated=False)
    assert measured.to_the_end, "what was handed on to the archive is missing"
    assert measured.exact, "exactly what was there at the moment should be there"


@pytest.fixture(scope="module")
def folder() -> Generator[Path]:
    with open_folder() as place:
        yield place


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    """Two copies of a small database, some marks after each."""
    archive = opened(folder, migrated=False)
    with embedded_postgres(folder):  # runs on meanwhile
        write(folder, 1, 2)
        backup.make(folder, archive, keep=timedelta(days=1), clock=now)
        write(folder, 3, 4)
        backup.make(folder, archive, keep=timedelta(days=1), clock=now)
    return archive


def test_old_copies_go_and_the_newest_stays(folder: Path, archive: Archive) -> None:
    assert len(archive.copies()) == 2
    backup.make(folder, archive, keep=timedelta(0), clock=now)
    (kept,) = archive.copies()
    assert archive.pieces()[0] >= kept.first_piece
    assert backup.verify(archive) == []


def test_a_running_hub_is_not_restored(folder: Path, archive: Archive) -> None:
    with embedded_postgres(folder), pytest.raises(SetUp, match="runs"):
        backup.restore(folder, archive, moment=None, clock=now)


def test_a_moment_before_the_first_copy_is_refused(folder: Path, archive: Archive) -> None:
    with pytest.raises(NotFound, match="No backup"):
        backup.restore(folder, archive, moment=now() - timedelta(days=1), clock=now)


def test_a_moment_the_log_does_not_reach_leaves_everything_as_it_was(folder: Path, archive: Archive) -> None:
    before = marks(folder)
    with pytest.raises(Conflict, match="brought back"):
        backup.restore(folder, archive, moment=now() + timedelta(hours=1), clock=now)
    assert marks(folder) == before


def test_keys_are_copied_to_another_place_only(folder: Path, archive: Archive, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "1.key").write_bytes(b"k" * 32)
    with pytest.raises(BadInput, match="must not lie"):
        backup.copy_keys({"keys": keys}, archive.folder / "keys", [archive.folder])
    assert backup.copy_keys({"keys": keys, "none": tmp_path / "none"}, tmp_path / "safe", [archive.folder]) == 1
    assert (tmp_path / "safe" / "keys" / "1.key").read_bytes() == b"k" * 32


def test_damage_is_found(folder: Path, archive: Archive) -> None:
    copy, last = archive.copies()[-1], archive.pieces()[-1]
    heap = next(file for file in sorted((archive.place(copy.name) / "base").rglob("*")) if file.stat().st_size > 20_000)
    with heap.open("r+b") as file:
        file.seek(10_000)
        file.write(b"x")
    piece = archive.log / f"{last}.gz"
    piece.write_bytes(piece.read_bytes()[:-20])
    wrong = " ".join(backup.verify(archive))
    assert copy.name in wrong
    assert last in wrong


def test_backups_within_the_database_and_without_a_switch_are_refused(tmp_path: Path) -> None:
    with open_folder() as place:
        with pytest.raises(SetUp, match="within"):
            backup.turn(place, place / "postgres" / "backup")
        assert backup.turn(place, None) is None
        with pytest.raises(SetUp, match="without backups"):
            backup.make(place, Archive(place / "backup"), keep=timedelta(1), clock=now)
