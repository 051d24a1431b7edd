"""The manifest of an index: which segments make it up, in the order their records came; replaced in one step."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tripoint.engines.screening.index.segment import (
    FORMAT,
    MODEL_VERSION,
    REBUILD,
    IndexDamaged,
    check_versions,
    make_safe,
)

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment in the manifest: its number, its rows, and how many of them were alive."""

    number: int
    rows: int
    alive: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of the index. `note` is the caller's own, for instance how far a feed was followed."""

    generation: int
    following: int  # the number of the next segment
    segments: tuple[Listed, ...]
    note: str = ""


def segment_path(folder: Path, number: int) -> Path:
    """Where a segment lies."""
    return folder / f"{number:08d}.segment"


def write_manifest(folder: Path, manifest: Manifest, *, durable: bool = True) -> None:
    """Replaces the manifest: whoever opens the index sees all of the old one or all of the new one."""
    content = {"format": FORMAT, "model": MODEL_VERSION, **asdict(manifest)}
    text = json.dumps({"check": check(content), "content": content})
    beside = folder / f"{NAME}.draft"
    beside.write_text(text, encoding="utf-8")
    if durable:
        make_safe(beside)
    beside.rename(folder / NAME)
    if durable:
        make_safe(folder)


def check(content: Any) -> int:
    """The checksum of what a manifest says."""
    return zlib.crc32(json.dumps(content, sort_keys=True).encode())


def read_manifest(folder: Path) -> Manifest:
    """Reads the manifest. Raises IndexDamaged when there is none, or it is damaged or of another version."""
    try:
        text = (folder / NAME).read_bytes()
    except FileNotFoundError:
        raise IndexDamaged(f"{folder} holds no index of names; build one there first") from None
    try:
        read = json.loads(text)
        content, told = read["content"], read["check"]
    except (ValueError, KeyError, TypeError):
        raise IndexDamaged(f"the manifest in {folder} is no manifest of an index of names; {REBUILD}") from None
    if check(content) != told:
        raise IndexDamaged(f"the manifest in {folder} is damaged; {REBUILD}")
    check_versions(NAME, content)
    segments = tuple(Listed(**listed) for listed in content["segments"])
    return Manifest(content["generation"], content["following"], segments, content["note"])


def stamp(folder: Path) -> tuple[int, int, int]:
    """What changes whenever the manifest is replaced; cheap to ask for. Raises IndexDamaged when there is none."""
    try:
        found = os.stat(folder / NAME)
    except FileNotFoundError:
        raise IndexDamaged(f"{folder} holds no index of names any more; build one there again") from None
    return found.st_ino, found.st_mtime_ns, found.st_size
