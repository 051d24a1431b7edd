"""A software authenticator for tests: makes and shows passkeys as a browser and a device do together.

Web Authentication level 3, sections 5.8.1 (client data), 6.1 (authenticator data) and 6.5 (attestation).
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_b64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8, "big")


@dataclass
class Device:
    """One device that holds one passkey. Its fields are what a test bends to see it refused."""

    origin: str = "https://hub.test"
    domain: str = "hub.test"
    algorithm: int = -7
    attestation: str = "none"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    say_whose: bool = True
    more: dict[str, Any] = field(default_factory=dict)  # further client data
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    key: Private = field(init=False)

    def __post_init__(self) -> None:
        if self.algorithm == -7:
            self.key = ec.generate_private_key(ec.SECP256R1())
        elif self.algorithm == -8:
            self.key = ed25519.Ed25519PrivateKey.generate()
        elif self.algorithm == -35:
            self.key = ec.generate_private_key(ec.SECP384R1())
        else:
            self.key = rsa.generate_private_key(65537, 2048)

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.create`."""
        self.handle = from_b64(options["user"]["id"])
        said = self.client_data("webauthn.create", options["challenge"])
        data = self.authenticator_data(self.flags | ATTESTED) + self.attested()
        statement: dict[str, Any] = {}
        if self.attestation == "packed":
            statement = {"alg": self.algorithm, "sig": self.sign(data + sha256(said).digest())}
        attestation = cbor2.dumps({"fmt": self.attestation, "attStmt": statement, "authData": data})
        response = {"clientDataJSON": b64(said), "attestationObject": b64(attestation), "transports": ["internal"]}
        return self.answer(response)

    def show(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answer `navigator.credentials.get`."""
        said = self.client_data("webauthn.get", options["challenge"])
        if self.counts:
            self.count += 1
        data = self.authenticator_data(self.flags)
        signature = self.sign(data + sha256(said).digest())
        response = {"clientDataJSON": b64(said), "authenticatorData": b64(data), "signature": b64(signature)}
        return self.answer(response | ({"userHandle": b64(self.handle)} if self.say_whose else {}))

    def answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = b64(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False} | self.more
        return json.dumps(said).encode()

    def authenticator_data(self, flags: int) -> bytes:
        return sha256(self.domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def attested(self) -> bytes:
        return bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(self.public())

    def public(self) -> dict[int, Any]:
        """The public key as COSE writes it (RFC 9053)."""
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            at, size = self.key.public_key().public_numbers(), self.key.key_size // 8
            curve = 1 if size == 32 else 2
            point = {-2: at.x.to_bytes(size, "big"), -3: at.y.to_bytes(size, "big")}
            return {1: 2, 3: self.algorithm, -1: curve, **point}
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return {1: 1, 3: -8, -1: 6, -2: self.key.public_key().public_bytes_raw()}
        public = self.key.public_key().public_numbers()
        return {1: 3, 3: -257, -1: number(public.n), -2: number(public.e)}

    def sign(self, text: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(text, ec.ECDSA(hashes.SHA256()))
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(text)
        return self.key.sign(text, padding.PKCS1v15(), hashes.SHA256())
