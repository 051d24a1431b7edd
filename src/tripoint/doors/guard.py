"""What every request passes first: its name for us, its id, the size of its parts, and what keeps a browser safe."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tripoint.base import failpoints
from tripoint.base.errors import TooLarge
from tripoint.base.ids import uuid7

# Scripts run only from our own files, and text becomes markup or a script's address only through named policies.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:;"
    " worker-src 'self' blob:; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'self'; require-trusted-types-for 'script'; trusted-types default svelte-trusted-html"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
FEATURES = (
    "geolocation=(self), camera=(self), microphone=(), accelerometer=(), autoplay=(),"
    " browsing-topics=(), display-capture=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), midi=(),"
    " payment=(), publickey-credentials-get=(self), publickey-credentials-create=(self), serial=(), usb=()"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-permitted-cross-domain-policies": "none",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "origin-agent-cluster": "?1",
    "permissions-policy": FEATURES,
}
TRANSPORT = "max-age=63072000; includeSubDomains"
PRIVATE = ("/api", "/match")  # answers under these hold records
MOST_HEADER_BYTES = 32_768  # of all names and values and the address together
HOST = re.compile(rb"([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE)
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
ELSEWHERE = frozenset({b"cross-site", b"same-site"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a request is not taken."""

    status: int
    code: str
    sentence: str
    remedy: str


@dataclass(slots=True)
class Seen:
    """What the headers of a request say, read once."""

    size: int
    length: int = 0
    hosts: list[bytes] = field(default_factory=list)
    site: bytes = b""
    mode: bytes = b""

    @property
    def host(self) -> str:
        """The name the caller used for this hub, without its port; empty where it is no name."""
        found = HOST.fullmatch(self.hosts[0]) if len(self.hosts) == 1 else None
        return found[1].decode().lower() if found else ""


class Guard:
    """Pure ASGI: no request pays for a second task or a copied body."""

    def __init__(
        self, app: ASGIApp, *, body_limit: int, batch_limit: int, batch_path: str, hosts: frozenset[str] = frozenset()
    ) -> None:
        self.app, self.body_limit, self.batch_limit, self.batch_path = app, body_limit, batch_limit, batch_path
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request its id, count its bytes, dress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.batch_limit if scope["path"] == self.batch_path else self.body_limit
        seen = seen_in(scope)
        passage = Passage(receive, send, limit, f"{scope['method']} {scope['path']}", dress(scope["path"], seen.host))
        scope.setdefault("state", {})["id"] = passage.request_id
        fault = fault_of(scope, seen, self.hosts)
        passage.over = fault is None and seen.length > limit
        if not passage.over and fault is None:
            with suppress(TooLarge):
                await self.app(scope, passage.receive_counted, passage.send_dressed)
        if passage.over and not passage.begun:
            passage.over = False
            fault = too_large(limit)
        if fault is not None:
            await refuse(passage.send_dressed, passage.request_id, fault)


@dataclass(slots=True)
class Passage:
    """One request on its way through: how much of its body was seen, whether its answer has begun."""

    receive: Receive
    send: Send
    limit: int
    asked: str  # method and path
    worn: dict[str, str]  # headers of the answer
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
            headers.update(self.worn)
            headers["x-request-id"] = str(self.request_id)
        await self.send(message)


def dress(path: str, host: str) -> dict[str, str]:
    """The headers of an answer: the stricter ones for data, and none of it stays in a cache.

    The cookie works over TLS only, so a name that is not this machine's own is always called that way, if need be
    through a proxy: the browser is told to keep to it.
    """
    private = path.startswith(PRIVATE)
    worn = HEADERS | {"content-security-policy": DATA_POLICY if private else POLICY}
    if private:
        worn["cache-control"] = "no-store"
    if host and host not in THIS_MACHINE:
        worn["strict-transport-security"] = TRANSPORT
    return worn


def seen_in(scope: Scope) -> Seen:
    """The headers the guard judges by."""
    seen = Seen(len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b""))
    for name, value in scope["headers"]:
        seen.size += len(name) + len(value)
        match name:
            case b"content-length":
                seen.length = int(value[:20]) if value.isdigit() else 0  # more digits mean no less
            case b"host":
                seen.hosts.append(value)
            case b"sec-fetch-site":
                seen.site = value
            case b"sec-fetch-mode":
                seen.mode = value
    return seen


def fault_of(scope: Scope, seen: Seen, hosts: frozenset[str]) -> Fault | None:
    """Why the request is not even handed on, if so."""
    if seen.size > MOST_HEADER_BYTES:
        return Fault(431, "too_large", "The headers are larger than 32 KB.", "Send fewer or shorter headers.")
    if not seen.host:
        return Fault(400, "bad_request", "The request does not say rightly which host it is for.", "Send one Host.")
    if hosts and seen.host not in hosts:
        remedy = "Use the address your operator gave you; he lists the names in TRIPOINT_HOSTS."
        return Fault(421, "wrong_host", "This hub does not answer to that name.", remedy)
    if seen.site in ELSEWHERE and scope["path"].startswith(PRIVATE) and not opens_a_page(scope, seen):
        return Fault(403, "not_allowed", "Another site's page may not ask this hub.", "Open the hub's own pages.")
    return None


def opens_a_page(scope: Scope, seen: Seen) -> bool:
    """Whether a browser follows a link or a redirect: it shows the answer and lets no script of a site read it."""
    return scope["method"] == "GET" and seen.mode == b"navigate"


def too_large(limit: int) -> Fault:
    """A body beyond its limit in bytes."""
    sentence = f"The body is larger than {limit // 1_048_576} MB."
    return Fault(TooLarge.status, TooLarge.code, sentence, "Send less at once, or a batch.")


def refusal(request_id: UUID, fault: Fault) -> bytes:
    """The body of a refusal in the one shape of errors."""
    error = {"code": fault.code, "field": None, "sentence": fault.sentence, "remedy": fault.remedy,
             "request": str(request_id)}  # fmt: skip
    return json.dumps({"error": error}).encode()


async def refuse(send: Send, request_id: UUID, fault: Fault) -> None:
    """Answer with the fault and hang up."""
    body = refusal(request_id, fault)
    headers = [
        (b"content-type", b"application/json"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": fault.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
