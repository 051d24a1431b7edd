"""Reading ID tokens: what is signed by the issuer's own key, meant for this hub, fresh, and for this very question.

OpenID Connect Core 1.0 section 3.1.3.7, RFC 7515, RFC 8725. Whatever is not as it should be is refused, and every
refusal has its reason, a fixed sentence for the log and for tests; none of it goes out to whoever sent the token.
"""

from __future__ import annotations

import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from tripoint.access.federation.model import ALGORITHMS, Identity, Issuer

SKEW = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)  # between a token's making and its reading
LONGEST_TOKEN = 16_384  # signs
LONGEST_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
PART = re.compile(r"[A-Za-z0-9_-]+")
HEADER_FIELDS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256", "cty"})  # keys named in the token are never believed
KINDS: dict[str, tuple[str, str | None]] = {
    "RS256": ("RSA", None), "PS256": ("RSA", None), "ES256": ("EC", "P-256"), "EdDSA": ("OKP", "Ed25519"),
}  # fmt: skip
LEAST_RSA_BITS = 2048
PublicKey = RSAKey | ECKey | OKPKey


class TokenRefused(Exception):
    """A token proves nothing; the message says why."""


class UnknownKey(TokenRefused):
    """None of the issuer's keys known so far signed it: its keys may have changed."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A token in its parts, before anything of it is believed."""

    token: str
    header: dict[str, Any]
    payload: bytes


def identity_in(token: str, keys: Sequence[dict[str, Any]], issuer: Issuer, *, nonce: str, now: datetime) -> Identity:
    """Whom an ID token proves. `keys` are the issuer's as it publishes them (JSON Web Keys).

    Raises TokenRefused, or UnknownKey where a fresher set of keys may help.
    """
    claims = object_in(payload_signed(token, keys, issuer.algorithms), "claims")
    if claims.get("iss") != issuer.address:
        raise TokenRefused("it is another issuer's")
    check_audience(claims, issuer.client)
    check_times(claims, issuer, now)
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise TokenRefused("it answers another question")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise TokenRefused("it names nobody")
    assessed = claims.get("acr") in tuple(issuer.acr)  # a tuple: what is said may be anything, a list too
    return Identity(issuer.address, subject, bool(methods_in(claims) & issuer.amr), assessed)


def payload_signed(token: str, keys: Sequence[dict[str, Any]], algorithms: Sequence[str] = ALGORITHMS) -> bytes:
    """What a token in compact form holds, signed by one of the keys. Raises TokenRefused, UnknownKey."""
    signed = parts_of(token)
    algorithm = signed.header.get("alg")
    if algorithm not in algorithms:
        raise TokenRefused("its algorithm is not allowed")
    key = key_for(signed.header, str(algorithm), keys)
    try:
        if isinstance(key, OKPKey):  # the library warns at each use of this name, which issuers use all the same
            text, _, signature = token.rpartition(".")
            ed25519_key(key).verify(strictly(signature), text.encode())
        else:
            jws.deserialize_compact(token, key, algorithms=[str(algorithm)])
    except (JoseError, InvalidSignature, ValueError, TypeError) as error:
        raise TokenRefused("its signature does not hold") from error
    return signed.payload


def parts_of(token: str) -> Signed:
    """A token's parts, in the one strict form (RFC 7515, section 2). Raises TokenRefused."""
    parts = token.split(".")
    if len(token) > LONGEST_TOKEN or len(parts) != 3:
        raise TokenRefused("it is no token in compact form")
    header = object_in(strictly(parts[0]), "header")
    if header.keys() - HEADER_FIELDS:
        raise TokenRefused("its header says more than it may")
    if header.get("typ", "JWT") not in ("JWT", "jwt"):
        raise TokenRefused("it is another kind of token")
    strictly(parts[2])
    return Signed(token, header, strictly(parts[1]) if parts[1] else b"")


def strictly(part: str) -> bytes:
    """Bytes of base 64 for addresses without padding, in its one right form. Raises TokenRefused for every other."""
    if not PART.fullmatch(part) or len(part) % 4 == 1:
        raise TokenRefused("a part is not in base 64")
    found = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if urlsafe_b64encode(found).decode().rstrip("=") != part:
        raise TokenRefused("a part has loose bits at its end")
    return found


def object_in(text: bytes, what: str) -> dict[str, Any]:
    """A JSON object in which no name stands twice. Raises TokenRefused."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise TokenRefused(f"its {what} say something twice")
        return dict(pairs)

    try:
        found = json.loads(text.decode("utf-8"), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise TokenRefused(f"its {what} cannot be read") from error
    if not isinstance(found, dict):
        raise TokenRefused(f"its {what} are no object")
    return found


def key_for(header: dict[str, Any], algorithm: str, keys: Sequence[dict[str, Any]]) -> PublicKey:
    """The one key that can have signed: of the right kind, for signatures, by its id where ids are given.

    Raises UnknownKey for none, TokenRefused where several could be meant.
    """
    fitting = [key for key in keys if fits(key, algorithm)]
    wanted = header.get("kid")
    if wanted is not None:
        fitting = [key for key in fitting if key.get("kid") == wanted]
    if not fitting:
        raise UnknownKey("none of the issuer's keys fits")
    if len(fitting) > 1:
        raise TokenRefused("it does not say by which of several keys it is signed")
    return imported(fitting[0])


def fits(key: dict[str, Any], algorithm: str) -> bool:
    """Whether a published key may be used for signatures by this algorithm."""
    kind, curve = KINDS[algorithm]
    return (
        key.get("kty") == kind
        and key.get("crv") == curve
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and "verify" in (key.get("key_ops") or ["verify"])
        and "d" not in key
    )


def imported(key: dict[str, Any]) -> PublicKey:
    """A published key, ready to verify. Raises TokenRefused for one that is broken or too short."""
    kinds: dict[str, type[PublicKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
    try:
        if key["kty"] == "RSA" and int.from_bytes(strictly(key["n"]), "big").bit_length() < LEAST_RSA_BITS:
            raise TokenRefused("the issuer's key is too short")
        return kinds[key["kty"]].import_key({name: said for name, said in key.items() if name != "key_ops"})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise TokenRefused("the issuer's key cannot be read") from error


def ed25519_key(key: OKPKey) -> Ed25519PublicKey:
    """The key as the cryptographic library knows it. Raises TokenRefused for one of another curve."""
    found = key.public_key
    if not isinstance(found, Ed25519PublicKey):
        raise TokenRefused("the issuer's key is of another curve")
    return found


def check_audience(claims: dict[str, Any], client: str) -> None:
    """The token is for this hub, and asked for by it. Raises TokenRefused."""
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or client not in audiences:
        raise TokenRefused("it is for somebody else")
    if len(audiences) > 1 and "azp" not in claims:
        raise TokenRefused("it is for several and does not say who asked")
    if claims.get("azp", client) != client:
        raise TokenRefused("somebody else asked for it")


def check_times(claims: dict[str, Any], issuer: Issuer, now: datetime) -> None:
    """The token holds now, was made lately, and the person signed in lately enough. Raises TokenRefused."""
    present, skew = now.timestamp(), SKEW.total_seconds()
    if present >= moment(claims, "exp") + skew:
        raise TokenRefused("it has ended")
    made = moment(claims, "iat")
    if made > present + skew or ("nbf" in claims and moment(claims, "nbf") > present + skew):
        raise TokenRefused("it is not valid yet")
    if present > made + OLDEST.total_seconds() + skew:
        raise TokenRefused("it is too old")
    if present > moment(claims, "auth_time") + issuer.longest.total_seconds() + skew:
        raise TokenRefused("the person signed in too long ago")


def moment(claims: dict[str, Any], name: str) -> float:
    """Seconds since 1970. Raises TokenRefused where they are missing or no sensible number."""
    said = claims.get(name)
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 < said < 1e11:
        raise TokenRefused(f"its {name} is no time")
    return float(said)


def methods_in(claims: dict[str, Any]) -> frozenset[str]:
    """By what the person signed in, in the issuer's words (RFC 8176)."""
    said = claims.get("amr", [])
    return frozenset(word for word in said if isinstance(word, str)) if isinstance(said, list) else frozenset()
