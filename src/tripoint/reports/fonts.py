"""The letters of reports: those that the pages bring along, turned into a form that typesetting takes."""

from __future__ import annotations

import atexit
import shutil
import struct
import tempfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tripoint

FOLDER = Path(tripoint.__file__).parent / "web" / "letters"  # filled when the pages are built: web/vite.config.ts
SERIF = "Libertinus Serif"  # comes with the typesetter, for a hub whose pages are not built
NAMES = {"latin": "Tripoint Latin", "latin-ext": "Tripoint Latin Extended", "arabic": "Tripoint Arabic"}
WEIGHTS = {"400": "Regular", "600": "Bold"}
FACE_NAMES = (1, 2, 4, 6)  # family, style, full name, PostScript name (OpenType, table `name`)


@dataclass(frozen=True, slots=True)
class Letters:
    """Where the fonts lie, and the names under which they are asked for, the first wanted first."""

    folder: Path | None
    families: tuple[str, ...]

    @property
    def reads_arabic(self) -> bool:
        """Whether there are Arabic letters."""
        return NAMES["arabic"] in self.families


@cache
def letters() -> Letters:
    """The fonts of this installation, unpacked once a process into a folder that goes with it."""
    found = sorted(FOLDER.glob("*.woff")) if FOLDER.is_dir() else []
    if not found:
        return Letters(None, (SERIF,))
    folder = Path(tempfile.mkdtemp(prefix="tripoint-letters-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    families = set()
    for path in found:
        script, _, weight = path.stem.rpartition("-")
        families.add(NAMES[script])
        (folder / f"{path.stem}.ttf").write_bytes(unpacked(path.read_bytes(), NAMES[script], WEIGHTS[weight]))
    return Letters(folder, (*(name for name in NAMES.values() if name in families), SERIF))


def unpacked(woff: bytes, family: str, style: str) -> bytes:
    """A WOFF 1.0 file (W3C, 2012) as TrueType, under another family name: parts of one font would hide each other."""
    flavour, count = struct.unpack(">4xI4xH", woff[:14])
    tables = []
    for number in range(count):
        tag, at, packed, size, _ = struct.unpack(">4sIIII", woff[44 + 20 * number : 64 + 20 * number])
        body = woff[at : at + packed]
        tables.append((tag, named(family, style) if tag == b"name" else unzipped(body, size)))
    return bound(flavour, tables)


def unzipped(body: bytes, size: int) -> bytes:
    """A table as it is; one that was not made smaller stands unpacked."""
    return body if len(body) == size else zlib.decompress(body)


def named(family: str, style: str) -> bytes:
    """A table of names that says family and style, for Windows in American English."""
    texts = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    coded = [texts[number].encode("utf-16-be") for number in FACE_NAMES]
    head = struct.pack(">HHH", 0, len(coded), 6 + 12 * len(coded))
    at, rows = 0, b""
    for number, text in zip(FACE_NAMES, coded, strict=True):
        rows += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), at)
        at += len(text)
    return head + rows + b"".join(coded)


def bound(flavour: int, tables: list[tuple[bytes, bytes]]) -> bytes:
    """Tables bound into one file with their directory and checksums (OpenType, font file)."""
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", flavour, len(tables), 16 << power, power, 16 * (len(tables) - (1 << power)))
    at, rows, bodies = len(head) + 16 * len(tables), b"", b""
    for tag, body in sorted(tables):
        padded = body + bytes(-len(body) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        rows += struct.pack(">4sIII", tag, total, at + len(bodies), len(body))
        bodies += padded
    return head + rows + bodies
