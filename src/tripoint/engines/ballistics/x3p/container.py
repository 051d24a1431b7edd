"""The archive an X3P file is: opened only if it is harmless, its parts read only as far as they may reach.

The archive's own directory says how large a part is, and reading gives no more bytes than it says.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import IO

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Unreadable

MAIN = "main.xml"
ENCRYPTED = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
SEND_AGAIN = "Export it from the instrument's program again and send that file whole."
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Container:
    """An open archive and the folder in it that holds main.xml: empty, or one that somebody packed by hand."""

    archive: zipfile.ZipFile
    folder: str

    def part(self, name: str) -> zipfile.ZipInfo | None:
        """The part of this name as main.xml writes it; None where there is none or the name leads out of the file."""
        wanted = normpath(name.strip().replace("\\", "/"))
        if not wanted or wanted.startswith(("/", "..")):
            return None
        try:
            return self.archive.getinfo(join(self.folder, wanted))
        except KeyError:
            return self.written_otherwise(join(self.folder, wanted))

    def written_otherwise(self, name: str) -> zipfile.ZipInfo | None:
        """The part whose name differs only in case or slashes, as programs under Windows write it."""
        for part in self.archive.infolist():
            if part.filename.replace("\\", "/").casefold() == name.casefold():
                return part
        return None


@contextmanager
def opened(content: bytes) -> Iterator[Container]:
    """The container of these bytes. Raises Unreadable for what is no archive, holds too much or no main.xml."""
    limits = SETTINGS.reading
    if len(content) > limits.file_bytes:
        raise Unreadable(
            f"The file is larger than {limits.file_bytes // CHUNK} MB.",
            reason="file-too-large", remedy="Send the scan of one mark, at 3 µm a point or coarser.",
        )  # fmt: skip
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise Unreadable("This is no X3P file, or it breaks off.", reason="no-archive", remedy=SEND_AGAIN) from error
    with archive:
        if len(archive.infolist()) > limits.entries:
            raise Unreadable(
                f"The file holds more than {limits.entries} parts.", reason="too-many-parts", remedy=SEND_AGAIN
            )
        yield Container(archive, folder_of(archive))


def folder_of(archive: zipfile.ZipFile) -> str:
    """Where main.xml stands, the nearest to the top. Raises Unreadable where there is none."""
    places = [dirname(name) for name in archive.namelist() if name.rpartition("/")[2].casefold() == MAIN]
    places = [place for place in places if "__MACOSX" not in place]
    if not places:
        raise Unreadable("The file holds no main.xml: it is no X3P.", reason="no-description", remedy=SEND_AGAIN)
    return min(places, key=lambda place: (place.count("/") + bool(place), place))


def check_size(part: zipfile.ZipInfo, most: int) -> None:
    """Raises Unreadable for a part that is too large, packed too tightly, encrypted, or packed in an unusual way."""
    limits = SETTINGS.reading
    if part.flag_bits & ENCRYPTED or part.compress_type not in METHODS:
        raise Unreadable("A part of the file is encrypted or packed in an unusual way.", reason="packed-unusually",
                         remedy=SEND_AGAIN)  # fmt: skip
    if part.file_size > most:
        raise Unreadable(f"A part of the file is larger than {most // 1024} kB.", reason="part-too-large",
                         remedy="Send the scan of one mark, at 3 µm a point or coarser.")  # fmt: skip
    if part.file_size > limits.free_bytes and part.file_size > limits.ratio * max(part.compress_size, 1):
        raise Unreadable("A part of the file unpacks to a suspicious size.", reason="packed-too-tightly",
                         remedy="Send a scan in which something was measured.")  # fmt: skip


@contextmanager
def reading(container: Container, part: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """The part, open. Raises Unreadable for whatever a broken archive makes the library stumble over."""
    try:
        with container.archive.open(part) as stream:
            yield stream
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("A part of the file cannot be unpacked.", reason="damaged", remedy=SEND_AGAIN) from error


def whole(container: Container, part: zipfile.ZipInfo, most: int) -> bytes:
    """All bytes of a part of at most `most`. Raises Unreadable."""
    check_size(part, most)
    with reading(container, part) as stream:
        content = stream.read(most + 1)
    if len(content) != part.file_size:
        raise Unreadable("A part of the file breaks off.", reason="damaged", remedy=SEND_AGAIN)
    return content


def digest(content: bytes) -> str:
    """The MD5 sum X3P files carry: against accidents, not against people."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
