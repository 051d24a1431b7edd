"""Archives (ZIP, and what is built of it: XLSX, X3P) looked through before anything of them is unpacked.

Only the directory at the archive's end is believed for this, and reading a part later gives no more bytes than it says.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from tripoint.base.errors import BadInput, TooLarge

ARCHIVE = b"PK\x03\x04"
NESTED = (
    ARCHIVE, b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"(\xb5/\xfd",
)  # fmt: skip
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 0x1
LOCAL_HEADER = 30  # bytes before the name of a part (APPNOTE.TXT, section 4.3.7)
MEGABYTE = 1024 * 1024
SAVE_AGAIN = "Save it again with an ordinary program."


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may hold: parts, bytes of one and of all unpacked, and how many times its own size.

    The ratio counts from `free` bytes on: small things may be packed as tightly as they will.
    """

    parts: int = 2_000
    part: int = 1024 * MEGABYTE
    whole: int = 2048 * MEGABYTE
    ratio: int = 200
    free: int = 16 * MEGABYTE


def open_archive(stream: BinaryIO, limits: ArchiveLimits | None = None) -> zipfile.ZipFile:
    """The archive, if it is harmless; the caller closes it.

    Raises BadInput for what is no archive, or holds links, paths that lead out of it, two parts of one name, parts that
    overlap, are encrypted, packed in an unusual way or archives themselves; TooLarge for what unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise BadInput("This is no archive that can be read.", field="file", remedy=SAVE_AGAIN) from error
    try:
        look_through(archive, limits or ArchiveLimits())
    except BaseException:
        archive.close()
        raise
    return archive


def look_through(archive: zipfile.ZipFile, limits: ArchiveLimits) -> None:
    """Raises as `open_archive` does."""
    parts = archive.infolist()
    check_sizes(parts, limits)
    check_places(parts)
    names: set[str] = set()
    for part in parts:
        fault = fault_of(part)
        name = unicodedata.normalize("NFKC", part.filename).casefold()
        if fault is None and name in names:
            fault = "stands in it twice"
        if fault:
            raise BadInput(f"A part of the archive {fault}.", field="file", remedy=SAVE_AGAIN)
        names.add(name)
    for part in parts:
        if start_of(archive, part).startswith(NESTED):
            raise BadInput("The archive holds an archive.", field="file", remedy="Send the inner one by itself.")


def check_sizes(parts: Sequence[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    """Raises TooLarge where there is too much of anything."""
    whole, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    if len(parts) > limits.parts:
        raise TooLarge(f"The archive holds more than {limits.parts} parts.", field="file", remedy=SAVE_AGAIN)
    if whole > limits.whole or largest > limits.part:
        unpacked = limits.whole if whole > limits.whole else limits.part
        sentence = f"The archive unpacks to more than {unpacked // MEGABYTE} MB."
        raise TooLarge(sentence, field="file", remedy="Send it in parts, or as CSV.")
    if whole > limits.free and whole > limits.ratio * max(packed, 1):
        sentence = f"The archive unpacks to more than {limits.ratio} times its size."
        raise TooLarge(sentence, field="file", remedy="Send it in parts, or as CSV.")


def check_places(parts: Sequence[zipfile.ZipInfo]) -> None:
    """Raises BadInput where two parts share bytes: so a small archive unpacks to an endless one."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise BadInput("Parts of the archive overlap.", field="file", remedy=SAVE_AGAIN)
        end = part.header_offset + LOCAL_HEADER + len(part.orig_filename.encode()) + part.compress_size


def fault_of(part: zipfile.ZipInfo) -> str | None:
    """What is wrong with one part, to follow "a part of the archive"."""
    name = part.orig_filename
    if part.flag_bits & ENCRYPTED:
        return "is encrypted"
    if part.compress_type not in METHODS:
        return "is packed in an unusual way"
    kind = stat.S_IFMT(part.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if not name or len(name) > 255 or any(not letter.isprintable() for letter in name):
        return "has a name that cannot be shown"
    steps = name.replace("\\", "/").split("/")
    if "\\" in name or steps[0].endswith(":") or steps[0] == "" or ".." in steps or name.startswith("~"):
        return "has a path that leads out of it"
    return None


def start_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The first bytes of a part. Raises BadInput where it cannot be unpacked."""
    try:
        with archive.open(part) as unpacked:
            return unpacked.read(8)
    except Exception as error:  # the library raises whatever a broken archive makes it stumble over
        raise BadInput("A part of the archive cannot be unpacked.", field="file", remedy=SAVE_AGAIN) from error
