"""The line itself: whatever comes down it is answered in the one shape, and nothing is kept for ever."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from tripoint.doors import wire
from tripoint.doors.guard import Guard
from tripoint.doors.wire import Wire


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that is content with everything."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"fine"})


async def conversation(*parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back for these bytes, sent with pauses between them."""
    app = Guard(fine, body_limit=100, batch_limit=100, batch_path="")
    config = uvicorn.Config(app, http=Wire, log_config=None, access_log=False, lifespan="off", port=0)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    reader, writer = await asyncio.open_connection(*server.servers[0].sockets[0].getsockname())
    with suppress(ConnectionResetError):
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause)
    answer = b""
    with suppress(ConnectionResetError):  # it hung up while we were still talking
        while more := await asyncio.wait_for(reader.read(65536), 20):
            answer += more
            if answer.endswith(b"fine"):
                break
    writer.close()
    server.should_exit = True
    await task
    return answer


def talk(*parts: bytes, pause: float = 0.0) -> bytes:
    return asyncio.run(conversation(*parts, pause=pause))


def refused(answer: bytes) -> tuple[int, str]:
    """Status and code, after looking at the shape."""
    head, _, body = answer.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
    error = json.loads(body)["error"]
    assert set(error) == {"code", "field", "sentence", "remedy", "request"}
    assert error["request"] == headers["x-request-id"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    return int(head.split()[1]), error["code"]


def test_a_plain_request_passes_whole_and_in_pieces() -> None:
    request = b"GET /api/health HTTP/1.1\r\nHost: hub.test\r\n\r\n"
    assert talk(request).endswith(b"fine")
    assert talk(*(request[place : place + 7] for place in range(0, len(request), 7))).endswith(b"fine")


@pytest.mark.parametrize("sent", [
    b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nx y: 1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
])  # fmt: skip
def test_what_is_no_http_is_refused_in_our_own_words(sent: bytes) -> None:
    assert refused(talk(sent)) == (400, "bad_request")


@pytest.mark.parametrize("filler", [b"a" * 40_000, b"X-Much: 1\r\n" * 6_000])
def test_headers_that_are_too_much_are_refused(filler: bytes) -> None:
    start = b"GET /api/health HTTP/1.1\r\nHost: hub.test\r\nX-Long: "
    answer = talk(start + filler + b"\r\n\r\n")
    assert not answer or refused(answer) == (431, "too_large")


def test_headers_without_an_end_are_not_kept() -> None:
    parts = [b"GET /api/health HTTP/1.1\r\nHost: hub.test\r\nX-Long: ", *[b"a" * 16_384] * 6]
    answer = talk(*parts)
    assert not answer or refused(answer) == (431, "too_large")


def test_headers_that_come_too_slowly_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "HEADERS_WITHIN", 0.05)
    assert refused(talk(b"GET /api/health HTTP/1.1\r\nHost: hub")) == (408, "too_slow")
