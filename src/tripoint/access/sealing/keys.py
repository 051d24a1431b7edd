"""The log's signing keys: each in a file of the data folder that nobody but the hub's user can read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tripoint.base.errors import SetUp

FOLDER = "audit"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """Where the log's keys stand, beneath the hub's data folder: `audit/sealing-1.pem` and so on."""

    data: Path

    def file(self, number: int) -> Path:
        """The file of the key of this number."""
        return self.data / FOLDER / f"sealing-{number}.pem"

    def read(self, number: int) -> Ed25519PrivateKey:
        """The key of this number. Raises SetUp where it is absent, open to others, or no such key."""
        return read_key(self.file(number))

    def made(self, number: int) -> Ed25519PrivateKey:
        """The key of this number, made where there is none. Raises as `read` does."""
        if not self.file(number).exists():
            write_key(self.file(number), Ed25519PrivateKey.generate())
        return self.read(number)


def write_key(file: Path, key: Ed25519PrivateKey) -> None:
    """Keep a key in a file of mode 0600; a file that stands there already is left as it is."""
    file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    making = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as out:
        out.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(making, file)  # whole or not at all, and never over another process's
    except FileExistsError:
        pass
    finally:
        making.unlink()


def read_key(file: Path) -> Ed25519PrivateKey:
    """The key in a file. Raises SetUp where it is absent, open to others, or no Ed25519 key."""
    try:
        mode, text = stat.S_IMODE(file.stat().st_mode), file.read_bytes()
    except OSError as error:
        raise SetUp(
            f"The key {file} cannot be read: {error.strerror}.",
            remedy="Put the file back from where you keep its copy; without it nothing more is sealed.",
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SetUp(f"The key {file} is open to other users.", remedy=f"chmod 600 {file}, and think of a new key.")
    try:
        key = load_pem_private_key(text, None)
    except (ValueError, TypeError) as error:
        raise SetUp(f"{file} holds no key that can be read.", remedy="Put the right file there.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SetUp(f"The key in {file} is none of Ed25519.", remedy="Put the right file there.")
    return key
