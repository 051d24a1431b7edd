"""The guard by itself: the id, the counted body, the headers, for any application behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, strategies as st
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tripoint.doors.guard import DATA_POLICY, HEADERS, POLICY, TRANSPORT, Guard, Seen, dress

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
    chunks: Iterable[bytes], *, path: str = "/api/checks", app: ASGIApp = reads_all, declared: str | None = None,
    extra: Sequence[tuple[bytes, bytes]] = (), method: str = "POST", hosts: frozenset[str] = frozenset(),
) -> list[Message]:  # fmt: skip
    sent: list[Message] = []
    parts = [*chunks, b""]
    messages = iter(
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1} for place, part in enumerate(parts)
    )

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"hub.test"), *([(b"content-length", declared.encode())] if declared else []), *extra]
    scope: dict[str, Any] = {"type": "http", "method": method, "path": path, "headers": headers}
    guard = Guard(app, body_limit=LIMIT, batch_limit=BATCH_LIMIT, batch_path="/api/checks/batch", hosts=hosts)
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


def refusal_of(sent: list[Message]) -> tuple[int, str]:
    return sent[0]["status"], json.loads(sent[1]["body"])["error"]["code"]


@pytest.mark.parametrize("host", ["", " ", "a b", "hub.test/x", "hub.test:99999999", "<script>", "hüb", "a@hub.test"])
def test_a_name_that_is_none_is_refused(host: str) -> None:
    assert refusal_of(call([], extra=[(b"host", host.encode())])) == (400, "bad_request")  # two of them
    assert Seen(0, hosts=[host.encode()]).host == ""


@pytest.mark.parametrize(("name", "host"), [
    ("hub.test", "hub.test"), ("HUB.test:8443", "hub.test"), ("[::1]:8000", "[::1]"), ("127.0.0.1:1", "127.0.0.1"),
])  # fmt: skip
def test_a_name_is_read_without_its_port(name: str, host: str) -> None:
    assert Seen(0, hosts=[name.encode()]).host == host


def test_only_listed_names_are_answered_where_some_are_listed() -> None:
    assert call([], hosts=frozenset({"hub.test"}))[0]["status"] == 200
    assert refusal_of(call([], hosts=frozenset({"hub.example.org"}))) == (421, "wrong_host")


@pytest.mark.parametrize("extra", [[(b"x-long", b"a" * 32_768)], [(b"x", b"1")] * 17_000])
def test_headers_that_are_too_much_are_refused(extra: list[tuple[bytes, bytes]]) -> None:
    assert refusal_of(call([], extra=extra)) == (431, "too_large")


@pytest.mark.parametrize(("site", "mode", "method", "path", "status"), [
    ("same-origin", "cors", "POST", "/api/checks", 200), ("none", "navigate", "GET", "/api/health", 200),
    ("cross-site", "cors", "GET", "/api/session", 403), ("same-site", "no-cors", "GET", "/match", 403),
    ("cross-site", "navigate", "POST", "/api/sign-in", 403), ("cross-site", "navigate", "GET", "/api/x", 200),
    ("cross-site", "no-cors", "GET", "/assets/room.js", 200), ("cross-site", "navigate", "GET", "/", 200),
])  # fmt: skip
def test_another_sites_page_asks_nothing(site: str, mode: str, method: str, path: str, status: int) -> None:
    extra = [(b"sec-fetch-site", site.encode()), (b"sec-fetch-mode", mode.encode())]
    assert call([], extra=extra, method=method, path=path)[0]["status"] == status


def test_data_and_pages_wear_their_own_policy() -> None:
    assert dress("/api/hits", "hub.test")["content-security-policy"] == DATA_POLICY
    assert dress("/assets/room.js", "hub.test")["content-security-policy"] == POLICY


def test_the_browser_is_told_to_keep_to_tls_but_not_on_this_machine() -> None:
    assert dress("/", "hub.test")["strict-transport-security"] == TRANSPORT
    for host in ("localhost", "127.0.0.1", "[::1]", ""):
        assert "strict-transport-security" not in dress("/", host)
