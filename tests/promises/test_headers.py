"""What keeps a browser safe stands on every answer: pages, files, data, refusals, and our own failures."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.hub import hub
from tests.town import PASSWORD, employ, found
from tripoint.access.model import Account, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.http import WEB

PATHS = (
    "/api/health", "/api/session", "/api/checks", "/api/hits/none", "/api/nothing", "/nothing", "/api/openapi.json",
)  # fmt: skip
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
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert len(answer.headers["x-request-id"]) == 36
    rules = policy(answer.headers["content-security-policy"])
    assert rules["default-src"] == ["'self'"]
    assert (rules["frame-ancestors"], rules["base-uri"], rules["object-src"]) == (["'none'"],) * 3
    for sources in rules.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(sources)
    if path.startswith(("/api", "/match")):
        assert answer.headers["cache-control"] == "no-store"


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
