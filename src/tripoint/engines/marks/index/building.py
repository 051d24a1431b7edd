"""An index from entries in any order: encoded as they come, put in order at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.marks.folding import CHARACTERS
from tripoint.engines.marks.index.files import laid_beside, write
from tripoint.engines.marks.index.kernels import FOLDED, held_in, in_order, pack

Column = npt.NDArray[Any]
AT_ONCE = 200_000  # entries encoded together
ASPECTS = ("make", "model", "calibre", "type", "year")
CODES = np.full(256, 255, dtype=np.uint8)
CODES[[ord(one) for one in CHARACTERS]] = np.arange(len(CHARACTERS), dtype=np.uint8)
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One serial of one firearm: its keys (engines/marks/reading.py), as written where that differs, and the rest."""

    id: str
    keys: tuple[str, ...]
    raw: str = ""
    aspects: tuple[str, ...] = ("", "", "", "", "")


class Builder:
    """Takes entries, writes an index. Whatever stood in the folder stays in use until the new one is whole."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self.ids: list[bytes] = []
        self.raws: list[bytes] = []
        self.lengths: dict[str, list[Column]] = {"text": [], "ids": [], "raws": []}
        self.words: dict[str, dict[str, int]] = {name: {"": 0} for name in ASPECTS}
        self.columns: dict[str, list[Column]] = {name: [] for name in ASPECTS}
        self.entries = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Encode entries; `AT_ONCE` or fewer at a time keep memory small."""
        rows = [(key, one) for one in entries for key in one.keys]
        self.entries += len({id(one) for _, one in rows})
        texts = [key.encode() for key, _ in rows]
        ids, raws = [one.id.encode() for _, one in rows], [one.raw.encode() for _, one in rows]
        for name, parts, kept in (("text", texts, self.texts), ("ids", ids, self.ids), ("raws", raws, self.raws)):
            self.lengths[name].append(np.fromiter(map(len, parts), dtype=np.uint32, count=len(parts)))
            kept.append(b"".join(parts))
        for at, name in enumerate(ASPECTS):
            known = self.words[name]
            numbers = [known.setdefault(one.aspects[at], len(known)) for _, one in rows]
            self.columns[name].append(np.array(numbers, dtype=np.uint32))

    def write(self, folder: Path) -> int:
        """Write the index; gives how many marks it holds. Raises IndexDamaged where the folder holds anything else."""
        with laid_beside(folder) as place:
            columns = self.ordered()
            words = {name: list(known) for name, known in self.words.items()}
            write(place, columns, words, len(columns["head"]))
        return len(columns["head"])

    def ordered(self) -> dict[str, Column]:
        """All columns in the order of the folds."""
        text = CODES[np.frombuffer(b"".join(self.texts), dtype=np.uint8)]
        starts = starts_of(self.lengths["text"])
        head = pack(text, starts, FOLDED)
        order = np.argsort(head, kind="stable").astype(np.uint32)
        found = {"head": head[order], "held": held_in(text, starts, FOLDED)[order]}
        found["text"], found["starts"] = rearranged(text, starts, order)
        for name, parts in (("ids", self.ids), ("raws", self.raws)):
            whole = np.frombuffer(b"".join(parts), dtype=np.uint8)
            found[name], found[f"{name}_starts"] = rearranged(whole, starts_of(self.lengths[name]), order)
        for name in ASPECTS:
            column = joined(self.columns[name], np.uint32)[order]
            found[name] = column.astype(np.uint16 if len(self.words[name]) < 1 << 16 else np.uint32)
        return found


def joined(parts: list[Column], kind: Any) -> Column:
    """Columns one after another."""
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)


def starts_of(lengths: list[Column]) -> Column:
    """Where each row begins, and where the last one ends."""
    every = joined(lengths, np.uint32)
    found = np.zeros(len(every) + 1, dtype=np.uint64)
    np.cumsum(every, dtype=np.uint64, out=found[1:])
    return found


def rearranged(text: Column, starts: Column, order: Column) -> tuple[Column, Column]:
    """Texts of rows in another order, and where each begins: in four bytes where that is enough."""
    new = starts_of([np.diff(starts)[order].astype(np.uint32)])
    return in_order(text, starts, order, new), new.astype(np.uint32 if int(new[-1]) < 1 << 32 else np.uint64)
