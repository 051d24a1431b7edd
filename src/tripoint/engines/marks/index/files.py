"""The files of an index: a column each, and a manifest that says what they are; damage is a sentence, never a crash."""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[Any]
FORMAT = "tripoint-marks-2"
MANIFEST = "manifest.json"
REBUILD = "build it again with `tripoint marks build`"
AT_ONCE = 1 << 24


class IndexDamaged(ValueError):
    """A folder that is no index of marks, or one that is cut short or of another version."""


@contextmanager
def laid_beside(folder: Path) -> Generator[Path]:
    """A folder to build in, put in the place of `folder` at the end: whoever searches finds the old one or the new one.

    What an earlier build left half done is removed. Raises IndexDamaged where `folder` holds anything but an index.
    """
    if folder.exists() and not (folder / MANIFEST).is_file() and any(folder.iterdir()):
        raise IndexDamaged(f"{folder} holds other files and no index of marks; name another folder")
    place = folder.parent / f".{folder.name}.building"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    yield place
    gone = folder.parent / f".{folder.name}.gone"
    shutil.rmtree(gone, ignore_errors=True)
    if folder.exists():
        folder.rename(gone)
    place.rename(folder)
    shutil.rmtree(gone, ignore_errors=True)


def write(folder: Path, columns: Mapping[str, Column], words: Mapping[str, list[str]], rows: int) -> None:
    """Write the columns and, last, the manifest that names them with their sizes and checksums."""
    listed = {}
    for name, column in columns.items():
        with (folder / f"{name}.bin").open("wb") as stream:
            column.tofile(stream)
            stream.flush()
            os.fsync(stream.fileno())
        listed[name] = [column.dtype.str, len(column), checksum(column)]
    said = {"format": FORMAT, "rows": rows, "columns": listed, "words": words}
    with (folder / MANIFEST).open("w", encoding="utf-8") as stream:
        json.dump(said, stream, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())


def read(folder: Path, names: tuple[str, ...]) -> tuple[dict[str, Column], dict[str, list[str]], int]:
    """The columns mapped, the words and the number of rows. Raises IndexDamaged."""
    said = manifest_of(folder)
    try:
        columns = {name: mapped(folder / f"{name}.bin", *said["columns"][name][:2]) for name in names}
        words = {name: [str(one) for one in values] for name, values in said["words"].items()}
        return columns, words, int(said["rows"])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OSError) as error:
        raise IndexDamaged(f"the index in {folder} is incomplete ({error}); {REBUILD}") from error


def manifest_of(folder: Path) -> dict[str, Any]:
    """What the manifest says. Raises IndexDamaged where there is none of ours."""
    try:
        said = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise IndexDamaged(f"{folder} is no index of marks: its {MANIFEST} cannot be read; {REBUILD}") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        found = said.get("format") if isinstance(said, dict) else None
        raise IndexDamaged(f"{folder} has format {found!r}, this program reads {FORMAT}; {REBUILD}")
    return said


def mapped(path: Path, kind: str, count: int) -> Column:
    """A column mapped, not read. Raises IndexDamaged where the file has another size than the manifest says."""
    sort = np.dtype(kind)
    if sort.kind != "u":
        raise ValueError(f"{path.name} is said to hold {sort}")
    wanted, there = sort.itemsize * int(count), path.stat().st_size
    if wanted != there:
        raise IndexDamaged(f"{path.name} is cut short or foreign: {there:,} bytes of {wanted:,}; {REBUILD}")
    return np.memmap(path, sort, "r", shape=(int(count),)) if count else np.zeros(0, dtype=sort)


def check_every_byte(folder: Path) -> None:
    """Read a whole index. Raises IndexDamaged where any column is not as it was written."""
    said = manifest_of(folder)
    columns, _, _ = read(folder, tuple(said.get("columns", {})))
    for name, column in columns.items():
        if checksum(column) != said["columns"][name][2]:
            raise IndexDamaged(f"{name}.bin is damaged; {REBUILD}")


def checksum(column: Column) -> int:
    """The CRC-32 of a column's bytes."""
    raw, found = np.asarray(column).view(np.uint8).reshape(-1), 0
    for at in range(0, len(raw), AT_ONCE):
        found = zlib.crc32(raw[at : at + AT_ONCE].data, found)
    return found
