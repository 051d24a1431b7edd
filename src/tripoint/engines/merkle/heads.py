"""What is signed with Ed25519 (RFC 8032): heads of the tree, the change to another key, and what a witness saw.

Every statement names its kind, so that a signature of one kind can never stand for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tripoint.engines.merkle.canonical import canonical, moment, read_moment


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The state of the log at one moment: its size and root, chained to the head before."""

    log: str  # the log's id: SHA-256 of its first public key, in hexadecimal digits
    size: int
    root: bytes
    at: datetime
    settled: int  # every row numbered so or lower that will ever exist is among the leaves
    previous: bytes | None  # the digest of the head before

    def statement(self) -> bytes:
        """What the log's key signs."""
        return canonical({"kind": "head", **self.as_json()})

    def digest(self) -> bytes:
        """What the next head names as its previous one, 32 bytes."""
        return sha256(self.statement()).digest()

    def as_json(self) -> dict[str, Any]:
        """The head in JSON values."""
        return {
            "log": self.log, "size": self.size, "root": self.root.hex(), "at": moment(self.at),
            "settled": self.settled, "previous": self.previous.hex() if self.previous else None,
        }  # fmt: skip

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> TreeHead:
        """The head that `as_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        previous = said["previous"]
        size, settled = said["size"], said["settled"]
        if type(size) is not int or type(settled) is not int:
            raise TypeError("size and settled are whole numbers")
        return cls(
            str(said["log"]), size, bytes.fromhex(said["root"]), read_moment(said["at"]), settled,
            None if previous is None else bytes.fromhex(previous),
        )  # fmt: skip


def key_statement(log: str, number: int, public_key: bytes, size: int, at: datetime) -> bytes:
    """What the key before signs when the log goes on with another: its number, and from which size on it holds."""
    return canonical(
        {"kind": "key", "log": log, "number": number, "key": public_key.hex(), "size": size, "at": moment(at)}
    )


def witness_statement(head: TreeHead, party: str) -> bytes:
    """What a party's witness key signs: that the party has seen this head."""
    return canonical({"kind": "witness", "head": head.as_json(), "party": party})


def log_id(first_public_key: bytes) -> str:
    """The log's name for ever, in 64 hexadecimal digits."""
    return sha256(first_public_key).hexdigest()


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes_raw()


def signed_by(public_key: bytes, signature: bytes, statement: bytes) -> bool:
    """Whether the holder of the key signed the statement; false for keys and signatures that are none."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return False
    return True
