"""Proof of possession: each request of an enrolled device is signed by the key that never leaves it.

The form is that of RFC 9449 (DPoP): a JWS of type dpop+jwt over the method (htm), the address without its query (htu),
the moment (iat), a number used once (jti) and the digest of the token (ath). A token without its key opens nothing.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from tripoint.access import possession_store as store
from tripoint.base.database import Session
from tripoint.base.errors import NotSignedIn

SKEW = 120.0  # seconds by which a device's clock may differ; devices correct theirs by the hub's answers
COMPACT = re.compile(r"[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{1,2000}\.[A-Za-z0-9_-]{86}")  # ES256: 64 bytes of signature
JTI = re.compile(r"[A-Za-z0-9_-]{16,100}")
REMEDY = "Sign the request with the device's own key, its clock set right."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows: the proof, its method, `host/path` of its address, and the secret it is bound to."""

    proof: str | None
    method: str
    address: str
    secret: str


def check(session: Session, shown: Shown, *, sign_in: UUID, request: UUID, now: datetime, fresh: bool = True) -> None:
    """Let a device's request pass, or raise NotSignedIn.

    The number of a proof is remembered with the request that showed it: the same request may be looked at again (a
    batch line by line, a stream), another one with the same number is a replay. `fresh` is false for the later looks
    of a stream, whose proof has grown old meanwhile.
    """
    claims = read_claims(shown.proof)
    found = store.bound_key(session, sign_in, sha256(claims["jti"].encode()).digest(), request)
    if found is None or found.standing == "used":
        raise NotSignedIn("This proof was shown before, or the device is not known any more.", remedy=REMEDY)
    verify(shown, claims, found.public_key, now if fresh and found.standing == "new" else None)


def verify(shown: Shown, claims: Mapping[str, Any], key: Mapping[str, str], now: datetime | None) -> None:
    """Raises NotSignedIn unless the proof is signed by `key` and made for this request; at `now` its age is judged."""
    header = signed_header(shown.proof or "", key)
    right = (
        header.get("typ") == "dpop+jwt"
        and same_key(header.get("jwk"), key)
        and claims.get("htm") == shown.method
        and address_of(claims.get("htu")) == shown.address
        and hmac.compare_digest(str(claims.get("ath", "")).encode(), digest_text(shown.secret).encode())
        and (now is None or abs(now.timestamp() - claims["iat"]) <= SKEW)
    )
    if not right:
        raise NotSignedIn("The proof does not belong to this request.", remedy=REMEDY)


def signed_header(proof: str, key: Mapping[str, str]) -> Mapping[str, Any]:
    """The header of a proof that `key` has signed by ES256. Raises NotSignedIn for any other."""
    try:
        read = jws.deserialize_compact(proof, ECKey.import_key(dict(key)), algorithms=["ES256"])
    except (JoseError, ValueError) as error:
        raise NotSignedIn("The proof is not signed by the device's key.", remedy=REMEDY) from error
    return read.headers()


def read_claims(proof: str | None) -> dict[str, Any]:
    """What a proof says, not judged yet. Raises NotSignedIn for what is no proof."""
    if proof is None or not COMPACT.fullmatch(proof):
        raise NotSignedIn("A device signs its requests.", remedy=REMEDY)
    try:
        claims = json.loads(decoded(proof.split(".")[1]))
    except ValueError as error:
        raise NotSignedIn("The proof cannot be read.", remedy=REMEDY) from error
    whole = isinstance(claims, dict) and isinstance(claims.get("jti"), str) and type(claims.get("iat")) is int
    if not whole or not JTI.fullmatch(claims["jti"]) or not 0 <= claims["iat"] < 2**40:
        raise NotSignedIn("The proof says too little.", remedy=REMEDY)
    return dict(claims)


def address_of(htu: object) -> str | None:
    """Host and path of an address without query and fragment; the scheme is the proxy's affair."""
    if not isinstance(htu, str):
        return None
    try:
        parts = urlsplit(htu)
    except ValueError:
        return None
    return None if parts.query or parts.fragment or parts.scheme not in ("https", "http") else parts.netloc + parts.path


def same_key(shown: object, key: Mapping[str, str]) -> bool:
    """Whether a header's key is the one that was enrolled, and no private part was sent along."""
    parts = ("kty", "crv", "x", "y")
    return isinstance(shown, dict) and "d" not in shown and all(shown.get(part) == key[part] for part in parts)


def digest_text(secret: str) -> str:
    """SHA-256 of a token in base64url without padding: the claim `ath`."""
    return urlsafe_b64encode(sha256(secret.encode()).digest()).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Bytes of base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
