"""The line before it carries a request: headers that never end, come too slowly or are no HTTP are let go early."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tripoint.base.ids import uuid7
from tripoint.doors.guard import MOST_HEADER_BYTES, Fault, dress, refusal

MOST_WAITING = 2 * MOST_HEADER_BYTES  # names and values with what stands between them
HEADERS_WITHIN = 20.0  # seconds from the first byte of a request to the end of its headers
NO_HTTP = Fault(400, "bad_request", "What was sent is no HTTP.", "Speak HTTP/1.1.")
ENDLESS = Fault(431, "too_large", "The headers are larger than 32 KB.", "Send fewer or shorter headers.")
SLOW = Fault(408, "too_slow", "The headers did not arrive in time.", "Send the whole request at once.")


class Wire(HttpToolsProtocol):
    """uvicorn's protocol, which by itself keeps whatever comes until the headers end."""

    arriving: bool = False  # a request has begun and its headers have not ended
    waiting: int = 0  # bytes since it began
    timer: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Take what came; only a request whose headers are not through costs more than before."""
        super().data_received(data)
        if not self.arriving:
            return
        self.waiting += len(data)
        if self.waiting > MOST_WAITING:
            self.let_go(ENDLESS)
        elif self.timer is None:
            self.timer = self.loop.call_later(HEADERS_WITHIN, self.let_go, SLOW)

    def on_message_begin(self) -> None:
        """A request begins."""
        self.arriving, self.waiting = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its headers are through."""
        self.on_time()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The caller has gone."""
        self.on_time()
        super().connection_lost(exc)

    def on_time(self) -> None:
        """Nothing is waited for any more."""
        self.arriving = False
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (uvicorn's words are not ours)
        """What cannot be read is refused as everything else is."""
        self.let_go(NO_HTTP)

    def let_go(self, fault: Fault) -> None:
        """Say why and hang up."""
        self.on_time()
        if self.transport.is_closing():
            return
        request_id = uuid7()
        body = refusal(request_id, fault)
        headers = dress("/api", "") | {
            "content-type": "application/json", "content-length": str(len(body)), "connection": "close",
            "x-request-id": str(request_id),
        }  # fmt: skip
        lines = [f"HTTP/1.1 {fault.status} {HTTPStatus(fault.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        self.transport.close()
