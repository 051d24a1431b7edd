"""A replay goes on where it was stopped, and not in another's folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tripoint.base.errors import SetUp
from tripoint.demo.turquesa.progress import NAME, begin

FIRST = datetime(2026, 11, 17, tzinfo=UTC)


def test_what_is_done_is_known_again_with_the_first_day(tmp_path: Path) -> None:
    progress, first = begin(tmp_path, 7, 0.01, FIRST)
    progress.keep("checks/a", answered=3)
    with (tmp_path / NAME).open("a") as file:
        file.write('{"name": "checks/b", "answ')  # stopped while it wrote
    again, then = begin(tmp_path, 7, 0.01, FIRST + timedelta(days=1))
    assert first == then == FIRST
    again.keep("checks/c", answered=4)
    after, _ = begin(tmp_path, 7, 0.01, FIRST)
    assert [one["answered"] for one in after.of("checks/")] == [3, 4]


def test_another_replays_folder_is_refused(tmp_path: Path) -> None:
    begin(tmp_path, 7, 0.01, FIRST)
    with pytest.raises(SetUp, match="seed 7"):
        begin(tmp_path, 8, 0.01, FIRST)
