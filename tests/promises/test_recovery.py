"""Nothing that was acknowledged is lost: the database goes away, or processes are killed, while checks come in."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.hub import hub, served
from tests.town import PASSWORD, Browser, as_owner, browser, employ, found, rows
from tripoint.access.door import COOKIE
from tripoint.access.model import Role
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers, embedded_postgres
from tripoint.base.ids import uuid7
from tripoint.base.migrate import migrate

WRITERS, PLATE = 4, "K1LLED"
END_ALL = """
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
"""
Ids = set[UUID]


def question(which: UUID) -> dict[str, Any]:
    vehicle = {"plate": PLATE if which.int % 5 == 0 else f"X{which.int % 10_000}", "country": "PRY"}
    return {"id": str(which), "purpose": "border_control", "vehicle": vehicle}


def list_one(engine: Engine, database: Servers) -> None:
    """A listed car, so that some of the checks raise hits."""
    list_record(engine, found(database), "vehicle", {"plate": PLATE, "country": "PRY", "status": "stolen"})


def headers_of(client: httpx2.Client, name: str) -> dict[str, str]:
    """Sign in; what a browser then sends. The cookie is for https, so it is handed over by hand."""
    answer = client.post("/api/sign-in", json={"name": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}", "x-csrf-token": answer.json()["csrf"]}


class Load:
    """Writers that ask check after check and remember which were answered, and which they cannot know of."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self.address, self.headers = address, headers
        self.acknowledged: Ids = set()
        self.unknown: Ids = set()
        self.statuses: set[int] = set()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def _write(self) -> None:
        with httpx2.Client(base_url=self.address, headers=self.headers, timeout=5) as client:
            while not self._stop.is_set():
                which = uuid7()
                try:
                    answer = client.post("/api/checks", json=question(which))
                except httpx2.HTTPError:
                    self.unknown.add(which)
                    self._stop.wait(0.05)
                    continue
                self.statuses.add(answer.status_code)
                (self.acknowledged if answer.status_code == 200 else self.unknown).add(which)

    @contextmanager
    def running(self) -> Generator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(timeout=15)

    def wait_for(self, more: int) -> None:
        goal, ends = len(self.acknowledged) + more, time.monotonic() + 30
        while len(self.acknowledged) < goal:
            assert time.monotonic() < ends, f"only {len(self.acknowledged)} answers, {self.statuses}"
            time.sleep(0.01)

    def send_unknown_again(self) -> None:
        """The same id again, as a client does that had no answer: answered once, whatever became of the first."""
        with httpx2.Client(base_url=self.address, headers=self.headers, timeout=10) as client:
            for which in self.unknown:
                assert client.post("/api/checks", json=question(which)).status_code == 200
        self.acknowledged |= self.unknown


def all_there_once(database: Servers, load: Load) -> None:
    """Each answered check, its question and its hit stand there exactly once, and each is counted once."""
    expected = sorted(load.acknowledged)
    hits = sorted(which for which in expected if which.int % 5 == 0)
    ends = time.monotonic() + 15
    with as_owner(database) as owner:
        for table in ("check_made", "check_question"):
            assert [row[0] for row in rows(owner, f"select id from {table} order by id")] == expected
        assert [row[0] for row in rows(owner, "select check_id from hit order by check_id")] == hits
    while True:
        with as_owner(database) as owner:
            waiting, counted = rows(
                owner, "select (select count(*) from outbox), (select sum(checks) from check_count)"
            )[0]
        if (waiting, counted) == (0, len(expected)):
            return
        assert time.monotonic() < ends, (waiting, counted, len(expected))
        time.sleep(0.1)


@pytest.fixture
def app(own_database: Servers) -> FastAPI:
    return hub(own_database)


@pytest.fixture
def officer(app: FastAPI, own_database: Servers) -> Browser:
    return browser(app, employ(own_database, found(own_database), Role.FIELD_OFFICER))


def test_a_database_that_breaks_off_under_load_costs_no_answered_check(
    app: FastAPI, own_database: Servers, officer: Browser
) -> None:
    list_one(app.state.door.engine, own_database)
    headers = {
        "cookie": f"{COOKIE}={officer.client.cookies[COOKIE]}",
        "x-csrf-token": officer.client.headers["x-csrf-token"],
    }
    with served(app) as address:
        load = Load(address, headers)
        with load.running():
            for _ in range(4):
                load.wait_for(15)
                with as_owner(own_database) as owner:
                    rows(owner, END_ALL)
            load.wait_for(15)
        assert load.statuses == {200, 503}, "the break was never felt, or felt as something else"
        load.send_unknown_again()
        all_there_once(own_database, load)


def test_a_database_that_is_gone_is_said_so_with_the_remedy(
    app: FastAPI, own_database: Servers, officer: Browser
) -> None:
    engine = app.state.door.engine
    with engine.connect():  # the pool is warm, its connections die under it
        pass
    elsewhere = make_engine("postgresql://nobody@/none?host=/nowhere")
    object.__setattr__(app.state.door, "engine", elsewhere)
    for method, path, body in (
        ("GET", "/api/health", None), ("POST", "/api/checks", question(uuid7())), ("GET", "/api/session", None),
        ("POST", "/api/sign-in", {"name": "ana@arc", "password": PASSWORD}),
    ):  # fmt: skip
        answer = officer.client.request(method, path, json=body)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (503, "unavailable")
        assert error["remedy"]
    object.__setattr__(app.state.door, "engine", engine)
    assert officer("GET", "/api/health")["status"] == "ok"
    elsewhere.dispose()
    engine.dispose()


class Installation:
    """A hub as it is installed: `tripoint serve` in a process of its own, with its own database server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.officer = folder, ""
        self.process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as place:
            self.port = place.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-c", "from tripoint.doors.cli import app; app()", "serve"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")}
        environment["TRIPOINT_SECOND_FACTOR"] = "offered"
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "--data", str(self.folder)],
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=environment,
            )
        ends = time.monotonic() + 60
        while True:
            with suppress(httpx2.HTTPError):
                if httpx2.get(f"{self.address}/api/health", timeout=2).status_code == 200:
                    return
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < ends, "the hub did not come up"
            time.sleep(0.05)

    def kill(self, *, database_too: bool) -> None:
        """No goodbye: every process at once."""
        assert self.process is not None
        victims = [self.process.pid]
        if database_too:
            postmaster = int((self.folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
            victims += [postmaster, *children_of(postmaster)]
        for victim in victims:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)


@pytest.fixture(scope="module")
def folder() -> Generator[Path]:
    place = Path(tempfile.mkdtemp(prefix="tripoint-recovery-"))
    if os.geteuid() == 0:  # the server then runs as another user, who must pass
        place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="module")
def installation(folder: Path) -> Generator[Installation]:
    """A hub with one listed car and one officer; its database goes on until the end, unless it is killed."""
    installation = Installation(folder)
    with embedded_postgres(folder) as servers:
        migrate(servers.admin)
        installation.officer = employ(servers, found(servers), Role.FIELD_OFFICER).sign_in_name
        engine = make_engine(servers.app, pool=1)
        list_one(engine, servers)
        engine.dispose()
        installation.start()
    yield installation
    installation.stop()


def children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found through /proc")
@pytest.mark.parametrize("database_too", [False, True], ids=["the hub", "the hub and its database"])
def test_killed_under_load_nothing_answered_is_lost(installation: Installation, database_too: bool) -> None:
    with httpx2.Client(base_url=installation.address) as client:
        load = Load(installation.address, headers_of(client, installation.officer))
    with load.running():
        load.wait_for(60)
        installation.kill(database_too=database_too)
        time.sleep(0.2)
    assert len(load.acknowledged) >= 60
    assert load.unknown, "nobody was interrupted: the kill proved nothing"
    installation.start()
    load.send_unknown_again()
    with embedded_postgres(installation.folder) as servers:
        all_there_once(servers, load)
        load.acknowledged.add(uuid7())  # one more than was ever sent: the comparison must notice
        with pytest.raises(AssertionError):
            all_there_once(servers, load)
        forget_all(servers)


def forget_all(database: Servers) -> None:
    with as_owner(database) as owner:
        owner.exec_driver_sql("truncate check_made, check_question, check_count, hit, hit_finding, hit_event")
