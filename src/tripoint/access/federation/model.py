"""The nouns of federation: an issuer as the operator lists it, and who somebody is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

# Signatures only, with public keys; nothing that a client's own secret or no key at all could make (RFC 8725, 3.1).
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A party's identity provider. It vouches for officers of that party alone.

    `hosts` are further hosts it may use, `near` says that it stands in a private network. `amr` are the words by which
    it says that two factors were shown (RFC 8176), `acr` those by which it says that it looked at the device and the
    circumstances (OpenID Connect Core 1.0, section 2); `longest` is how old a person's own sign-in there may be.
    """

    name: str
    label: str
    party: str  # code
    address: str  # the issuer's identifier, exactly as its tokens say it
    client: str
    secret: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ()
    near: bool = False
    algorithms: tuple[str, ...] = ALGORITHMS
    amr: frozenset[str] = frozenset({"mfa"})
    longest: timedelta = timedelta(hours=12)
    acr: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: issuer and subject, never an e-mail address (OWASP ASVS 5.0 6.8.1, 10.5.2)."""

    issuer: str
    subject: str
    two_factors: bool
    assessed: bool = False  # the issuer looked at the device and the circumstances, and found them well
