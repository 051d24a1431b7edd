"""The secrets of one-time codes at rest: AES-256-GCM under a key of the data folder, each bound to its officer."""

from __future__ import annotations

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tripoint.base.errors import SetUp
from tripoint.base.keyring import KeyRing

OWNER = "entry"  # under this name the key stands in the ring; no party's code can be it
NUMBER_BYTES, NONCE_BYTES = 4, 12  # which key; 96 bits, NIST SP 800-38D section 8.2
LABEL = b"tripoint one-time code 1|"


def seal(keys: KeyRing, officer: UUID, secret: bytes) -> bytes:
    """Number of the key, nonce and ciphertext of an officer's secret."""
    key, nonce = keys.current(OWNER), secrets.token_bytes(NONCE_BYTES)
    return key.number.to_bytes(NUMBER_BYTES, "big") + nonce + AESGCM(key.secret).encrypt(nonce, secret, aad(officer))


def unseal(keys: KeyRing, officer: UUID, sealed: bytes) -> bytes:
    """The secret again. Raises SetUp where it was sealed for somebody else, with another key, or was changed."""
    key = keys.key(OWNER, int.from_bytes(sealed[:NUMBER_BYTES], "big"))
    nonce, body = sealed[NUMBER_BYTES : NUMBER_BYTES + NONCE_BYTES], sealed[NUMBER_BYTES + NONCE_BYTES :]
    try:
        if key is not None:
            return AESGCM(key.secret).decrypt(nonce, body, aad(officer))
    except (InvalidTag, ValueError):
        key = None
    raise SetUp(
        "A one-time code's secret does not open with the keys of this data folder.",
        remedy="Put the folder of keys back from its backup, or reset the officer's second factors.",
    )


def aad(officer: UUID) -> bytes:
    """What a sealed secret is bound to."""
    return LABEL + officer.bytes
