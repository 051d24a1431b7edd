"""A folder of backups: copies of the database, the log's pieces between them, what is whole and what is too old."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

COPIES, LOG = "copies", "log"
FACTS = ".json"
PIECE = re.compile(r"[0-9A-F]{24}")  # timeline, log and piece of a segment: eight hexadecimal digits each
PIECES_A_LOG = 256  # of 16 MB in 4 GB (PostgreSQL's default size)
BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of the whole database: where it stands, when it was made, and the first piece of log it needs."""

    name: str
    began: datetime
    ended: datetime
    first_piece: str
    bytes: int
    version: int  # PostgreSQL's major version


@dataclass(frozen=True, slots=True)
class Archive:
    """The backup folder: `copies/NAME` with `copies/NAME.json`, and the pieces of log in `log`."""

    folder: Path

    @property
    def log(self) -> Path:
        """Where the database server puts the pieces of its log."""
        return self.folder / LOG

    def place(self, name: str) -> Path:
        """Where a copy stands."""
        return self.folder / COPIES / name

    def copies(self) -> list[Copy]:
        """All finished copies, oldest first."""
        return sorted((_read(file) for file in (self.folder / COPIES).glob(f"*{FACTS}")), key=lambda copy: copy.ended)

    def finish(self, copy: Copy) -> None:
        """Declare a copy finished: from now on it is one to restore from."""
        written = {**asdict(copy), "began": copy.began.isoformat(), "ended": copy.ended.isoformat()}
        part = self.place(f"{copy.name}{FACTS}.part")
        part.write_text(json.dumps(written, indent=1) + "\n")
        part.rename(self.place(f"{copy.name}{FACTS}"))

    def remove(self, copy: Copy) -> None:
        """Remove a copy: first what declares it finished, then its files."""
        self.place(f"{copy.name}{FACTS}").unlink()
        shutil.rmtree(self.place(copy.name))

    def pieces(self) -> list[str]:
        """The names of all whole pieces of log, in their order."""
        found = (file.name.removesuffix(".gz") for file in self.log.glob("*.gz"))
        return sorted(name for name in found if PIECE.fullmatch(name))

    def damaged(self) -> list[str]:
        """The pieces of log that cannot be unpacked: each is read whole, and its checksum compared."""
        return [name for name in self.pieces() if not _unpacks(self.log / f"{name}.gz")]

    def forget_before(self, first_piece: str) -> int:
        """Remove the pieces of log that no copy needs any more; how many."""
        old = [name for name in self.pieces() if name[8:] < first_piece[8:]]
        for name in old:
            (self.log / f"{name}.gz").unlink()
        return len(old)


def copy_for(copies: Sequence[Copy], moment: datetime | None) -> Copy | None:
    """The newest copy that was finished by `moment`, or the newest of all; None where there is none."""
    fit = [copy for copy in copies if moment is None or copy.ended <= moment]
    return fit[-1] if fit else None


def too_old(copies: Sequence[Copy], now: datetime, keep: timedelta) -> list[Copy]:
    """The copies to remove, so that every moment of the last `keep` can still be restored; never the newest."""
    needed = copy_for(copies, now - keep)
    kept_from = needed.ended if needed else datetime.min.replace(tzinfo=now.tzinfo)
    return [copy for copy in copies[:-1] if copy.ended < kept_from]


def gaps(pieces: Iterable[str], first_piece: str) -> list[str]:
    """The pieces after which the next one is missing, from `first_piece` on, each timeline by itself."""
    wanted = [name for name in pieces if name[8:] >= first_piece[8:]]
    return [one for one, two in pairwise(wanted) if one[:8] == two[:8] and two != piece_after(one)]


def piece_after(name: str) -> str:
    """The piece of log that follows on the same timeline."""
    log, piece = int(name[8:16], 16), int(name[16:], 16) + 1
    return f"{name[:8]}{log + piece // PIECES_A_LOG:08X}{piece % PIECES_A_LOG:08X}"


def _read(file: Path) -> Copy:
    facts = json.loads(file.read_text())
    moments = {name: datetime.fromisoformat(facts[name]) for name in ("began", "ended")}
    return Copy(**{**facts, **moments})


def _unpacks(file: Path) -> bool:
    try:
        with gzip.open(file) as piece:
            while piece.read(BLOCK):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    return True
