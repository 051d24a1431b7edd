"""Nothing that was acknowledged is lost when the database goes away while checks come in.

Killed processes are in tests/faults.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
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
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

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


@pytest.mark.slow
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
