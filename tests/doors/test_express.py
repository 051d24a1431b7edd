from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from tests.town import Browser, application, browser, employ, found
from tripoint.access.door import Door
from tripoint.access.http import routes as access
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.doors.express import Express


async def long_way(scope: Scope, receive: Receive, send: Send) -> None:
    """Says what came, in the place of the framework."""
    body = await Request(scope, receive).body()
    await JSONResponse({"path": scope["path"], "came": body.decode()}, 299)(scope, receive, send)


@pytest.fixture
def officer(engine: Engine, database: Servers) -> Browser:
    return browser(application(engine, access.router), employ(database, found(database), Role.FIELD_OFFICER))


@pytest.fixture
def express(engine: Engine, officer: Browser) -> TestClient:
    app = application(engine)
    app.add_middleware(Express, door=Door(engine))
    app.mount("/", long_way)
    client = TestClient(app, base_url="https://hub.test")
    client.cookies, client.headers["x-csrf-token"] = officer.client.cookies, officer.client.headers["x-csrf-token"]
    return client


def check(**changed: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "purpose": "border_control", "document": {"number": "EX1"}} | changed


def test_a_plain_check_is_answered_at_once(express: TestClient) -> None:
    answer = express.post("/api/checks", json=check())
    assert (answer.status_code, answer.json()["grade"]) == (200, "nothing_found")


def test_a_refusal_is_told_in_the_one_shape(express: TestClient) -> None:
    body = check()
    assert express.post("/api/checks", json=body).status_code == 200
    answer = express.post("/api/checks", json=body | {"purpose": "investigation"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "id_reused")


@pytest.mark.parametrize("body", [b"{", b'{"id": 7}', b'{"document": {"number": "--"}}'])
def test_what_cannot_be_read_goes_the_long_way_as_it_came(express: TestClient, body: bytes) -> None:
    answer = express.post("/api/checks", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["came"]) == (299, body.decode())


def test_strangers_and_other_requests_go_the_long_way(express: TestClient) -> None:
    assert express.get("/api/checks").status_code == 299
    assert express.post("/api/hits", json={}).status_code == 299
    assert express.post("/api/checks", content=b"number=1").status_code == 299
    express.cookies.clear()
    assert express.post("/api/checks", json=check()).status_code == 299
