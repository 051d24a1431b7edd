"""Talking with issuers: where their doors are, which keys they sign by, and a code turned into a token.

OpenID Connect Discovery 1.0, RFC 6749 with PKCE (RFC 7636). The hub calls only the hosts that its operator listed.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import BoundedSemaphore, Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tripoint.access.federation.model import Identity, Issuer
from tripoint.access.federation.tokens import TokenRefused, UnknownKey, identity_in
from tripoint.base.errors import NotFound, TripointError, Unavailable
from tripoint.base.outbound import Client, HTTPError, outbound_client

KEPT_SECONDS = 600.0
NOT_SOONER = 60.0  # seconds between two looks for new keys, however many unknown ones are named
AT_ONCE = 2  # calls; a slow issuer must not hold up those who sign in otherwise
WELL_KNOWN = "/.well-known/openid-configuration"
DOORS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Doors:
    """Where an issuer's doors are, as it says itself."""

    authorization: str
    token: str
    keys: str
    says_who_it_is: bool  # its answers carry `iss` (RFC 9207)


@dataclass(slots=True)
class Known:
    """What is remembered of one issuer, and since when (seconds of a steady clock)."""

    doors: Doors
    keys: list[dict[str, Any]]
    since: float


def make_client(issuers: tuple[Issuer, ...]) -> Client:
    """A client that calls these issuers' hosts and nobody else."""

    def places(*, near: bool) -> list[str]:
        return [place for one in issuers if one.near is near for place in (origin_of(one.address), *one.hosts)]

    return outbound_client(places(near=False), places(near=True))


@dataclass(slots=True)
class Federation:
    """The issuers of a hub. One for a process; remembers doors and keys for ten minutes."""

    issuers: Mapping[str, Issuer]
    client: Client | None = None
    steady: Callable[[], float] = time.monotonic
    _known: dict[str, Known] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _turns: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def issuer(self, name: str) -> Issuer:
        """The issuer of a name. Raises NotFound."""
        found = self.issuers.get(name)
        if found is None:
            raise NotFound("There is no such sign-in service.", field="issuer")
        return found

    def address(self, issuer: Issuer, *, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes to sign in there; `back` is where it comes back to. Raises Unavailable."""
        doors = self._look(issuer).doors
        asked = {
            "response_type": "code", "scope": "openid", "client_id": issuer.client, "redirect_uri": back,
            "state": state, "nonce": nonce, "code_challenge": challenge_of(verifier), "code_challenge_method": "S256",
            "max_age": str(int(issuer.longest.total_seconds())),
            **({"acr_values": " ".join(sorted(issuer.acr))} if issuer.acr else {}),
        }  # fmt: skip
        return f"{doors.authorization}{'&' if '?' in doors.authorization else '?'}{urlencode(asked)}"

    def identity(
        self, issuer: Issuer, *, code: str, back: str, verifier: str, nonce: str, said: str | None, now: datetime
    ) -> Identity:
        """Whom a code proves. `said` is the issuer as the answer names it. Raises TokenRefused, Unavailable."""
        doors = self._look(issuer).doors
        if (said is not None and said != issuer.address) or (said is None and doors.says_who_it_is):
            raise TokenRefused("the answer is another issuer's")
        token = self._token(issuer, doors.token, code, back, verifier)
        try:
            return identity_in(token, self._look(issuer).keys, issuer, nonce=nonce, now=now)
        except UnknownKey:
            return identity_in(token, self._look(issuer, at_most=NOT_SOONER).keys, issuer, nonce=nonce, now=now)

    def _look(self, issuer: Issuer, at_most: float = KEPT_SECONDS) -> Known:
        """Doors and keys, asked for anew when what is known is older than so many seconds."""
        with self._lock:
            known = self._known.get(issuer.name)
            if known is not None and self.steady() - known.since < at_most:
                return known
        doors = doors_in(self._json("GET", well_known(issuer.address)), issuer)
        keys = self._json("GET", doors.keys).get("keys")
        if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
            raise TokenRefused("the issuer's keys cannot be read")
        found = Known(doors, keys, self.steady())
        with self._lock:
            self._known[issuer.name] = found
        return found

    def _token(self, issuer: Issuer, address: str, code: str, back: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier,
            "client_id": issuer.client,
        }  # fmt: skip
        who = None if issuer.secret is None else (quote(issuer.client, safe=""), quote(issuer.secret, safe=""))
        token = self._json("POST", address, data=form, auth=who).get("id_token")
        if not isinstance(token, str):
            raise TokenRefused("the issuer gave no token")
        return token

    def _json(self, method: str, address: str, **options: Any) -> dict[str, Any]:
        """A JSON object that an issuer answers. Raises Unavailable where it does not, TokenRefused where it refuses."""
        with self._turn():
            try:
                options = {name: said for name, said in options.items() if said is not None}
                answer = self._caller().request(method, address, headers={"accept": "application/json"}, **options)
                text = answer.content
            except (HTTPError, TripointError) as error:
                raise Unavailable(
                    "Your party's sign-in service does not answer.", remedy="Use your passkey, or try again later."
                ) from error
        if answer.status_code != 200:
            raise TokenRefused(f"the issuer answered with status {answer.status_code}")
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise TokenRefused("the issuer's answer cannot be read") from error
        if not isinstance(found, dict):
            raise TokenRefused("the issuer's answer is no object")
        return found

    def _caller(self) -> Client:
        with self._lock:
            if self.client is None:
                self.client = make_client(tuple(self.issuers.values()))
            return self.client

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=5):
            raise Unavailable("Your party's sign-in service is slow.", remedy="Use your passkey, or try again later.")
        try:
            yield
        finally:
            self._turns.release()


NO_ISSUERS = Federation({})


def federation_of(issuers: tuple[Issuer, ...], client: Client | None = None) -> Federation:
    """The issuers by their names."""
    return Federation({issuer.name: issuer for issuer in issuers}, client)


def doors_in(said: dict[str, Any], issuer: Issuer) -> Doors:
    """An issuer's doors as it says them itself: in its own name (ASVS 5.0 10.5.3), by https, at listed hosts.

    Raises TokenRefused.
    """
    if said.get("issuer") != issuer.address:
        raise TokenRefused("what is said of the issuer is another's")
    listed = {origin_of(place if "://" in place else f"https://{place}") for place in (issuer.address, *issuer.hosts)}
    doors = [said.get(name) for name in DOORS]
    if not all(isinstance(door, str) and origin_of(door) in listed for door in doors):
        raise TokenRefused("a door of the issuer stands at a host that is not listed")
    methods = said.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        raise TokenRefused("the issuer does not know PKCE with S256")
    authorization, token, keys = map(str, doors)
    return Doors(authorization, token, keys, said.get("authorization_response_iss_parameter_supported") is True)


def well_known(address: str) -> str:
    """Where an issuer describes itself."""
    return address.rstrip("/") + WELL_KNOWN


def origin_of(address: str) -> str:
    """Scheme, host and port, for comparing and for the list of places that may be called."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}" + (f":{parts.port}" if parts.port else "")


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, section 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
