"""Whether the disk still has room: a hub takes nothing new before its database has none, and so can still be read.

A database server whose disk is full cannot even write down who reads, and stops altogether when its log finds no room.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tripoint.base.errors import DiskFull

MAKE_ROOM = "Free space on the disk of the hub's data folder, then send the same again; nothing needs a restart."


@dataclass(frozen=True, slots=True)
class RoomLeft:
    """The disk that `folder` lies on, and how many bytes must stay free on it; 0 asks for nothing."""

    folder: Path
    least: int

    def check(self) -> None:
        """Raises DiskFull when less is free. A folder that is not there is no disk of this machine."""
        if self.least and self.folder.exists() and shutil.disk_usage(self.folder).free < self.least:
            raise DiskFull(remedy=MAKE_ROOM)


def room_anywhere() -> None:
    """For a door whose database lies elsewhere: nothing is known of its disk."""
