"""Blind indexes: what is sealed can be looked up by who knows it whole, and by nobody else.

A keyed HMAC (RFC 2104, SHA-256) of the normalised value stands in the index. Without the key nobody can try values
out, as one could with a plain hash of a number of nine digits.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

BLIND_LENGTH = 32  # bytes
FORM = b"tripoint blind index 1"


def blinded(key: bytes, kind: str, *parts: str) -> bytes:
    """The blind form (32 bytes) of a value: its kind, and its normalised parts in their order.

    Each part goes in with its length before it, so that no two lists of parts are the same bytes. Raises ValueError
    for a key of another length than 32 bytes, or no part at all.
    """
    if len(key) != 32:
        raise ValueError(f"an index key has 32 bytes, not {len(key)}")
    if not any(parts):
        raise ValueError("there is nothing to look up by")
    body = b"".join(len(text := part.encode()).to_bytes(4, "big") + text for part in (kind, *parts))
    return hmac.new(key, FORM + body, sha256).digest()
