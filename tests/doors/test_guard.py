"""The guard by itself: the id, the counted body, the headers, for any application behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, strategies as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tripoint.doors.guard import HEADERS, Guard

LIMIT, BATCH_LIMIT = 100, 1000


async def reads_all(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads its body and says how long it was."""
    seen, more = 0, True
    while more:
        message = await receive()
        seen += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-seen", str(seen).encode())]})
    await send({"type": "http.response.body", "body": b"ok"})


async def answers_first(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that has begun its answer when the body turns out too long."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await reads_all(scope, receive, lambda message: asyncio.sleep(0))
    await send({"type": "http.response.body", "body": b"ok"})


def call(
    chunks: Iterable[bytes], *, path: str = "/api/checks", app: ASGIApp = reads_all, declared: str | None = None
) -> list[Message]:
    sent: list[Message] = []
    parts = [*chunks, b""]
    messages = iter(
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1} for place, part in enumerate(parts)
    )

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-length", declared.encode())] if declared else []
    scope: dict[str, Any] = {"type": "http", "path": path, "headers": headers}
    guard = Guard(app, body_limit=LIMIT, batch_limit=BATCH_LIMIT, batch_path="/api/checks/batch")
    asyncio.run(guard(scope, receive, send))
    return sent


def headers_of(message: Message) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in message["headers"]}


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_the_bytes_that_come_are_what_counts(chunks: list[bytes]) -> None:
    size = sum(map(len, chunks))
    start, *_ = call(chunks)
    assert start["status"] == (200 if size <= LIMIT else 413)
    assert {name: headers_of(start)[name] for name in HEADERS} == HEADERS
    assert len(headers_of(start)["x-request-id"]) == 36
    if size <= LIMIT:
        assert headers_of(start)["x-seen"] == str(size)


@pytest.mark.parametrize(("declared", "status"), [("100", 200), ("101", 413), ("9" * 30, 413), ("-5", 200), ("x", 200)])
def test_a_declared_length_is_believed_only_when_it_is_too_long(declared: str, status: int) -> None:
    assert call([b"x"], declared=declared)[0]["status"] == status


def test_a_batch_may_be_longer() -> None:
    chunks = [b"x" * 99] * 5
    assert call(chunks)[0]["status"] == 413
    assert call(chunks, path="/api/checks/batch")[0]["status"] == 200
    assert call(chunks * 3, path="/api/checks/batch")[0]["status"] == 413


def test_one_answer_goes_out_whatever_happens() -> None:
    for app in (reads_all, answers_first):
        sent = call([b"x" * 99] * 3, app=app)
        assert [message["type"] for message in sent].count("http.response.start") == 1


def test_only_data_is_kept_out_of_every_cache() -> None:
    assert headers_of(call([], path="/api/hits")[0])["cache-control"] == "no-store"
    assert "cache-control" not in headers_of(call([], path="/assets/room.js")[0])


def test_what_is_not_http_passes() -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    guard = Guard(app, body_limit=1, batch_limit=1, batch_path="")
    asyncio.run(guard({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]
