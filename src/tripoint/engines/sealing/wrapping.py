"""Data keys, wrapped so that two secrets are needed: the party's key, and the record's own share kept apart.

A data key is wrapped with AES key wrap (RFC 3394) under a key that HKDF (RFC 5869) makes of the party's key and the
record's share. Whoever changes the party's key wraps again and touches no field; whoever destroys the share makes the
record unreadable wherever a copy of the wrapped key may lie.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_LENGTH = 32  # bytes, of every key and share
FORM = b"tripoint data key 1"


class KeyGone(ValueError):
    """The data key cannot be had any more: its share was destroyed, or it belongs to another key."""


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """What a wrapped data key belongs to: the record, its owner's code, the number of the owner's key."""

    record: UUID
    owner: str
    key: int

    def canonical(self) -> bytes:
        """The place as bytes that no other place has."""
        return b"".join((FORM, self.record.bytes, self.key.to_bytes(4, "big"), self.owner.encode()))


@dataclass(frozen=True, slots=True)
class Share:
    """A record's own share of its wrapping key: 32 random bytes, or zeros where it was destroyed."""

    secret: bytes = field(repr=False)

    @property
    def destroyed(self) -> bool:
        """Whether nothing is left of it."""
        return len(self.secret) != KEY_LENGTH or not any(self.secret)


def new_key(random: Callable[[int], bytes] = os.urandom) -> bytes:
    """A fresh key or share."""
    return random(KEY_LENGTH)


def wrap(data_key: bytes, party_key: bytes, share: Share, place: KeyPlace) -> bytes:
    """The data key (32 bytes) wrapped: 40 bytes. Raises KeyGone for a destroyed share."""
    return aes_key_wrap(wrapping_key(party_key, share, place), data_key)


def unwrap(wrapped: bytes, party_key: bytes, share: Share, place: KeyPlace) -> bytes:
    """The data key. Raises KeyGone where share, party's key, record or wrapped bytes are not those it was made with."""
    try:
        return aes_key_unwrap(wrapping_key(party_key, share, place), wrapped)
    except InvalidUnwrap:
        raise KeyGone("The data key does not open: another key, another record, or changed bytes.") from None


def wrapping_key(party_key: bytes, share: Share, place: KeyPlace) -> bytes:
    """The key that wraps one record's data key. Raises KeyGone for a destroyed share, ValueError for a short key."""
    if share.destroyed:
        raise KeyGone("The key was destroyed, and with it what it sealed.")
    if len(party_key) != KEY_LENGTH:
        raise ValueError(f"a party's key has {KEY_LENGTH} bytes, not {len(party_key)}")
    return HKDF(SHA256(), KEY_LENGTH, salt=share.secret, info=place.canonical()).derive(party_key)
