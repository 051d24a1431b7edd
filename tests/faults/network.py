"""A field client on a line that is cut, late, loses, repeats and reorders: it comes together with the hub again.

`python -m tests.faults.network`. A proxy of our own delays, repeats and swallows; as root with `ip` also a link between
two network namespaces, taken down or made a black hole one way. With `--careless` the client makes a new id each time
it sends: the program must then find what was doubled.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2

from tests.faults.forked_hub import ForkedHub
from tests.faults.kill import free_port, open_folder, prepare, signed_in
from tests.town import as_owner, rows
from tripoint.base import embedded_postgres as embedded
from tripoint.base.ids import uuid7

PATIENCE = 2.0  # seconds the client waits for an answer
NEAR, FAR, CLONE_NEWNET = "10.87.143.1", "10.87.143.2", 0x40000000
HEALED = 60.0  # seconds it may take to converge once the line is well


@dataclass
class FieldClient:
    """Speaks as the field page does: an outbox, an id of its own for each check, again until it is answered."""

    address: str
    headers: dict[str, str]
    careless: bool = False
    outbox: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)  # plates: each check of ours asks for one that is its own
    asked: list[str] = field(default_factory=list)
    sendings: int = 0
    failures: int = 0

    def mean(self) -> None:
        """Make a check."""
        plate = f"N{len(self.asked):06d}"
        self.asked.append(plate)
        vehicle = {"plate": plate, "country": "PRY"}
        self.outbox.append({"id": str(uuid7()), "purpose": "border_control", "vehicle": vehicle})

    def send(self) -> bool:
        """Send what waits: one check by itself, several as a batch. Whether anything was answered."""
        waiting = [body | {"id": str(uuid7())} if self.careless else body for body in self.outbox[:5]]
        if not waiting:
            return True
        self.sendings += 1
        try:
            with httpx2.Client(base_url=self.address, headers=self.headers, timeout=PATIENCE) as client:
                done = self._single(client, waiting[0]) if len(waiting) == 1 else self._batch(client, waiting)
        except (httpx2.HTTPError, ValueError):
            self.failures += 1
            return False
        self.acknowledged |= done
        self.outbox = [body for body in self.outbox if body["vehicle"]["plate"] not in done]
        return bool(done)

    def _single(self, client: httpx2.Client, body: dict[str, Any]) -> set[str]:
        answer = client.post("/api/checks", json=body)
        return {body["vehicle"]["plate"]} if answer.status_code == 200 else set()

    def _batch(self, client: httpx2.Client, bodies: list[dict[str, Any]]) -> set[str]:
        plates = {body["id"]: body["vehicle"]["plate"] for body in bodies}
        answer = client.post(
            "/api/checks/batch", content="\n".join(map(json.dumps, bodies)),
            headers={"content-type": "application/x-ndjson"},
        )  # fmt: skip
        lines = [json.loads(line) for line in answer.text.splitlines()] if answer.status_code == 200 else []
        return {plates[line["id"]] for line in lines if line.get("id") in plates}

    def work(self, stop: threading.Event, chance: random.Random) -> None:
        """Make and send checks, with pauses that grow while nothing is answered."""
        pause = 0.05
        while not stop.is_set():
            for _ in range(chance.randint(1, 3) if len(self.outbox) < 40 else 0):
                self.mean()
            pause = 0.05 if self.send() else min(1.0, pause * 2)
            stop.wait(pause * chance.uniform(0.5, 1.5))


@dataclass
class Proxy:
    """A line of ours between client and hub: it passes bytes, late, and breaks off when told to or by chance."""

    port: int
    target: int
    chance: random.Random
    cut: threading.Event = field(default_factory=threading.Event)
    swallow: threading.Event = field(default_factory=threading.Event)  # questions arrive, answers do not
    done: threading.Event = field(default_factory=threading.Event)

    def serve(self) -> None:
        """Take connections until done."""
        with socket.create_server(("127.0.0.1", self.port)) as place:
            place.settimeout(0.1)
            while not self.done.is_set():
                with suppress(TimeoutError):
                    near, _ = place.accept()
                    threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            request = self._whole_request(near)
            for _ in range(2 if self.chance.random() < 0.2 else 1):  # a question may come twice
                answer = b"" if self.cut.is_set() else self._ask(request)
            if not (self.cut.is_set() or self.swallow.is_set() or self.chance.random() < 0.2):
                time.sleep(self.chance.uniform(0, 0.1))  # late: a later question overtakes
                near.sendall(answer)

    def _whole_request(self, near: socket.socket) -> bytes:
        near.settimeout(5)
        request = near.recv(65536)
        head, _, body = request.partition(b"\r\n\r\n")
        lines = (line.lower().partition(b":") for line in head.split(b"\r\n"))
        length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
        while len(body) < length:
            more = near.recv(65536)
            request, body = request + more, body + more
        first, _, rest = request.partition(b"\r\n")
        return first + b"\r\nconnection: close\r\n" + rest

    def _ask(self, request: bytes) -> bytes:
        answer = b""
        with socket.create_connection(("127.0.0.1", self.target), timeout=5) as far:
            far.sendall(request)
            while more := far.recv(65536):
                answer += more
        return answer


def ip(*words: str) -> bool:
    """Run `ip`; whether it worked."""
    return not subprocess.run(["ip", *words], check=False, capture_output=True).returncode


@contextmanager
def link() -> Generator[str | None]:
    """A link to another network namespace: its name, None where the machine does not allow it.

    This end is NEAR, the other FAR; both interfaces bear the namespace's name.
    """
    if os.geteuid() != 0 or not shutil.which("ip"):
        yield None
        return
    name = f"tp{os.getpid() % 100_000}f"
    try:
        made = (
            ip("netns", "add", name) and ip("link", "add", name, "type", "veth", "peer", "name", name, "netns", name)
            and ip("addr", "add", f"{NEAR}/30", "dev", name) and ip("link", "set", name, "up")
            and ip("-n", name, "addr", "add", f"{FAR}/30", "dev", name) and ip("-n", name, "link", "set", name, "up")
        )  # fmt: skip
        yield name if made else None
    finally:
        ip("link", "del", name)
        ip("netns", "del", name)


def enter(name: str) -> None:
    """Let this thread live in a network namespace."""
    with Path(f"/var/run/netns/{name}").open() as place:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.setns(place.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "the namespace cannot be entered")


@dataclass
class Report:
    """How client and hub came together again."""

    by: str
    asked: int = 0
    sendings: int = 0
    failures: int = 0
    healing: float = 0.0
    waiting: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether all came together, and something was in the way before."""
        return not (self.lost or self.doubled or self.waiting) and self.failures > 0

    def __str__(self) -> str:
        return (
            f"{self.by}: {self.asked} checks in {self.sendings} sendings, {self.failures} of them unanswered; "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled, {self.waiting} still wait; "
            f"came together in {self.healing:.2f} s"
        )


def judge(servers: embedded.Servers, client: FieldClient, report: Report) -> Report:
    """Compare what the officer did with what the hub holds."""
    query = "select asked -> 'vehicle' ->> 'plate', count(*) from check_question group by 1"
    with as_owner(servers) as owner:
        held = {str(plate): int(number) for plate, number in rows(owner, query)}
    report.asked, report.sendings, report.waiting = len(client.asked), client.sendings, len(client.outbox)
    report.failures = client.failures
    report.lost = [plate for plate in client.asked if plate not in held and plate in client.acknowledged]
    report.lost += [plate for plate in client.asked if plate not in held and not client.outbox]
    report.doubled = [plate for plate in client.asked if held.get(plate, 1) > 1]
    return report


def run(seconds: float, seed: int, *, careless: bool = False, by_link: bool = False) -> Report | None:
    """The line fails for so long, then there is peace; None where the machine has no network namespaces."""
    chance = random.Random(seed)
    with open_folder() as folder:
        if not by_link:
            proxy = Proxy(free_port(), free_port(), chance)
            threading.Thread(target=proxy.serve, daemon=True).start()
            try:
                cuts = (proxy.cut.set, proxy.swallow.set)
                line = Line("proxy", "127.0.0.1", proxy.target, proxy.port, cuts, partial(mend, proxy))
                return on_line(folder, line, chance, seconds, careless=careless)
            finally:
                proxy.done.set()
        with link() as name:
            if name is None:
                return None
            port = free_port()
            hole = ("-n", name, "route", "add", "blackhole", f"{NEAR}/32")
            down = (partial(ip, "link", "set", name, "down"), partial(ip, *hole))
            line = Line("two namespaces", NEAR, port, port, down, partial(relink, name), name)
            return on_line(folder, line, chance, seconds, careless=careless)


@dataclass(frozen=True)
class Line:
    """Where the hub listens and the client calls, and what happens to the line between."""

    by: str
    host: str
    hub_port: int
    client_port: int
    cuts: tuple[Callable[[], Any], ...]
    heal: Callable[[], Any]
    namespace: str | None = None


def on_line(folder: Path, line: Line, chance: random.Random, seconds: float, *, careless: bool) -> Report:
    """Trouble and peace on one line, judged by what the hub then holds."""
    name = prepare(folder)
    hub = ForkedHub(folder, line.hub_port, host=line.host)
    keeper = embedded.start(folder)
    try:
        hub.start()
        headers = signed_in(hub.address, name) | {"host": "localhost"}
        client = FieldClient(f"http://{line.host}:{line.client_port}", headers, careless)
        report = trouble(client, line, chance, seconds)
        return judge(keeper.servers, client, report)
    finally:
        hub.close()
        keeper.stop()


def relink(name: str) -> None:
    """The link passes everything again, both ways."""
    ip("-n", name, "route", "del", "blackhole", f"{NEAR}/32")
    ip("link", "set", name, "up")


def mend(proxy: Proxy) -> None:
    """Everything passes again."""
    proxy.cut.clear()
    proxy.swallow.clear()


def trouble(client: FieldClient, line: Line, chance: random.Random, seconds: float) -> Report:
    """Let the client work on a line that comes and goes; then heal it and wait until its outbox is empty."""
    report, stop, peace = Report(line.by), threading.Event(), threading.Event()

    def live() -> None:
        if line.namespace:
            enter(line.namespace)
        client.work(stop, chance)
        peace.wait()
        began = time.monotonic()
        while client.outbox and time.monotonic() - began < HEALED:
            client.send()
        report.healing = time.monotonic() - began

    worker = threading.Thread(target=live)
    worker.start()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        time.sleep(chance.uniform(0.1, 0.4))
        chance.choice(line.cuts)()
        time.sleep(chance.uniform(0.5, 1.2))
        line.heal()
    stop.set()
    peace.set()
    worker.join(timeout=HEALED * 2)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--careless", action="store_true", help="a new id each time: what is doubled must be found")
    chosen = parser.parse_args()
    sound = True
    for by_link in (False,) if chosen.careless else (False, True):
        report = run(chosen.seconds, chosen.seed, careless=chosen.careless, by_link=by_link)
        print(report or "Not run: network namespaces need root and `ip`.")
        if report is not None:
            sound &= bool(report.doubled) if chosen.careless else report.is_sound
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
