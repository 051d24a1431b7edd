"""The hub seen from outside: a line that is kept open, as a browser or a device at a post has one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any

from tripoint.base.errors import TripointError

PATIENCE = 30.0  # seconds for one answer
COOKIE = "set-cookie"


class Refused(TripointError):
    """The hub refused a request of the demonstration."""

    code = "demonstration"


@dataclass(frozen=True, slots=True)
class Reply:
    """Status and body of an answer."""

    status: int
    body: Any


@dataclass(slots=True)
class Line:
    """One connection, one request at a time; threads share a line, each waiting for its turn."""

    host: str
    port: int
    headers: dict[str, str] = field(default_factory=dict)
    patience: float = PATIENCE
    _connection: HTTPConnection | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Reply:
        """Ask and read the answer. A line that broke is opened again once: every request here may be repeated."""
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        with self._turn:
            try:
                response = self._send(method, path, content, headers)
            except (HTTPException, OSError):
                self._hang_up()
                response = self._send(method, path, content, headers)
            text = response.read()
            self._keep_cookie(response)
        return Reply(response.status, json.loads(text) if text else None)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """As `call`, for what must succeed. Raises Refused with the hub's own sentence."""
        reply = self.call(method, path, body)
        if reply.status >= 400:
            said = reply.body.get("error", {}) if isinstance(reply.body, dict) else {}
            raise Refused(f"{method} {path}: {reply.status} {said.get('sentence', '')}", remedy=said.get("remedy"))
        return reply.body

    def fetch(self, path: str) -> bytes:
        """A file as it is. Raises Refused."""
        with self._turn:
            response = self._send("GET", path, None, None)
            content = response.read()
        if response.status >= 400:
            raise Refused(f"GET {path}: {response.status} {content[:200].decode(errors='replace')}")
        return content

    def close(self) -> None:
        """Hang up."""
        with self._turn:
            self._hang_up()

    def _send(self, method: str, path: str, content: bytes | None, headers: dict[str, str] | None) -> HTTPResponse:
        if self._connection is None:
            self._connection = HTTPConnection(self.host, self.port, timeout=self.patience)
        sent = self.headers | (headers or {}) | ({"Content-Type": "application/json"} if content else {})
        self._connection.request(method, path, content, sent)
        return self._connection.getresponse()

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _keep_cookie(self, response: HTTPResponse) -> None:
        cookie = response.getheader(COOKIE)
        if cookie:
            self.headers["Cookie"] = cookie.partition(";")[0]


def sign_in(host: str, port: int, name: str, password: str, patience: float = PATIENCE) -> Line:
    """A line on which the officer is signed in, as in a browser."""
    line = Line(host, port, patience=patience)
    session = line.ask("POST", "/api/sign-in", {"name": name, "password": password})
    line.headers["X-CSRF-Token"] = session["csrf"]
    return line


def device_token(line: Line, device: str, acts: Iterable[str], minutes: int = 1440) -> str:
    """A token by which a device acts in the name of the officer who is signed in on the line."""
    answer = line.ask("POST", "/api/tokens", {"device": device, "minutes": minutes, "acts": list(acts)})
    return str(answer["token"])


def bearer(token: str) -> dict[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token}"}
