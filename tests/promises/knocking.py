"""Knock at the hub's door without a network: every request goes through the whole application, nothing else is paid.

One loop serves all requests of a `Street`, so that a request costs what the application itself takes: thousands of
cells of a proof fit into seconds.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from fastapi import FastAPI
from starlette.types import Message

from tests.town import PASSWORD
from tripoint.access.door import COOKIE

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, to the byte: headers in the order in which they were sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


class LastLook:
    """Stands where the listener stands in a served hub: a stream looks once, and then the hub stops."""

    def __init__(self) -> None:
        self.looks = 0

    @property
    def stopping(self) -> bool:
        self.looks += 1
        return self.looks > 1

    def enter(self) -> asyncio.Event:
        event = asyncio.Event()
        event.set()
        return event

    def leave(self, event: asyncio.Event) -> None:
        return


async def at_once(work: Callable[..., Any], *arguments: Any, **_: Any) -> Any:
    """A handler's work done where it is called: there is one request at a time, and a thread for each costs more."""
    return work(*arguments)


class Street:
    """An application and the loop its requests run in."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.runner = asyncio.Runner()

    def close(self) -> None:
        self.runner.close()
        self.app.state.door.engine.dispose()
        getattr(self.app.state.door.persons, "close", lambda: None)()

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """One request, answered whole."""
        self.app.state.wake_up = LastLook()
        path, _, query = target.partition("?")
        sent = [(name.encode(), value.encode()) for name, value in {"host": "hub.test", **headers}.items()]
        if body:
            sent.append((b"content-length", str(len(body)).encode()))
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method,
            "scheme": "https", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "root_path": "", "headers": sent, "client": ("127.0.0.1", 1), "server": ("hub.test", 443), "state": {},
        }  # fmt: skip
        with mock.patch("anyio.to_thread.run_sync", at_once):
            return self.runner.run(self._exchange(scope, body))

    async def _exchange(self, scope: dict[str, Any], body: bytes) -> Answer:
        told: list[Message] = []
        given = False

        async def receive() -> Message:
            nonlocal given
            if given:
                await asyncio.Future()  # the client stays until it is answered
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        headers = tuple((name.decode(), value.decode()) for name, value in told[0]["headers"])
        return Answer(told[0]["status"], headers, b"".join(part.get("body", b"") for part in told[1:]))


@dataclass
class Knock:
    """One officer's browser: his cookie, and the session's own word beside it."""

    street: Street
    headers: dict[str, str] = field(default_factory=dict)
    session: dict[str, Any] = field(default_factory=dict)
    heard: int = 0  # the number of the last line of the feed that he got
    after: Callable[[str, str, Answer], None] = lambda method, path, answer: None

    def sign_in(self, name: str, password: str = PASSWORD) -> Answer:
        answer = self("POST", "/api/sign-in", {"name": name, "password": password})
        assert answer.status == 200, answer.text
        self.session["name"] = name
        return answer

    def enter(self, answer: Answer) -> None:
        """Keep what a sign-in gave."""
        self.session |= answer.json()
        cookie = (answer.header("set-cookie") or "").partition(";")[0]
        assert cookie.startswith(COOKIE)
        self.headers |= {"cookie": cookie, "x-csrf-token": self.session["csrf"]}

    def __call__(
        self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None, **headers: str
    ) -> Answer:
        """One request; a body that is no bytes goes as JSON."""
        raw, kind = b"", {}
        if body is not None:
            raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            kind = {"content-type": "application/x-ndjson" if isinstance(body, bytes) else "application/json"}
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        sent = self.headers | kind | {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.street.ask(method, target, sent, raw)
        if path == "/api/sign-in" and answer.status == 200:
            self.enter(answer)
        if path == "/api/feed" and answer.status == 200:
            self.heard = max(int(line[4:]) for line in answer.text.splitlines() if line.startswith("id: "))
        self.after(method, path, answer)
        return answer

    def done(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        """The same where it must go well; the answer's JSON."""
        answer = self(method, path, body, query)
        assert 200 <= answer.status < 300, f"{method} {path}: {answer.status} {answer.text}"
        return answer.json() if answer.body else None
