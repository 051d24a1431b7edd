"""A real hub with its follower: what changes is effective in the checks of every process within a second."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.town import PASSWORD, as_owner, employ, found, rows
from tripoint.access.door import COOKIE
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

EVERYONE = {"kind": "everyone"}
MET = {"readers": {"kind": "own"}, "meeting": EVERYONE, "level": "full"}
HIDDEN = {"readers": {"kind": "own"}, "meeting": {"kind": "own"}, "level": "nothing"}
CONNECTIONS = 8  # that ask at each look: with as many, both processes are asked
AT_ONCE = 1.0  # seconds
PATIENCE = 60.0  # seconds, for a machine with much else to do


@dataclass
class RunningHub:
    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def health(self) -> str:
        with suppress(httpx2.HTTPError):
            answer = httpx2.get(f"{self.address}/api/health", timeout=5)
            if answer.status_code == 200:
                return str(answer.json()["index"])
        return "none"

    def wait_until_ready(self) -> None:
        ends = time.monotonic() + 400  # compiling takes its time where it was not done before
        while self.health() != "ready":
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < ends, f"{self.health()} {self.log.read_text()}"
            time.sleep(0.1)

    def sign_in(self, name: str) -> dict[str, str]:
        answer = httpx2.post(f"{self.address}/api/sign-in", json={"name": name, "password": PASSWORD}, timeout=20)
        assert answer.status_code == 200, answer.text
        return {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}", "x-csrf-token": answer.json()["csrf"]}

    def follower(self) -> int:
        """The process number of the follower."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = [child for each in tasks for child in each.read_text().split()]
        (one,) = [int(child) for child in children if b"follow" in Path(f"/proc/{child}/cmdline").read_bytes()]
        return one


@pytest.fixture(scope="module")
def running(database: Servers, tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningHub]:
    folder = tmp_path_factory.mktemp("hub")
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")} | {
        "TRIPOINT_DATABASE": database.app,
        "TRIPOINT_ADMIN_DATABASE": database.admin,
        "TRIPOINT_RELAY_DATABASE": database.relay,
        "TRIPOINT_INDEX_DATABASE": database.index,
        "TRIPOINT_SEALER_DATABASE": database.sealer,
        "TRIPOINT_SECOND_FACTOR": "offered",
    }
    command = [sys.executable, "-c", "from tripoint.doors.cli import app; app()", "serve", "--workers", "2"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--data", str(folder)], env=environment, stdout=log, stderr=log
        )
    hub = RunningHub(f"http://127.0.0.1:{port}", process, folder / "log")
    try:
        hub.wait_until_ready()
        yield hub
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@dataclass
class Scene:
    """Somebody who lists people, and somebody of another party who asks."""

    hub: RunningHub
    lister: dict[str, str]
    asker: dict[str, str]

    def list_person(self, name: str, **changed: Any) -> dict[str, Any]:
        return self.write("POST", "person", {"content": content(name), "terms": MET, **changed}, 201)

    def write(self, method: str, path: str, body: dict[str, Any], expect: int = 200) -> dict[str, Any]:
        address = f"{self.hub.address}/api/records/{path}"
        answer = httpx2.request(method, address, json=body, headers=self.lister, timeout=20)
        assert answer.status_code == expect, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def ask(self, name: str) -> dict[str, Any]:
        body = {"id": str(uuid7()), "purpose": "border_control", "person": {"name": name, "birth": "1976-05-12"}}
        answer = httpx2.post(f"{self.hub.address}/api/checks", json=body, headers=self.asker, timeout=20)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def found(self, name: str, which: str) -> bool:
        """Whether the record is told, asked for by a connection of its own."""
        return any(hit["record"]["id"] == which if isinstance(hit.get("record"), dict) else name in str(hit["held"])
                   for hit in self.ask(name)["hits"])  # fmt: skip

    def seconds_until(self, true: Callable[[], bool]) -> float:
        """How long until the look began at which it held."""
        began = looked = time.monotonic()
        while not true():
            looked = time.monotonic()
            assert looked - began < PATIENCE, self.hub.log.read_text()[-3000:]
        return looked - began

    def everywhere(self, name: str, which: str, *, told: bool) -> bool:
        """Whether every process answers so."""
        return all(self.found(name, which) is told for _ in range(CONNECTIONS))


def content(name: str) -> dict[str, Any]:
    return {
        "source_key": name, "status": "wanted", "names": [{"full": name, "kind": "primary"}], "births": ["1976-05-12"],
        "nationalities": ["COL"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def owner(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def scene(running: RunningHub, database: Servers, owner: Party) -> Scene:
    lister = employ(database, owner, Role.CONTRIBUTOR).sign_in_name
    asker = employ(database, found(database), Role.FIELD_OFFICER).sign_in_name
    return Scene(running, running.sign_in(lister), running.sign_in(asker))


@pytest.mark.slow
def test_a_person_added_changed_restricted_and_ended(scene: Scene) -> None:
    """The figures are printed with -s."""
    name, other = "Mireldo Antuvelas Corvey", "Tasskar Wenlocq Oubrandt"
    record = scene.list_person(name)
    which, took = record["id"], {}
    took["added"] = scene.seconds_until(lambda: scene.everywhere(name, which, told=True))
    record = scene.write("PUT", f"person/{which}", {"content": content(other), "terms": MET, "version": 1})
    took["renamed"] = scene.seconds_until(lambda: scene.everywhere(other, which, told=True))
    assert scene.everywhere(name, which, told=False)
    scene.write("PUT", f"person/{which}", {"content": content(other), "terms": HIDDEN, "version": 2})
    took["restricted"] = scene.seconds_until(lambda: scene.everywhere(other, which, told=False))
    kept = scene.list_person(name)["id"]  # to let more people know of a record takes a second officer
    scene.seconds_until(lambda: scene.everywhere(name, kept, told=True))
    scene.write("POST", f"person/{kept}/end", {"version": 1, "reason": "found"})
    took["ended"] = scene.seconds_until(lambda: scene.everywhere(name, kept, told=False))
    print({what: round(seconds, 3) for what, seconds in took.items()})
    assert all(seconds < AT_ONCE for seconds in took.values()), took


def test_an_operation_that_ends_takes_its_lists_along(scene: Scene, database: Servers, owner: Party) -> None:
    name = "Ulmarico Dessenbrooq Vantell"
    which = scene.list_person(name, terms=MET | {"readers": EVERYONE})["id"]  # terms that no other test has
    scene.seconds_until(lambda: scene.everywhere(name, which, told=True))
    moved = "update terms set {} where id = (select terms from person where id = %(id)s) returning 1"
    with as_owner(database) as session:
        session.exec_driver_sql("set session_replication_role = origin")
        session.exec_driver_sql(f"set local tripoint.party = '{owner.number}'")
        rows(session, moved.format("valid_until = now() - interval '1 second'"), id=which)
    assert scene.seconds_until(lambda: scene.everywhere(name, which, told=False)) < AT_ONCE + 1
    with as_owner(database) as session:
        session.exec_driver_sql(f"set local tripoint.party = '{owner.number}'")
        rows(session, moved.format("valid_until = now() + interval '15 seconds'"), id=which)
    scene.seconds_until(lambda: scene.everywhere(name, which, told=True))
    time.sleep(15)
    assert scene.seconds_until(lambda: scene.everywhere(name, which, told=False)) < AT_ONCE + 1


def test_a_killed_follower_comes_back_and_misses_nothing(scene: Scene) -> None:
    before = "Fenwarro Quistelbane Oddury"
    first = scene.list_person(before)["id"]
    scene.seconds_until(lambda: scene.everywhere(before, first, told=True))
    dead = scene.hub.follower()
    os.kill(dead, signal.SIGKILL)
    meanwhile = "Gostavir Pellamonte Ruxley"
    second = scene.list_person(meanwhile)["id"]
    took = scene.seconds_until(lambda: scene.everywhere(meanwhile, second, told=True))
    assert scene.hub.follower() != dead
    assert scene.everywhere(before, first, told=True)
    print("after a kill", round(took, 3))


def test_without_a_follower_checks_say_that_persons_may_be_missing(scene: Scene) -> None:
    follower = scene.hub.follower()
    os.kill(follower, signal.SIGSTOP)
    try:
        scene.seconds_until(lambda: bool(scene.ask("Nobody Anywhere")["failed"]))
        assert scene.hub.health() == "behind"
    finally:
        os.kill(follower, signal.SIGCONT)
    scene.seconds_until(lambda: not scene.ask("Nobody Anywhere")["failed"])


def test_it_is_built_anew_while_checks_go_on(scene: Scene) -> None:
    name = "Hadrovane Skellimore Tuskett"
    which = scene.list_person(name)["id"]
    scene.seconds_until(lambda: scene.everywhere(name, which, told=True))
    folder = scene.hub.log.parent / "index"
    before = (folder / "current").read_text()
    (folder / "rebuild").touch()
    ends = time.monotonic() + 60
    while (folder / "current").read_text() == before:
        assert scene.found(name, which)
        assert time.monotonic() < ends
    assert scene.everywhere(name, which, told=True)
