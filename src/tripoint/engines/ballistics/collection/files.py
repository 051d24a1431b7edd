"""The files of a collection: appended to, and whole as far as the manifest says; damage is a sentence, never a crash.

What is appended lies beyond the counts of the manifest until a new manifest takes the old one's place: whoever
searches sees all of an append or nothing, and what was broken off is written over by the next.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from tripoint.engines.ballistics.settings import VERSION
from tripoint.engines.ballistics.surface import Region

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
FORMAT = "tripoint-ballistics-1"
MANIFEST, LOCK = "manifest.json", "lock"
REBUILD = "build it again with `tripoint ballistics build`"
LONGEST_ID = 200
# Of each mark: where its packed surface begins and how long it is, where its id begins and how long it is (in bytes),
# what one unit of its spectra is.
ROW = np.dtype([("surface", "<u8"), ("packed", "<u4"), ("id", "<u8"), ("letters", "<u2"), ("units", "<f4", 3)])


class CollectionDamaged(ValueError):
    """A folder that is no collection, or one that is cut short or of another version."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How much of each file counts: marks, bytes of surfaces and of ids; and what the marks are of."""

    region: Region
    numbers: int
    rows: int = 0
    surfaces: int = 0
    ids: int = 0

    def sizes(self) -> dict[str, int]:
        """The bytes of each file that count."""
        return {"features.bin": self.numbers * self.rows, "rows.bin": ROW.itemsize * self.rows,
                "surfaces.bin": self.surfaces, "ids.bin": self.ids, "ended.bin": self.rows}  # fmt: skip


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a collection. Raises CollectionDamaged where there is none of ours, or files are cut short."""
    try:
        said = json.loads((folder / MANIFEST).read_text("utf-8"))
        if said["format"] != FORMAT or said["version"] != VERSION:
            raise CollectionDamaged(f"{folder} is of another version of this program; {REBUILD}")
        counts = {name: int(said[name]) for name in ("numbers", "rows", "surfaces", "ids")}
        found = Manifest(region=Region(said["region"]), **counts)
        for name, size in found.sizes().items():
            if (there := (folder / name).stat().st_size) < size:
                raise CollectionDamaged(f"{name} is cut short: {there:,} bytes of {size:,}; {REBUILD}")
    except CollectionDamaged:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise CollectionDamaged(f"{folder} is no collection of marks ({error}); {REBUILD}") from error
    return found


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a new manifest in the place of the old one."""
    draft = folder / f"{MANIFEST}.draft"
    with draft.open("w", encoding="utf-8") as stream:
        json.dump({"format": FORMAT, "version": VERSION, **asdict(manifest)}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(folder / MANIFEST)


def lay_empty(folder: Path, manifest: Manifest) -> None:
    """An empty collection in an empty or new folder. Raises CollectionDamaged where it holds other files."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise CollectionDamaged(f"{folder} holds files already; name another folder")
    for name in manifest.sizes():
        (folder / name).touch()
    write_manifest(folder, manifest)


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Nobody else appends to the collection meanwhile; whoever comes waits."""
    with (folder / LOCK).open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def append_to(path: Path, counted: int, content: bytes) -> None:
    """Write behind what counts, over what was broken off."""
    with path.open("r+b") as stream:
        stream.truncate(counted)
        stream.seek(counted)
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def mapped(path: Path, kind: Any, shape: tuple[int, ...]) -> Array:
    """The beginning of a file, mapped, not read."""
    if not all(shape):
        return np.zeros(shape, kind)
    return np.memmap(path, kind, "r", shape=shape)
