"""The key ring: the hub's secret keys in files of the data folder, never in the database and never in its backups.

Two files. `ring.json` holds each party's keys and the index keys; it changes only when keys are made or rotated.
`shares` holds 32 bytes for each sealed record, at slot times 32; a share overwritten with zeros is destroyed, and with
it whatever any copy of the database still holds of that record. docs/adr/0012 says why.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tripoint.base.errors import SetUp

NAME = "keys"  # the folder's, within the data folder
LENGTH = 32  # bytes, of every key and share
INDEX = "index"  # the index keys stand among the parties' under this name, which no party's code can be


@dataclass(frozen=True, slots=True)
class Key:
    """One key. The numbers of an owner's keys count from 1; the highest is the one in use."""

    number: int
    made: datetime
    secret: bytes = field(repr=False)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(slots=True, eq=False)
class KeyRing:
    """The keys in one folder. Used by all threads and processes of a hub; keys are made when they are first needed."""

    folder: Path | None
    clock: Callable[[], datetime] = now
    random: Callable[[int], bytes] = secrets.token_bytes
    _read: tuple[tuple[int, int, int], dict[str, tuple[Key, ...]]] | None = None

    @property
    def place(self) -> Path:
        """The folder. Raises SetUp where none was given."""
        if self.folder is None:
            raise SetUp("Nothing can be sealed or opened here: no folder for keys was named.")
        return self.folder

    def current(self, owner: str) -> Key:
        """The key in use of a party (its code) or of the index; made where there is none. Raises SetUp."""
        found = self._keys().get(owner)
        return found[-1] if found else self.rotate(owner, first=True)

    def key(self, owner: str, number: int) -> Key | None:
        """An owner's key of this number, while it is kept."""
        return next((key for key in self._keys().get(owner, ()) if key.number == number), None)

    def keys(self, owner: str) -> tuple[Key, ...]:
        """All keys of an owner that are kept, oldest first."""
        return self._keys().get(owner, ())

    def owners(self) -> tuple[str, ...]:
        """Everybody who has a key, the index among them."""
        return tuple(sorted(self._keys()))

    def rotate(self, owner: str, *, first: bool = False) -> Key:
        """A new key in use; earlier ones still open what they wrapped. With `first`, only where there is none yet."""
        with self._alone():
            rings = dict(self._keys())
            before = rings.get(owner, ())
            if first and before:
                return before[-1]
            made = Key(before[-1].number + 1 if before else 1, self.clock(), self.random(LENGTH))
            self._write(rings | {owner: (*before, made)})
        return made

    def forget(self, owner: str, number: int) -> None:
        """Drop an earlier key for good: nothing may be wrapped by it any more. Raises SetUp for the one in use."""
        with self._alone():
            rings = dict(self._keys())
            kept = tuple(key for key in rings.get(owner, ()) if key.number != number)
            if not kept or self.current(owner).number == number:
                raise SetUp(f"Key {number} of {owner} is in use.", remedy="Rotate first: tripoint keys rotate.")
            self._write(rings | {owner: kept})

    def add_shares(self, count: int) -> list[tuple[int, bytes]]:
        """So many new shares, with their slots; on the disk before this returns. Slots are never used again."""
        if count == 0:
            return []
        made = [self.random(LENGTH) for _ in range(count)]
        with self._alone(), self._shares("ab") as file:
            first = -(-file.seek(0, os.SEEK_END) // LENGTH)  # a torn last slot is left as it is
            file.write(bytes(first * LENGTH - file.tell()) + b"".join(made))
            file.flush()
            os.fsync(file.fileno())
        return list(zip(range(first, first + count), made, strict=True))

    def share(self, slot: int) -> bytes:
        """The share in a slot; zeros where it was destroyed, nothing where there never was one."""
        path = self.place / "shares"
        if not path.exists():
            return b""
        with self._shares("rb") as file:
            return os.pread(file.fileno(), LENGTH, slot * LENGTH)

    def destroy(self, slots: Iterable[int]) -> None:
        """Overwrite shares with zeros, on the disk before this returns; destroying twice does no harm."""
        with self._alone(), self._shares("r+b") as file:
            size = os.fstat(file.fileno()).st_size
            for slot in slots:
                if (slot + 1) * LENGTH <= size:
                    os.pwrite(file.fileno(), bytes(LENGTH), slot * LENGTH)
            os.fsync(file.fileno())

    def faults(self) -> list[str]:
        """What is wrong with the folder and its files, in sentences; nothing where all is well."""
        found = []
        for path in (self.place, self.place / "ring.json", self.place / "shares"):
            if path.exists() and path.stat().st_mode & 0o077:
                found.append(f"{path.name} can be read by others: chmod go-rwx {path}")
        shares = self.place / "shares"
        if shares.exists() and shares.stat().st_size % LENGTH:
            found.append("The last share was not written whole; the record it was for was not kept.")
        return found

    def _keys(self) -> dict[str, tuple[Key, ...]]:
        """The ring as it stands in its file, read again when that changed; empty where there is no folder."""
        if self.folder is None:
            return {}
        path = self.place / "ring.json"
        try:
            state = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return {}
        mark = (state.st_mtime_ns, state.st_size, state.st_ino)
        if self._read is None or self._read[0] != mark:
            if state.st_mode & 0o077:
                raise SetUp("Others may read the hub's keys.", field=str(path), remedy=f"chmod go-rwx {path}")
            self._read = (mark, read_ring(path))
        return self._read[1]

    def _write(self, rings: dict[str, tuple[Key, ...]]) -> None:
        """Put the ring in place at one stroke; whoever reads finds the old one or the new one."""
        text = json.dumps({owner: [key_to_json(key) for key in keys] for owner, keys in rings.items()}, indent=1)
        fresh = self.place / "ring.json.new"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.place / "ring.json")
        sync_folder(self.place)
        self._read = None

    @contextmanager
    def _shares(self, mode: str) -> Generator[Any]:
        """The file of shares, readable by its owner alone."""
        path = self.place / "shares"
        if "a" in mode or "+" in mode:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with path.open(mode, buffering=0 if mode == "rb" else -1) as file:
            yield file

    @contextmanager
    def _alone(self) -> Generator[None]:
        """No other process changes the files meanwhile. Raises SetUp where the folder cannot be made."""
        try:
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.place / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise SetUp(f"The keys' folder cannot be used: {error.strerror}.", field=str(self.place)) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


NO_KEYS = KeyRing(None)  # for whoever seals and opens nothing


def read_ring(path: Path) -> dict[str, tuple[Key, ...]]:
    """The keys in a file. Raises SetUp where it is damaged."""
    try:
        stored = json.loads(path.read_text())
        return {owner: tuple(key_from_json(one) for one in keys) for owner, keys in stored.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetUp(
            "The key ring is damaged.", field=str(path), remedy="Put the copy back that is kept apart (docs/sealed.md)."
        ) from error


def key_to_json(key: Key) -> dict[str, Any]:
    """A key as it stands in the file."""
    return {"number": key.number, "made": key.made.isoformat(), "key": base64.b64encode(key.secret).decode()}


def key_from_json(stored: dict[str, Any]) -> Key:
    """The inverse of `key_to_json`. Raises ValueError for a key of another length."""
    secret = base64.b64decode(stored["key"], validate=True)
    if len(secret) != LENGTH:
        raise ValueError("a key of another length")
    return Key(int(stored["number"]), datetime.fromisoformat(stored["made"]), secret)


def sync_folder(folder: Path) -> None:
    """Have the folder's own entries on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
