"""A party's sign-in service for tests, in this process: describes itself, publishes keys, trades codes for tokens."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from joserfc.jwk import ECKey, OKPKey, RSAKey

from tripoint.access.federation.model import Issuer
from tripoint.access.federation.provider import challenge_of

ADDRESS = "https://login.arc.test/realm"
CLIENT = "tripoint"
Key = RSAKey | ECKey | OKPKey


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def new_key(kind: str, name: str) -> Key:
    if kind == "RSA":
        return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})
    if kind == "EC":
        return ECKey.generate_key("P-256", {"kid": name, "use": "sig"})
    return OKPKey.generate_key("Ed25519", {"kid": name, "use": "sig"})


def issuer(party: str, **bent: Any) -> Issuer:
    said = {"name": "arc", "label": "Police of Arcadia", "party": party, "address": ADDRESS, "client": CLIENT}
    return Issuer(**said | bent)


def claims(now: datetime, **bent: Any) -> dict[str, Any]:
    """What a good ID token says; a bent claim that is None is left out."""
    said = {
        "iss": ADDRESS, "sub": "u-1", "aud": CLIENT, "exp": int(now.timestamp()) + 300, "iat": int(now.timestamp()),
        "auth_time": int(now.timestamp()) - 5, "nonce": "n", "amr": ["pwd", "mfa"],
    } | bent  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def token(key: Key, said: Any, algorithm: str = "ES256", **header: Any) -> str:
    """A token of these claims (or these very bytes), truly signed by the key whatever its header says."""
    fields = {"alg": algorithm, "kid": key.kid} | header
    head = json.dumps({name: value for name, value in fields.items() if value is not None}).encode()
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    text = f"{b64(head)}.{b64(body)}"
    return f"{text}.{b64(signature(key, algorithm, text.encode()))}"


def signature(key: Key, algorithm: str, text: bytes) -> bytes:
    """A signature as RFC 7518 and RFC 8037 write it."""
    private: Any = key.private_key
    if isinstance(key, ECKey):
        r, s = decode_dss_signature(private.sign(text, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    if isinstance(key, OKPKey):
        return bytes(private.sign(text))
    short = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if algorithm == "PS256" else padding.PKCS1v15()
    return bytes(private.sign(text, short, hashes.SHA256()))


@dataclass
class Service:
    """The service behind a transport; its fields are what a test bends."""

    now: datetime
    keys: list[Key] = field(default_factory=lambda: [new_key("EC", "k1")])
    description: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    answer: tuple[int, Any] | None = None  # in place of the token endpoint's own
    asked: dict[str, str] = field(default_factory=dict)  # what the browser brought to the door
    calls: list[str] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)
    authorization: str | None = None

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self.serve))

    def visited(self, address: str) -> dict[str, str]:
        """The browser comes to the service's door."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return self.asked

    def serve(self, request: httpx2.Request) -> httpx2.Response:
        self.calls.append(request.url.path)
        if request.url.path.endswith("/.well-known/openid-configuration"):
            return httpx2.Response(200, json=self.described())
        if request.url.path == "/keys":
            return httpx2.Response(200, json={"keys": [key.as_dict(private=False) for key in self.keys]})
        self.form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        self.authorization = request.headers.get("authorization")
        if self.answer is not None:
            status, said = self.answer
            return httpx2.Response(status, json=said)
        if challenge_of(self.form["code_verifier"]) != self.asked["code_challenge"]:
            return httpx2.Response(400, json={"error": "invalid_grant"})
        said = claims(self.now, **({"nonce": self.asked["nonce"]} | self.claims))
        return httpx2.Response(200, json={"token_type": "Bearer", "id_token": token(self.keys[-1], said)})

    def described(self) -> dict[str, Any]:
        origin = "https://login.arc.test"
        said = {
            "issuer": ADDRESS, "authorization_endpoint": f"{origin}/door", "token_endpoint": f"{origin}/token",
            "jwks_uri": f"{origin}/keys", "code_challenge_methods_supported": ["S256"],
        }  # fmt: skip
        return said | self.description
