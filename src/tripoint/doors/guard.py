"""What every request passes first: its id, the size of its body, and the headers that keep a browser safe."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tripoint.base import failpoints
from tripoint.base.errors import TooLarge
from tripoint.base.ids import uuid7

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none';"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(self), camera=(self), microphone=()",
}

PRIVATE = ("/api", "/match")  # answers under these hold records


class Guard:
    """Pure ASGI: no request pays for a second task or a copied body."""

    def __init__(self, app: ASGIApp, *, body_limit: int, batch_limit: int, batch_path: str) -> None:
        self.app, self.body_limit, self.batch_limit, self.batch_path = app, body_limit, batch_limit, batch_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request its id, count its bytes, dress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.batch_limit if scope["path"] == self.batch_path else self.body_limit
        asked = f"{scope['method']} {scope['path']}"
        passage = Passage(receive, send, limit, scope["path"].startswith(PRIVATE), asked)
        scope.setdefault("state", {})["id"] = passage.request_id
        declared = declared_length(scope)
        passage.over = declared is not None and declared > limit
        if not passage.over:
            with suppress(TooLarge):
                await self.app(scope, passage.receive_counted, passage.send_dressed)
        if passage.over and not passage.begun:
            passage.over = False
            await refuse(passage.send_dressed, str(passage.request_id), limit)


@dataclass(slots=True)
class Passage:
    """One request on its way through: how much of its body was seen, whether its answer has begun."""

    receive: Receive
    send: Send
    limit: int
    private: bool  # answers with records must not stay in any cache
    asked: str  # method and path
    request_id: UUID = field(default_factory=uuid7)
    seen: int = 0
    begun: bool = False
    over: bool = False

    async def receive_counted(self) -> Message:
        """The next part of the body. Raises TooLarge when it is too much."""
        message = await self.receive()
        self.seen += len(message.get("body", b""))
        if self.seen > self.limit:
            self.over = True
            raise TooLarge
        return message

    async def send_dressed(self, message: Message) -> None:
        """A part of the answer, the first with our headers."""
        if self.over and not self.begun:  # the framework calls it unreadable; the guard says why instead
            return
        if message["type"] == "http.response.start":
            failpoints.reached("answer", self.asked)  # all was committed, nothing is told yet
            self.begun = True
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers["x-request-id"] = str(self.request_id)
            if self.private:
                headers.setdefault("cache-control", "no-store")
        await self.send(message)


def declared_length(scope: Scope) -> int | None:
    """What the request says of its length."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return None


async def refuse(send: Send, request_id: str, limit: int) -> None:
    """413 in the one shape of errors."""
    error = {
        "code": TooLarge.code,
        "field": None,
        "sentence": f"The body is larger than {limit // 1_048_576} MB.",
        "remedy": "Send less at once, or a batch.",
        "request": request_id,
    }
    body = json.dumps({"error": error}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": TooLarge.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
