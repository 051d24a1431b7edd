"""What every tool of backups does, whichever does the work; and the hub's own, PostgreSQL's programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from tripoint.base import backup
from tripoint.base.archive import Archive, Copy


class BackupTool(Protocol):
    """Makes copies of the database, lists and checks them, and brings it back."""

    def make(self, clock: Callable[[], datetime]) -> Copy:
        """Copy the whole database while it runs, and remove what is too old."""
        ...

    def copies(self) -> list[Copy]:
        """All finished copies, oldest first."""
        ...

    def log(self) -> str:
        """What is there of the log between the copies, in a sentence."""
        ...

    def verify(self) -> list[str]:
        """What is wrong with copies and log, a sentence each. Raises NotFound where there is no copy."""
        ...

    def restore(self, moment: datetime | None, clock: Callable[[], datetime]) -> Copy:
        """Bring the stopped database back to `moment`, or as far as the log goes; gives the copy it began with."""
        ...

    def places(self) -> tuple[Path, ...]:
        """The folders in which copies lie, where no keys may."""
        ...


@dataclass(frozen=True, slots=True)
class OwnTool:
    """PostgreSQL's own programs upon the hub's own server in the data `folder`."""

    folder: Path
    archive: Archive
    keep: timedelta

    def make(self, clock: Callable[[], datetime]) -> Copy:
        return backup.make(self.folder, self.archive, keep=self.keep, clock=clock)

    def copies(self) -> list[Copy]:
        return self.archive.copies()

    def log(self) -> str:
        pieces = self.archive.pieces()
        return f"The log between them: {len(pieces)} pieces{f', up to {pieces[-1]}' if pieces else ''}."

    def verify(self) -> list[str]:
        return backup.verify(self.archive)

    def restore(self, moment: datetime | None, clock: Callable[[], datetime]) -> Copy:
        return backup.restore(self.folder, self.archive, moment=moment, clock=clock)

    def places(self) -> tuple[Path, ...]:
        return (self.archive.folder,)
