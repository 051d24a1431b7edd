"""Passwords known from breaches: a list that the installation brings, looked up when a password is set."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from tripoint.base.errors import SetUp
from tripoint.base.settings import load_settings

SETTING = "TRIPOINT_BREACHED_PASSWORDS"
DIGEST = re.compile(rb"([0-9A-Fa-f]{40})(:.*)?")  # the published lists write a count after the colon
IN_MEMORY = 8 * 1024 * 1024  # bytes of a list of digests; a longer one is searched where it lies
SAMPLES = 1000  # places at which a long list is looked at, whether it is in order
LONGEST_LINE = 4096  # bytes


@dataclass(frozen=True, slots=True)
class Breached:
    """A list of digests: all of them in memory, or the file in which they stand in order."""

    known: frozenset[bytes] = frozenset()
    in_order: Path | None = None

    def has(self, password: str) -> bool:
        """Whether the password is on the list, exactly as it is written. Raises SetUp where the file is gone."""
        digest = digest_of(password.encode())
        if self.in_order is None:
            return digest in self.known
        try:
            return stands_in(self.in_order, digest.hex().encode())
        except OSError as error:
            raise unreadable(self.in_order, error) from error


@cache
def brought() -> Breached:
    """The list of this installation, read once; an empty one where it brings none. Raises SetUp."""
    return read(load_settings().breached_passwords)


def read(path: Path | None, *, in_memory: int = IN_MEMORY, shortest: int = 15) -> Breached:
    """The list in a file: passwords or SHA-1 digests, one a line.

    Passwords shorter than `shortest` are left out: they are refused anyway. More than `in_memory` bytes of digests
    must stand in order. Raises SetUp where the file cannot be read or is in no order.
    """
    if path is None:
        return Breached()
    try:
        with path.open("rb") as file:
            digests = DIGEST.fullmatch(file.readline(LONGEST_LINE).strip()) is not None
            if digests and path.stat().st_size > in_memory:
                check_order(path, file)
                return Breached(in_order=path)
            file.seek(0)
            return Breached(frozenset(digests_in(file, shortest)))
    except OSError as error:
        raise unreadable(path, error) from error


def digests_in(lines: Iterable[bytes], shortest: int) -> Iterator[bytes]:
    """The digest of each line, or that it is; plain passwords that are too short are left out."""
    for line in lines:
        text = line.rstrip(b"\r\n")
        if found := DIGEST.fullmatch(text):
            yield bytes.fromhex(found[1].decode())
        elif len(text.decode("utf-8", "replace")) >= shortest:
            yield digest_of(text)


def digest_of(password: bytes) -> bytes:
    """SHA-1, which such lists are written in: it finds a line and guards nothing."""
    return hashlib.sha1(password, usedforsecurity=False).digest()


def stands_in(path: Path, wanted: bytes) -> bool:
    """Whether a digest, in hexadecimal, stands in a file of digests in order: some forty readings, whatever its size.

    Between `low` and `high` lie the places at which the wanted line may begin.
    """
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            line = line_from(file, middle)
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        return line_from(file, low) == wanted


def line_from(file: BinaryIO, place: int) -> bytes:
    """The digest of the first line that begins at `place` or after it, in small letters; empty at the end."""
    file.seek(max(0, place - 1))
    if place:
        file.readline(LONGEST_LINE)  # the rest of the line in which the place lies
    return file.readline(LONGEST_LINE)[:40].lower()


def check_order(path: Path, file: BinaryIO) -> None:
    """Raises SetUp where a long list, looked at in many places, is not one of digests in order."""
    size = path.stat().st_size
    seen = [line for at in range(SAMPLES) if (line := line_from(file, at * size // SAMPLES))]
    if seen != sorted(seen) or not all(DIGEST.fullmatch(line) for line in seen):
        raise SetUp(
            f"The passwords from breaches in {path} are in no order, and too many to be kept in memory.", field=SETTING,
            remedy=f"Put the digests in order: `LC_ALL=C sort -o {path} {path}`.",
        )  # fmt: skip


def unreadable(path: Path, error: OSError) -> SetUp:
    """What is said where the list cannot be read."""
    return SetUp(
        f"{SETTING} names {path}, which cannot be read: {error.strerror}.", field=SETTING,
        remedy="Correct the path, or let the hub's user read the file.",
    )  # fmt: skip
