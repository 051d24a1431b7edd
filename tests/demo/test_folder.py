"""What a demonstration keeps: the same password at the next start, for nobody else to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripoint.base.errors import SetUp
from tripoint.demo import folder


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    kept = folder.Kept(7, folder.new_password(), settled=True)
    folder.keep(tmp_path / "new", kept)
    assert folder.read(tmp_path / "new") == kept
    assert (tmp_path / "new" / folder.NAME).stat().st_mode & 0o777 == 0o600


def test_a_new_folder_keeps_nothing(tmp_path: Path) -> None:
    assert folder.read(tmp_path) is None


def test_a_spoilt_file_is_named(tmp_path: Path) -> None:
    (tmp_path / folder.NAME).write_text("{")
    with pytest.raises(SetUp, match=folder.NAME):
        folder.read(tmp_path)


def test_every_folder_has_its_own_password() -> None:
    passwords = {folder.new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert all(len(password) > 30 for password in passwords)
