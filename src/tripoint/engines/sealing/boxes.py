"""One field in one sealed box: AES-256-GCM, bound to its record, its field and its version."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_LENGTH = 12  # bytes: 96 bits, SP 800-38D section 8.2
FORM = b"tripoint sealed field 1"


class SealBroken(ValueError):
    """The seal does not fit: another key, another place, or changed content."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed field belongs. `version` counts the record's states, from 1."""

    record: UUID
    field: str
    version: int

    def canonical(self) -> bytes:
        """The place as bytes that no other place has: fixed lengths first, the name last."""
        if not 0 < self.version < 1 << 32:
            raise ValueError(f"version {self.version} is outside 1 to 4294967295")
        return b"".join((FORM, self.record.bytes, self.version.to_bytes(4, "big"), self.field.encode()))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed field as it is kept: the nonce of its own, and the ciphertext with its tag of 16 bytes at the end."""

    nonce: bytes
    ciphertext: bytes = field(repr=False)


def seal(key: bytes, place: Place, plain: bytes, random: Callable[[int], bytes] = os.urandom) -> Sealed:
    """Seal `plain` for its place under a data key of 32 bytes; `random` gives so many fresh bytes.

    Raises ValueError for a key of another length, or a version out of range.
    """
    nonce = random(NONCE_LENGTH)
    return Sealed(nonce, AESGCM(checked(key)).encrypt(nonce, plain, place.canonical()))


def unseal(key: bytes, place: Place, sealed: Sealed) -> bytes:
    """What was sealed for this very place. Raises SealBroken where anything at all is not as it was."""
    if len(sealed.nonce) != NONCE_LENGTH:
        raise SealBroken("The nonce has another length than ours.")
    try:
        return AESGCM(checked(key)).decrypt(sealed.nonce, sealed.ciphertext, place.canonical())
    except InvalidTag:
        raise SealBroken(f"The sealed {place.field} does not belong here, or was changed.") from None


def checked(key: bytes) -> bytes:
    """The key, when it has 32 bytes: a shorter one would quietly be AES-128."""
    if len(key) != 32:
        raise ValueError(f"a data key has 32 bytes, not {len(key)}")
    return key
