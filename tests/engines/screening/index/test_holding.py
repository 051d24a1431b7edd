"""Mapped segments are kept in memory, and where the system refuses that they are only read ahead."""

from __future__ import annotations

import mmap
import resource
from pathlib import Path

import pytest

from tripoint.engines.screening.index.holding import hold, hold_behind

SIZE = 1 << 16


@pytest.fixture
def mapped(tmp_path: Path) -> mmap.mmap:
    (tmp_path / "file").write_bytes(bytes(SIZE))
    with (tmp_path / "file").open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def locked_kilobytes() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmLck"))
    return int(line.split()[1])


def test_what_is_held_is_locked_until_it_is_unmapped(mapped: mmap.mmap) -> None:
    before = locked_kilobytes()
    held = hold(mapped)
    assert held == (locked_kilobytes() == before + SIZE // 1024)
    assert held or resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] < SIZE
    assert mapped[:4] == bytes(4)
    mapped.close()
    assert locked_kilobytes() == before


def test_it_can_be_done_behind(mapped: mmap.mmap) -> None:
    hold_behind(mapped).join(10)
    assert mapped[SIZE - 1] == 0
