"""What each party's checks may meet, by the number of the terms: a small file that the web processes map.

It lets the restriction stand inside the search itself, without any right of a web process to read another party's
terms. What is told at last is decided by the database.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tripoint.records.indexing.store import TermsRow

NAME = "audiences"
MAGIC = b"tripoint audiences 1\n"
NOBODY = -1
NOTHING, BLIND, POINTER, FULL = 0, 1, 2, 3  # the levels of engines/screening/index
ROW = np.dtype(
    [("owner", "<i2"), ("begins", "<f8"), ("ends", "<f8"), ("blind", "u1", 32), ("pointer", "u1", 32),
     ("full", "u1", 32)]
)  # fmt: skip
Levels = npt.NDArray[np.uint8]


class AudiencesDamaged(ValueError):
    """The file of audiences is cut short or of another version; the follower writes it anew when it starts."""


def write(folder: Path, terms: Sequence[TermsRow]) -> None:
    """Write the file anew; readers see the earlier one or this, nothing between."""
    body = table(terms).tobytes()
    making = folder / f"{NAME}.new"
    with making.open("wb") as file:
        file.write(MAGIC + zlib.crc32(body).to_bytes(4, "little") + body)
        file.flush()
        os.fsync(file.fileno())
    making.replace(folder / NAME)


def table(terms: Sequence[TermsRow]) -> npt.NDArray[np.void]:
    """The terms as rows by their number; numbers that no terms have belong to nobody."""
    rows = np.zeros(max((row.id for row in terms), default=-1) + 1, ROW)
    rows["owner"] = NOBODY
    for row in terms:
        rows[row.id] = (row.owner, row.begins, row.ends, packed(row.blind), packed(row.pointer), packed(row.full))
    return rows


def packed(mask: str) -> npt.NDArray[np.uint8]:
    """A mask of 256 digits in 32 bytes, the first party in the highest bit of the first byte."""
    return np.packbits(np.frombuffer(mask.encode(), np.uint8) - ord("0"))


def read(folder: Path) -> Audiences:
    """The audiences as they stand. Raises FileNotFoundError, or AudiencesDamaged."""
    seen = mark(folder)
    whole = (folder / NAME).read_bytes()
    head, body = whole[: len(MAGIC) + 4], whole[len(MAGIC) + 4 :]
    if not head.startswith(MAGIC) or len(body) % ROW.itemsize or zlib.crc32(body).to_bytes(4, "little") != head[-4:]:
        raise AudiencesDamaged(AudiencesDamaged.__doc__)
    return Audiences(np.frombuffer(body, ROW), seen)


def mark(folder: Path) -> tuple[int, int]:
    """What changes with the file. Raises FileNotFoundError."""
    seen = (folder / NAME).stat()
    return seen.st_ino, seen.st_mtime_ns


@dataclass(slots=True)
class Audiences:
    """All terms by their number, and what was worked out from them for a party, until the next moment it changes."""

    rows: npt.NDArray[np.void]
    mark: tuple[int, int] = (0, 0)
    _known: dict[int, tuple[float, Levels]] = field(default_factory=dict)

    def levels(self, party: int, now: float) -> Levels:
        """What checks of the party may meet at the moment `now` (seconds), uint8 by number of terms."""
        known = self._known.get(party)
        if known is None or now >= known[0]:
            known = (self._next_change(now), self._work_out(party, now))
            self._known[party] = known
        return known[1]

    def _work_out(self, party: int, now: float) -> Levels:
        rows = self.rows
        holds = (rows["begins"] <= now) & (now <= rows["ends"])
        byte, bit = party >> 3, 0x80 >> (party & 7)
        levels = np.zeros(len(rows), np.uint8)
        for name, level in (("blind", BLIND), ("pointer", POINTER), ("full", FULL)):
            levels[holds & (rows[name][:, byte] & bit > 0)] = level
        levels[rows["owner"] == party] = FULL
        levels.flags.writeable = False
        return levels

    def _next_change(self, now: float) -> float:
        """When the first terms begin after `now`, or the first that hold now are over."""
        begins, ends = self.rows["begins"], self.rows["ends"]
        later = np.concatenate([begins[begins > now], np.nextafter(ends[(ends >= now) & np.isfinite(ends)], np.inf)])
        return float(later.min()) if len(later) else float("inf")
