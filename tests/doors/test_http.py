"""The whole application: what it serves, to whom, and that it starts and ends whole."""

from __future__ import annotations

import threading
from collections.abc import Generator

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import tripoint
from tests.hub import hub, served
from tests.town import browser, employ, found
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.http import PAGES, WEB


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://hub.test")


def test_health_says_that_it_works(client: TestClient) -> None:
    assert client.get("/api/health").json() == {
        "status": "ok", "version": tripoint.__version__, "database": "ok", "index": "absent",
    }  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_data_and_are_asked_for_anew(client: TestClient, path: str) -> None:
    if not (WEB / PAGES[path]).exists():
        pytest.skip("the pages are not built: `make` builds them")
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].split(";")[0] in ("text/html", "text/javascript", "application/javascript")
    assert "<script>" not in answer.text  # the policy would not run it


def test_files_beside_the_built_ones_are_out_of_reach(client: TestClient) -> None:
    for path in (
        "/assets/../__init__.py",
        "/assets/%2e%2e/__init__.py",
        "/assets//etc/passwd",
        "/assets/..%2f__init__.py",
    ):
        assert client.get(path).status_code == 404


def test_a_batch_is_not_taken_for_a_checks_id(app: FastAPI, database: Servers) -> None:
    officer = browser(app, employ(database, found(database), Role.FIELD_OFFICER))
    answer = officer.client.post("/api/checks/batch", content=b"")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ndjson")


def test_the_hub_ends_as_cleanly_as_it_began(database: Servers) -> None:
    before = {thread.name for thread in threading.enumerate()}
    with served(hub(database)) as address:
        assert httpx2.get(f"{address}/api/health").status_code == 200
        assert {"relay", "wake-up"} <= {thread.name for thread in threading.enumerate()}
    after = {thread.name for thread in threading.enumerate()}
    assert not {"relay", "wake-up", "served"} & (after - before)
