"""An act that is sent twice is done once: a client's own key, kept with the answer in the transaction of the act.

The header is `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07, section 2). A client that had no answer
sends the same request with the same key again: it was done and is answered as before, or it was not and is done now.
Only digests of the key are kept, and the answer is sealed with it, for it may hold a secret that is shown once.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from tripoint.access import once_store
from tripoint.access.model import AuditNote
from tripoint.access.rules import Standing, standing
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, IdReused, StillAnswering

HEADER = "idempotency-key"
KEY = re.compile(r'"?([A-Za-z0-9_-]{22,100})"?')  # 22 signs of base 64 are 128 bits: nobody guesses it
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Once:
    """One request that carries a key: the key's bytes, and the digest of what is asked."""

    key: bytes
    request: bytes

    def digest(self) -> bytes:
        """What the database knows of the key (SHA-256)."""
        return sha256(b"known by|" + self.key).digest()

    def lock(self, officer: UUID) -> int:
        """The signed 64-bit number that holds this officer's key while its act is done."""
        return int.from_bytes(sha256(officer.bytes + self.key).digest()[:8], "big", signed=True)

    def seal(self, officer: UUID, answer: bytes) -> bytes:
        """The answer as AES-256-GCM under the key, bound to officer and request."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._secret()).encrypt(nonce, answer, officer.bytes + self.request)

    def unseal(self, officer: UUID, sealed: bytes) -> bytes:
        """The answer again. Raises cryptography's InvalidTag for what was tampered with."""
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(self._secret()).decrypt(nonce, body, officer.bytes + self.request)

    def _secret(self) -> bytes:
        return hmac.digest(self.key, b"seals the answer", "sha256")


def once_of(request: Request, body: bytes) -> Once | None:
    """The key a request carries, or None. Raises BadInput for one that could be guessed."""
    shown = request.headers.get(HEADER)
    if shown is None:
        return None
    found = KEY.fullmatch(shown)
    if found is None:
        raise BadInput(
            "The idempotency key must be 22 to 100 letters, digits, - or _.", field="Idempotency-Key",
            remedy="Make a random one for each act, such as a UUID of version 4.",
        )  # fmt: skip
    asked = "\n".join((request.method, request.url.path, request.url.query)).encode()
    return Once(found[1].encode(), sha256(asked + b"\n" + body).digest())


def do_once(visit: Visit, once: Once, status: int, act: Callable[[], Any]) -> Response:
    """Do the act and keep its answer, or answer as before.

    `status` is the act's own where it succeeds. Raises IdReused for a key of another request, StillAnswering while the
    first is in hand, and whatever the act raises; then nothing is kept, and the key is free.
    """
    officer, digest = visit.officer.id, once.digest()
    if not once_store.take(visit.session, once.lock(officer)):
        raise StillAnswering
    kept = once_store.find(visit.session, officer, digest)
    stands = standing(kept.request if kept else None, once.request)
    if kept is not None:
        if stands is Standing.REUSED:
            raise IdReused("This idempotency key was used for another request.", field="Idempotency-Key")
        visit.note(AuditNote(visit.act, outcome="repeated"))
        return shown(kept.status, once.unseal(officer, kept.answer))
    answer = response_of(act(), status)
    sealed = once.seal(officer, bytes(answer.body))
    once_store.keep(visit.session, officer, digest, once_store.Kept(once.request, answer.status_code, sealed))
    return answer


def response_of(result: Any, status: int) -> Response:
    """What a handler gave, as it goes out."""
    if isinstance(result, Response):
        return result
    if isinstance(result, BaseModel):
        return shown(status, result.model_dump_json(by_alias=True).encode())
    return JSONResponse(jsonable_encoder(result), status)


def shown(status: int, body: bytes) -> Response:
    """A kept answer as it went out the first time."""
    return Response(body or None, status, media_type="application/json" if body else None)
