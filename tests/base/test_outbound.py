"""The way out: only places that were listed, only addresses that were judged, never more than was allowed."""

from __future__ import annotations

import ast
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest

import tripoint
from tripoint.base.errors import BadInput
from tripoint.base.outbound import Gate, Limits, NoGoodAnswer, NotCalled, may_be_called, outbound_client, place_from

SOURCE = Path(tripoint.__file__).parent
LIMITS = Limits(most=1000)


class Elsewhere(BaseHTTPRequestHandler):
    """Another machine: answers, sends on, or sends too much."""

    def do_GET(self) -> None:
        kind = self.path.strip("/")
        self.send_response(302 if kind == "away" else 200)
        if kind == "away":
            self.send_header("location", "http://elsewhere.test/")
        if kind == "packed":
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        self.wfile.write(b"x" * (1001 if kind == "much" else 10))

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def near() -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_listed_place_inside_answers(near: str) -> None:
    with outbound_client([], [near], limits=LIMITS) as client:
        assert client.get(f"{near}/some").text == "x" * 10


def test_a_private_address_must_be_listed_as_inside(near: str) -> None:
    with outbound_client([near]) as client, pytest.raises(NotCalled):
        client.get(near)


@pytest.mark.parametrize("url", [
    "http://login.example.org/", "https://other.example.org/", "https://user@login.example.org/",
    "https://login.example.org:444/", "https://login.example.org./", "ftp://login.example.org/",
])  # fmt: skip
def test_any_other_place_is_not_called(url: str) -> None:
    with outbound_client(["login.example.org"]) as client, pytest.raises((NotCalled, httpx2.UnsupportedProtocol)):
        client.get(url)


def test_a_redirect_is_not_followed_and_leads_nowhere_else(near: str) -> None:
    with outbound_client([], [near]) as client:
        assert client.get(f"{near}/away").status_code == 302
        with pytest.raises(NotCalled):
            client.get(f"{near}/away", follow_redirects=True)


@pytest.mark.parametrize("kind", ["much", "packed"])
def test_an_answer_that_is_too_much_is_let_go(near: str, kind: str) -> None:
    with outbound_client([], [near], limits=LIMITS) as client, pytest.raises(NoGoodAnswer):
        client.get(f"{near}/{kind}")


def test_an_answer_that_takes_too_long_is_let_go(near: str) -> None:
    with outbound_client([], [near], limits=Limits(whole=-1)) as client, pytest.raises(NoGoodAnswer):
        client.get(f"{near}/some")


def gate(*addresses: str, near: bool = False) -> tuple[Gate, list[httpx2.Request]]:
    """A gate over a name that leads to these addresses, and what passed it."""
    passed: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        passed.append(request)
        return httpx2.Response(200, text="fine")

    place = frozenset({place_from("login.example.org")})
    ways = (frozenset(), place) if near else (place, frozenset())
    return Gate(*ways, LIMITS, httpx2.MockTransport(answer), lambda host, port: list(addresses)), passed


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    way, passed = gate("93.184.216.34")
    with httpx2.Client(transport=way) as client:
        assert client.get("https://login.example.org/keys?of=us").text == "fine"
    (request,) = passed
    assert (request.url.host, request.url.path, request.url.query) == ("93.184.216.34", "/keys", b"of=us")
    assert (request.headers["host"], request.extensions["sni_hostname"]) == ("login.example.org",) * 2


@pytest.mark.parametrize("addresses", [
    ("10.0.0.1",), ("127.0.0.1",), ("169.254.169.254",), ("::1",), ("fe80::1%eth0",), ("::ffff:10.0.0.1",),
    ("0.0.0.0",), ("64:ff9b::a00:1",), ("fd00::1",), ("224.0.0.1",), ("2002:a00:1::",), ("100.64.0.1",),
    ("93.184.216.34", "10.0.0.1"), (),
])  # fmt: skip
def test_a_name_that_leads_inside_is_not_called(addresses: tuple[str, ...]) -> None:
    way, passed = gate(*addresses)
    with httpx2.Client(transport=way) as client, pytest.raises(NotCalled):
        client.get("https://login.example.org/")
    assert not passed


@pytest.mark.parametrize(("address", "allowed"), [
    ("10.0.0.1", True), ("127.0.0.1", True), ("::1", True), ("fd00::1", True), ("8.8.8.8", True),
    ("169.254.169.254", False), ("fe80::1", False), ("0.0.0.0", False), ("::", False), ("ff02::1", False),
    ("::ffff:169.254.169.254", False),
])  # fmt: skip
def test_even_inside_some_addresses_stay_out_of_reach(address: str, allowed: bool) -> None:
    assert may_be_called(ip_address(address), near=True) is allowed


def test_a_name_without_an_address_says_so() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    way, _ = gate()
    way.resolve = fails
    with httpx2.Client(transport=way) as client, pytest.raises(NoGoodAnswer):
        client.get("https://login.example.org/")


@pytest.mark.parametrize("written", ["", "https://", "https://a/b", "https://user:word@a", "file:///etc/passwd", "https://[::"])
def test_what_is_no_place_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        place_from(written)


OTHER_WAYS = {
    "httpx2", "httpx", "requests", "aiohttp", "urllib.request", "urllib3", "http.client", "socket", "ftplib", "smtplib",
    "telnetlib", "xmlrpc", "asyncio.open_connection", "websockets",
}  # fmt: skip
# Who may reach for a connection besides, and where to: this machine's own port, or the hub it was told to knock at.
OWN_PORTS = {
    "base/outbound.py": "the way out itself",
    "doors/workers.py": "listens",
    "doors/child.py": "finds a free port to listen at",
    "doors/doctor.py": "asks this hub whether it is well",
    "demo/client.py": "the demonstration's officers knock at their own hub",
    "demo/turquesa/batching.py": "the demonstration's posts send their batches to their own hub",
}


def imported(tree: ast.AST) -> set[str]:
    """Every module a file imports, with the names taken from it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_nobody_else_reaches_for_the_network() -> None:
    reaching = {}
    for file in SOURCE.rglob("*.py"):
        modules = imported(ast.parse(file.read_text()))
        ways = {way for way in OTHER_WAYS if any(name == way or name.startswith(f"{way}.") for name in modules)}
        if ways:
            reaching[file.relative_to(SOURCE).as_posix()] = ways
    assert set(reaching) <= set(OWN_PORTS), "use tripoint.base.outbound"
