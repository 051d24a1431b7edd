"""Sealing: single fields encrypted, each bound to its place, with keys that can be changed and destroyed.

The algorithms are AES-256 in Galois/Counter Mode (NIST SP 800-38D), AES key wrap (RFC 3394), HKDF and HMAC with
SHA-256 (RFC 5869, RFC 2104), all from the library `cryptography`. Nothing here knows files or a database.
"""

from tripoint.engines.sealing.blind import BLIND_LENGTH, blinded
from tripoint.engines.sealing.boxes import NONCE_LENGTH, Place, SealBroken, Sealed, seal, unseal
from tripoint.engines.sealing.wrapping import (
    KEY_LENGTH,
    KeyGone,
    KeyPlace,
    Share,
    new_key,
    unwrap,
    wrap,
)

__all__ = [
    "BLIND_LENGTH",
    "KEY_LENGTH",
    "NONCE_LENGTH",
    "KeyGone",
    "KeyPlace",
    "Place",
    "SealBroken",
    "Sealed",
    "Share",
    "blinded",
    "new_key",
    "seal",
    "unseal",
    "unwrap",
    "wrap",
]
