"""One segment of the index: a file of columns that never changes, and beside it what may change of each record.

The segment file: eight bytes of magic, the length and the CRC-32 of the header, the header (JSON: format, model, rows,
file size, and of each column type, shape, offset and CRC-32), then from byte 8,192 on the columns, each on a multiple
of 64. The state file: magic, rows, then of each row its audience and the generation from which it is dead (0: alive).
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.index.postings import Postings
from tripoint.engines.screening.index.sketching import sketches
from tripoint.engines.screening.model import MODEL
from tripoint.engines.screening.people import TYPES_OF, People, from_columns

Column = npt.NDArray[Any]
MAGIC, STATE_MAGIC = b"TRIPSEG1", b"TRIPSTA1"
MODEL_VERSION = f"keys-1/{MODEL.version}"  # changes with all that is computed when a record is filed
FORMAT = 1
DATA_FROM, STATE_FROM, ALIGNED = 8_192, 64, 64
SMALL = 1 << 18  # bytes of a column that is checked whenever it is opened
START = struct.Struct("<8sII")
OWN = ("reference", "sketch", "directory", "tag", "row")  # columns besides those of the people
AUDIENCE, DIED = 0, 1  # columns of the state
REBUILD = "build the index again"


class IndexDamaged(ValueError):
    """The index cannot be read: the sentence says which file, why, and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A segment mapped into memory. `state` is int32 [rows, 2]: audience, and the generation of death or 0."""

    number: int
    people: People
    references: Column  # uint8 [rows, 16]
    sketch: Column  # uint64 [readings, 3]
    postings: Postings
    state: Column
    mapped: mmap.mmap

    def __len__(self) -> int:
        return len(self.references)


Layout = Mapping[str, tuple[str, tuple[int, ...]]]  # of each column its type and shape


def layout_of(columns: Mapping[str, Column]) -> Layout:
    """The layout that holds these columns."""
    return {name: (column.dtype.str[1:], column.shape) for name, column in columns.items()}


def columns_of(people: People, references: Column, postings: Postings) -> dict[str, Column]:
    """All columns of a segment by name."""
    own = {
        "reference": references,
        "sketch": sketches(people),
        "directory": postings.directory,
        "tag": postings.tag,
        "row": postings.row,
    }
    return people.columns() | own


class Draft:
    """A segment file in the making: its columns are filled through `columns`, then `finish` gives it its name."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Makes a file of the whole size beside `path`."""
        self.path, self.beside = path, path.with_suffix(".draft")
        self.layout, self.offsets, self.size = layout, *offsets_of(layout)
        with self.beside.open("wb") as file:
            file.truncate(self.size)
        with self.beside.open("r+b") as file:
            self.mapped = mmap.mmap(file.fileno(), self.size)
        self.columns = {name: view(self.mapped, *layout[name], self.offsets[name]) for name in layout}

    def finish(self, *, durable: bool = True) -> None:
        """Writes the header, makes all of it safe on the disk and gives the file its name."""
        header = json.dumps(self.header(), separators=(",", ":")).encode()
        if START.size + len(header) > DATA_FROM:
            raise ValueError(f"the header of a segment has {len(header)} bytes, more than there is room for")
        self.mapped[: START.size] = START.pack(MAGIC, len(header), zlib.crc32(header))
        self.mapped[START.size : START.size + len(header)] = header
        self.mapped.flush()
        if durable:
            make_safe(self.beside)
        self.beside.rename(self.path)

    def header(self) -> dict[str, Any]:
        """What the header says."""
        columns = [
            [name, kind, shape, self.offsets[name], checksum(self.columns[name])]
            for name, (kind, shape) in self.layout.items()
        ]
        rows = self.layout["reference"][1][0]
        return {"format": FORMAT, "model": MODEL_VERSION, "rows": rows, "size": self.size, "columns": columns}


def offsets_of(layout: Layout) -> tuple[dict[str, int], int]:
    """Where each column begins, and the size of the file."""
    offsets, at = {}, DATA_FROM
    for name, (kind, shape) in layout.items():
        offsets[name] = at
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(kind).itemsize
        at = -(-(at + size) // ALIGNED) * ALIGNED
    return offsets, at


def view(mapped: mmap.mmap, kind: str, shape: tuple[int, ...], offset: int) -> Column:
    """A column within a mapped file."""
    count = int(np.prod(shape, dtype=np.int64))
    if count == 0:
        empty = np.empty(shape, dtype=f"<{kind}")
        empty.flags.writeable = False
        return empty
    return np.frombuffer(mapped, dtype=f"<{kind}", count=count, offset=offset).reshape(shape)


def checksum(column: Column) -> int:
    """The CRC-32 of a column's bytes."""
    return zlib.crc32(column.reshape(-1).view(np.uint8).data)


def make_safe(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_segment(path: Path, columns: Mapping[str, Column], *, durable: bool = True) -> None:
    """A segment file of columns that are all at hand."""
    draft = Draft(path, layout_of(columns))
    for name, column in columns.items():
        if column.size:
            draft.columns[name][...] = column
    draft.finish(durable=durable)


def state_path(path: Path) -> Path:
    """The state file beside a segment file."""
    return path.with_suffix(".state")


def write_state(path: Path, state: Column, *, durable: bool = True) -> None:
    """The state file of a segment; `state` is int32 [rows, 2]."""
    head = (STATE_MAGIC + struct.pack("<q", len(state))).ljust(STATE_FROM, b"\0")
    state_path(path).write_bytes(head + np.ascontiguousarray(state, dtype="<i4").tobytes())
    if durable:
        make_safe(state_path(path))


def open_state(path: Path, rows: int, *, writing: bool = False) -> Column:
    """The state of a segment, mapped and shared between all processes. Raises IndexDamaged."""
    beside = state_path(path)
    with beside.open("r+b" if writing else "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size != STATE_FROM + 8 * rows:
            raise IndexDamaged(f"{beside.name} has {size} bytes where {STATE_FROM + 8 * rows} belong; {REBUILD}")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_WRITE if writing else mmap.ACCESS_READ)
    if mapped[:16] != STATE_MAGIC + struct.pack("<q", rows):
        raise IndexDamaged(f"{beside.name} is no state of this segment; {REBUILD}")
    return view(mapped, "i4", (rows, 2), STATE_FROM)


def open_segment(path: Path, number: int, *, writing: bool = False) -> Segment:
    """Maps a segment. Raises IndexDamaged, and FileNotFoundError when it is gone (merged meanwhile)."""
    header, mapped = open_mapped(path)
    columns = {}
    for name, kind, shape, offset, crc in header["columns"]:
        columns[name] = column = view(mapped, kind, tuple(shape), offset)
        if column.nbytes <= SMALL:
            check_column(path, name, column, crc)
    if missing := {*TYPES_OF, *OWN} - columns.keys():
        raise IndexDamaged(f"{path.name} lacks {', '.join(sorted(missing))}; {REBUILD}")
    postings = Postings(columns["directory"], columns["tag"], columns["row"])
    state = open_state(path, header["rows"], writing=writing)
    return Segment(number, from_columns(columns), columns["reference"], columns["sketch"], postings, state, mapped)


def open_mapped(path: Path) -> tuple[dict[str, Any], mmap.mmap]:
    """The header of a segment file, checked, and the file mapped. Raises IndexDamaged."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < DATA_FROM:
            raise IndexDamaged(f"{path.name} is cut short at {size} bytes; {REBUILD}")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, length, crc = START.unpack(mapped[: START.size])
    if magic != MAGIC:
        raise IndexDamaged(f"{path.name} is no segment of an index of names; take it out of the folder and {REBUILD}")
    text = mapped[START.size : START.size + length]
    if zlib.crc32(text) != crc:
        raise IndexDamaged(f"the header of {path.name} is damaged; {REBUILD}")
    header: dict[str, Any] = json.loads(text)
    check_versions(path.name, header)
    if header["size"] != size:
        raise IndexDamaged(f"{path.name} has {size} bytes where {header['size']} belong; {REBUILD}")
    return header, mapped


def check_versions(name: str, header: Mapping[str, Any]) -> None:
    """Raises IndexDamaged unless format and model are those of this program."""
    if header.get("format") != FORMAT:
        raise IndexDamaged(f"{name} has format {header.get('format')}, this program reads {FORMAT}; {REBUILD}")
    if header.get("model") != MODEL_VERSION:
        raise IndexDamaged(f"{name} was made with {header.get('model')}, this program has {MODEL_VERSION}; {REBUILD}")


def check_column(path: Path, name: str, column: Column, crc: int) -> None:
    """Raises IndexDamaged unless a column is as it was written."""
    if checksum(column) != crc:
        raise IndexDamaged(f"the column {name} of {path.name} is damaged; {REBUILD}")


def check_segment(path: Path) -> None:
    """Reads a whole segment and raises IndexDamaged when any column is not as it was written."""
    header, mapped = open_mapped(path)
    for name, kind, shape, offset, crc in header["columns"]:
        check_column(path, name, view(mapped, kind, tuple(shape), offset), crc)
