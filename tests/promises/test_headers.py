"""What keeps a browser safe stands on every answer: pages, files, data, refusals, and our own failures."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.hub import hub
from tests.town import PASSWORD, browser, employ, found
from tripoint.access.model import Account, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.guard import HEADERS
from tripoint.doors.http import WEB

PATHS = (
    "/api/health", "/api/session", "/api/checks", "/api/hits/none", "/api/nothing", "/nothing", "/api/openapi.json",
)  # fmt: skip
ROLES = frozenset(Role) - {Role.HUB_OPERATOR}
SHAPE = {"code", "field", "sentence", "remedy", "request"}
PAGES = ("/", "/field", "/field-worker.js")


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)

    @app.get("/api/broken")
    def broken() -> None:
        raise ZeroDivisionError("secret of the inside")

    yield app
    app.state.door.engine.dispose()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="https://hub.test", raise_server_exceptions=False)


def policy(header: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("path", [*PATHS, "/match", "/api/broken", *PAGES])
def test_every_answer_wears_the_headers(client: TestClient, path: str) -> None:
    if path in PAGES and not WEB.exists():
        pytest.skip("the pages are not built")
    answer = client.get(path)
    dressed(answer, path)


def dressed(answer: Any, path: str) -> None:
    """What every answer wears, whatever it is the answer to."""
    data = path.startswith(("/api", "/match"))
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["strict-transport-security"].startswith("max-age=63072000")
    assert len(answer.headers["x-request-id"]) == 36
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert not {"server", "x-powered-by"} & set(answer.headers)
    rules = policy(answer.headers["content-security-policy"])
    assert rules["default-src"] == ["'none'" if data else "'self'"]
    assert (rules["frame-ancestors"], rules["base-uri"]) == (["'none'"],) * 2
    assert data or rules["object-src"] == ["'none'"]
    assert data or rules["require-trusted-types-for"] == ["'script'"]
    for sources in rules.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(sources)
    if data:
        assert answer.headers["cache-control"] == "no-store"


STREAMS = {"/api/feed"}  # it answers for ever; signed out it is asked below like all others


def test_every_route_wears_them_by_every_method(app: FastAPI, client: TestClient, database: Servers) -> None:
    officer = browser(app, employ(database, found(database), *ROLES)).client
    assets = [f"/assets/{file.name}" for file in sorted(WEB.glob("*"))[:3]] if WEB.exists() else []
    known = set(routes_of(app)) - {"/api/broken"}
    paths = [*sorted(known), *assets, "/assets/nothing.js", "/assets/..%2fpyproject.toml", "//", "/api//checks"]
    assert len(paths) > 20
    for path in paths:
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "SPOON"):
            dressed(client.request(method, path), path)
        for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            if path not in STREAMS:
                dressed(officer.request(method, path), path)


def routes_of(app: FastAPI) -> list[str]:
    """Every address of the application, with some value for each of its parts."""
    found = {str(getattr(route, "path", "/")) for route in app.routes} | set(app.openapi()["paths"])
    return sorted(re.sub(r"{[^}]*}", "x", path) for path in found)


@pytest.mark.parametrize(("headers", "status"), [
    ({"host": "hub.test, other.test"}, 400), ({"x-long": "a" * 40_000}, 431), ({"sec-fetch-site": "cross-site"}, 403),
])  # fmt: skip
def test_what_is_not_even_handed_on_wears_them(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.get("/api/session", headers=headers)
    assert (answer.status_code, set(answer.json()["error"])) == (status, SHAPE)
    if "host" not in headers:
        dressed(answer, "/api/session")


def test_a_hub_that_knows_its_names_answers_to_no_other(database: Servers) -> None:
    app = hub(database, hosts="hub.test, Other.Test")
    for host, status in (("hub.test", 200), ("other.test:8443", 200), ("evil.test", 421), ("127.0.0.1", 421)):
        answer = TestClient(app, base_url="https://hub.test").get("/api/health", headers={"host": host})
        assert answer.status_code == status, host
    app.state.door.engine.dispose()


def test_a_failure_of_ours_tells_its_number_and_nothing_else(client: TestClient) -> None:
    answer = client.get("/api/broken")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["request"]) == (500, "internal", answer.headers["x-request-id"])
    assert error["remedy"]
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_every_request_has_a_number_of_its_own(client: TestClient) -> None:
    assert len({client.get("/api/health").headers["x-request-id"] for _ in range(5)}) == 5


@pytest.fixture
def account(database: Servers) -> Account:
    return employ(database, found(database), Role.VIEWER)


def test_the_one_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, account: Account) -> None:
    answer = client.post("/api/sign-in", json={"name": account.sign_in_name, "password": PASSWORD})
    (cookie,) = answer.headers.get_list("set-cookie")
    name, *flags = [part.strip().lower() for part in cookie.split(";")]
    assert name.startswith("__host-tripoint=")
    assert {"httponly", "secure", "path=/", "samesite=strict"} <= set(flags)
    assert not any(flag.startswith("domain") for flag in flags)
    assert answer.headers["cache-control"] == "no-store"


def test_no_other_origin_is_let_in(client: TestClient) -> None:
    for method in ("GET", "OPTIONS"):
        asked = {"origin": "https://elsewhere.test", "access-control-request-method": "POST"}
        answer = client.request(method, "/api/session", headers=asked)
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("word", [None, "", "wrong", "é", "\udcff"])
def test_a_change_without_the_sessions_word_is_refused(client: TestClient, account: Account, word: str | None) -> None:
    client.post("/api/sign-in", json={"name": account.sign_in_name, "password": PASSWORD})
    headers = {} if word is None else {"x-csrf-token": word.encode("utf-8", "surrogateescape")}
    answer = client.post("/api/sign-out", headers=headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    assert client.get("/api/session").status_code == 200


def test_who_has_not_signed_in_learns_no_more_than_that_the_hub_works(client: TestClient) -> None:
    assert set(client.get("/api/health").json()) == {"status", "version", "database", "index"}
