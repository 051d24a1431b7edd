"""The folder of the index: which generation is in use, who writes, what was asked for, what the follower says."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from tripoint.base.errors import Conflict
from tripoint.records.indexing.model import State, Status

NAME = "index"  # in the data folder
CURRENT, STATUS, REBUILD, LOCK = "current", "status", "rebuild", "lock"
SILENT = 5.0  # seconds after which a follower that says nothing counts as gone
PREFIX = "g"


@dataclass(frozen=True, slots=True)
class Folder:
    """One index on this machine. The follower writes, everybody else reads."""

    path: Path

    def current(self) -> Path | None:
        """The generation that is searched; None before the first is whole."""
        try:
            name = (self.path / CURRENT).read_text().strip()
        except FileNotFoundError:
            return None
        return self.path / name if name else None

    def use(self, generation: Path) -> None:
        """Let the web processes search this generation from now on."""
        replace_text(self.path / CURRENT, generation.name)

    def generations(self) -> list[Path]:
        """All generations there are, the newest last."""
        found = [each for each in self.path.glob(f"{PREFIX}*") if each.name[len(PREFIX) :].isdigit()]
        return sorted(found, key=lambda each: int(each.name[len(PREFIX) :]))

    def next_generation(self) -> Path:
        """The folder for another generation."""
        last = self.generations()[-1:]
        return self.path / f"{PREFIX}{int(last[0].name[len(PREFIX) :]) + 1 if last else 1}"

    def drop_others(self, kept: Path) -> None:
        """Remove generations that are not in use any more; whoever still searches one has its files open."""
        for each in self.generations():
            if each != kept:
                shutil.rmtree(each, ignore_errors=True)

    def say(self, status: Status) -> None:
        """Tell how things stand, and that the follower is at work."""
        replace_text(self.path / STATUS, str(status))

    def breathe(self) -> None:
        """Tell that the follower is at work and nothing has changed."""
        os.utime(self.path / STATUS)

    def status(self, now: float | None = None) -> Status:
        """What the follower says; behind where it has said nothing for some seconds."""
        file = self.path / STATUS
        try:
            heard, said = file.stat().st_mtime, Status.read(file.read_text())
        except (FileNotFoundError, ValueError):
            return Status(State.ABSENT)
        if said.state is State.READY and (time.time() if now is None else now) - heard > SILENT:
            return Status(State.BEHIND, said.persons, said.generation, place=said.place)
        return said

    def silence(self) -> float:
        """Seconds since the follower was heard last. Raises FileNotFoundError where it never was."""
        return max(0.0, time.time() - (self.path / STATUS).stat().st_mtime)

    def ask_rebuild(self) -> None:
        """Let the follower build another generation beside the one in use."""
        self.path.mkdir(parents=True, exist_ok=True)
        replace_text(self.path / REBUILD, "")

    def rebuild_asked(self) -> bool:
        """Whether somebody asked for it; asked once it is done once."""
        try:
            (self.path / REBUILD).unlink()
        except FileNotFoundError:
            return False
        return True


class WriteLock:
    """The right to write an index: one process at a time has it, and it ends with the process, even when killed."""

    def __init__(self, folder: Folder) -> None:
        folder.path.mkdir(parents=True, exist_ok=True)
        folder.path.chmod(0o700)  # names and dates of birth lie here
        self._file = os.open(folder.path / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise Conflict(
                "Another process writes the index.", field="TRIPOINT_DATA", remedy="The hub that runs does it already."
            ) from error

    def release(self) -> None:
        """Let another process write."""
        os.close(self._file)


def replace_text(file: Path, text: str) -> None:
    """Write a small file anew at one stroke."""
    making = file.with_name(f"{file.name}.new")
    making.write_text(text, encoding="utf-8")
    making.replace(file)
