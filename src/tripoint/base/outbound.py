"""The one way out: every request that the hub makes to another machine is made by a client from here.

The hub calls nobody but the places its operator listed (OWASP ASVS 5.0, 1.3.6 and 13.2.4). A name is looked up once and
the connection goes to the very address that was judged, so that a name server cannot change its mind in between.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from tripoint.base.errors import BadInput, TripointError

__all__ = ["Client", "HTTPError", "Limits", "NoGoodAnswer", "NotCalled", "Place", "outbound_client", "place_from"]

Client = httpx2.Client
HTTPError = httpx2.HTTPError  # nobody answers, or what answers speaks no HTTP
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
PORTS = {"https": 443, "http": 80}
MEGABYTE = 1024 * 1024
TRANSLATED = ip_network("64:ff9b::/96")  # IPv4 behind a translator (RFC 6052): the last four bytes are the address
LIST_IT = "If it is meant, its operator lists it in TRIPOINT_OUTBOUND_HOSTS; docs/deploy.md says how."


class NotCalled(TripointError):
    """The hub does not call this place."""

    status = 502
    code = "outbound_refused"


class NoGoodAnswer(TripointError):
    """A place that the hub called did not answer as it should."""

    status = 502
    code = "outbound_failed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request may go: scheme, host in ASCII and lower case, port."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How long another machine may take, in seconds, and how much it may send, in bytes."""

    connect: float = 5.0
    read: float = 10.0
    whole: float = 30.0
    most: int = MEGABYTE


def place_from(written: str) -> Place:
    """A place as an operator writes it: `login.example.org`, `https://login.example.org:8443`.

    Raises BadInput for anything with a path, a user or no host.
    """
    try:
        url = httpx2.URL(written.strip() if "://" in written else f"https://{written.strip()}")
        fits = url.scheme in PORTS and bool(url.host) and url.raw_path in (b"/", b"") and not url.userinfo
    except (httpx2.InvalidURL, ValueError):
        fits = False
    if not fits:
        remedy = "Write a host name, or https://name:port, without a path."
        raise BadInput(f"{written!r} is no place to call.", field="TRIPOINT_OUTBOUND_HOSTS", remedy=remedy)
    return place_of(url)


def place_of(url: httpx2.URL) -> Place:
    """The place a request goes to."""
    return Place(url.scheme, url.raw_host.decode("ascii").lower(), url.port or PORTS.get(url.scheme, 0))


def outbound_client(
    allowed: Iterable[str], inside: Iterable[str] = (), *, limits: Limits | None = None,
    trust: ssl.SSLContext | None = None,
) -> Client:  # fmt: skip
    """A client that calls only the places in `allowed` (public addresses, by https) and `inside` (private ones too).

    In: places as `place_from` reads them; `trust` where the certificates of another authority are to be believed.
    Its requests raise NotCalled for every other place, also one that a redirect leads to, and NoGoodAnswer for an
    answer that is too long, too slow or compressed; httpx2's own errors where nobody answers. Redirects are not
    followed unless a request asks for it. No proxy and no password is taken from the environment.
    """
    limits = limits or Limits()
    far, near = frozenset(map(place_from, allowed)), frozenset(map(place_from, inside))
    transport = Gate(far, near, limits, httpx2.HTTPTransport(verify=trust or True, trust_env=False))
    timeout = httpx2.Timeout(limits.read, connect=limits.connect)
    return httpx2.Client(
        transport=transport, trust_env=False, timeout=timeout, follow_redirects=False, max_redirects=3,
        headers={"accept-encoding": "identity", "user-agent": "tripoint"},
    )  # fmt: skip


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a name, as the machine's resolver gives them. Raises OSError where it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Gate(httpx2.BaseTransport):
    """Judges every request, first and redirected, before any connection is made."""

    def __init__(
        self, far: frozenset[Place], near: frozenset[Place], limits: Limits, inner: httpx2.BaseTransport,
        resolve: Resolve = looked_up,
    ) -> None:  # fmt: skip
        self.far, self.near, self.limits, self.inner, self.resolve = far, near, limits, inner, resolve

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Carry out one request at the address that was judged; the name stays for the certificate and the host."""
        place = place_of(request.url)
        address = self.judged(place, request.url.userinfo)
        pinned = httpx2.Request(
            request.method, request.url.copy_with(host=str(address)), headers=request.headers,
            stream=request.stream, extensions={**request.extensions, "sni_hostname": place.host},
        )  # fmt: skip
        answer = self.inner.handle_request(pinned)
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            answer.close()
            raise NoGoodAnswer(f"{place.host} sent a compressed answer, which was not asked for.")
        stream = Measured(answer.stream, place.host, self.limits)
        return httpx2.Response(
            answer.status_code, headers=answer.headers, stream=stream, extensions=answer.extensions, request=request
        )

    def judged(self, place: Place, user: bytes) -> Address:
        """The address to connect to. Raises NotCalled where the place is not listed or lies where it must not."""
        near = place in self.near
        if user or not (near or (place in self.far and place.scheme == "https")):
            raise NotCalled(f"The hub does not call {place.scheme}://{place.host}:{place.port}.", remedy=LIST_IT)
        try:
            found = [ip_address(address.partition("%")[0]) for address in self.resolve(place.host, place.port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise NoGoodAnswer(f"The name {place.host} leads to no address.") from error
        if not found or not all(may_be_called(address, near=near) for address in found):
            raise NotCalled(f"{place.host} leads to an address that the hub does not call.", remedy=LIST_IT)
        return found[0]

    def close(self) -> None:
        """Let go of the connections."""
        self.inner.close()


def may_be_called(address: Address, *, near: bool) -> bool:
    """Whether the hub may connect there: public addresses; for places `near`, private ones and this machine too.

    Never link-local ones, where clouds keep their secrets, nor groups of machines.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return may_be_called(address.ipv4_mapped, near=near)
        if address in TRANSLATED:
            return may_be_called(IPv4Address(int(address) & 0xFFFFFFFF), near=near)
        if address.sixtofour or address.teredo:
            return False
    if address.is_multicast or address.is_link_local or address.is_unspecified or address.is_reserved:
        # Loopback of IPv6 lies in a block that is called reserved.
        return near and address.is_loopback
    return address.is_global or (near and (address.is_private or address.is_loopback))


class Measured(httpx2.SyncByteStream):
    """An answer's body that ends in NoGoodAnswer when it is too much or takes too long."""

    def __init__(self, inner: object, host: str, limits: Limits) -> None:
        if not isinstance(inner, httpx2.SyncByteStream):
            raise TypeError(type(inner).__name__)
        self.inner, self.host, self.limits = inner, host, limits
        self.ends = time.monotonic() + limits.whole

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for part in self.inner:
            seen += len(part)
            if seen > self.limits.most:
                raise NoGoodAnswer(f"{self.host} sent more than {self.limits.most:,} bytes.")
            if time.monotonic() > self.ends:
                raise NoGoodAnswer(f"{self.host} took longer than {self.limits.whole:g} seconds.")
            yield part

    def close(self) -> None:
        """Give the connection back."""
        self.inner.close()
