"""A handset for tests: a key that is never told, and requests signed by it as the field page signs them."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

HOST = "https://hub.test"


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Handset:
    """A device and what it holds."""

    app: FastAPI
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    token: str = ""
    id: str = ""
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = TestClient(self.app, base_url=HOST)

    @property
    def public(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        x, y = (text_of(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def proof(self, method: str, path: str, secret: str, head: dict[str, Any] | None = None, **claims: Any) -> str:
        """A proof for one request, or one that is wrong in what is named."""
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self.public} | (head or {})
        said = {
            "htm": method, "htu": HOST + path.partition("?")[0], "iat": int(time.time()), "jti": uuid4().hex,
            "ath": text_of(sha256(secret.encode()).digest()),
        } | claims  # fmt: skip
        signed = ".".join(text_of(json.dumps(part).encode()) for part in (header, said))
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ECDSA(SHA256())))
        return f"{signed}.{text_of(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    def enrol(self, link: str) -> Response:
        """Take an invitation."""
        code = link.partition("#enrol=")[2]
        path = "/api/devices/enrolment"
        answer = self.client.post(
            path, json={"code": code, "key": self.public}, headers={"dpop": self.proof("POST", path, code)}
        )
        if answer.status_code == 201:
            self.id, self.token = answer.json()["device"], answer.json()["token"] or ""
        return answer

    def renew(self) -> Response:
        """Ask for a challenge and sign it."""
        challenge = self.client.post(f"/api/devices/{self.id}/challenge").json()["challenge"]
        path = f"/api/devices/{self.id}/token"
        proof = self.proof("POST", path, challenge)
        answer = self.client.post(path, json={"challenge": challenge}, headers={"dpop": proof})
        if answer.status_code == 200:
            self.token = answer.json()["token"] or ""
        return answer

    def ask(self, method: str, path: str, proof: str | None = None, **options: Any) -> Response:
        """A request signed by the key."""
        headers = {"authorization": f"DPoP {self.token}", "dpop": proof or self.proof(method, path, self.token)}
        return self.client.request(method, path, headers=headers, **options)
