"""The published contract: examples, errors, and no 5xx for anything that follows it or breaks it."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
import schemathesis.specs.openapi.schemas  # now, while nothing else runs: it is large and else imported at first use
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from tests.hub import hub
from tests.town import Browser, browser, employ, found
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers

LEFT_OUT = {"/api/feed", "/api/checks/batch", "/api/sign-out", "/api/sign-in"}  # streams; and what ends the session
SECONDS = 25.0  # for all operations together
ROLES = (Role.LIAISON_OFFICER, Role.PARTY_ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR, Role.CONTRIBUTOR)


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def officer(app: FastAPI, database: Servers) -> Browser:
    return browser(app, employ(database, found(database), *ROLES))


def operations(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, found) for path, methods in app.openapi()["paths"].items() for method, found in methods.items()
    ]


def test_checks_are_shown_by_examples(app: FastAPI) -> None:
    schema = app.openapi()
    assert schema["components"]["schemas"]["CheckAsked"]["examples"]
    assert schema["components"]["schemas"]["SignInBody"]["examples"]


def test_every_operation_says_what_it_is_for_and_how_it_fails(app: FastAPI) -> None:
    for path, method, operation in operations(app):
        assert operation["description"], path
        assert operation["tags"], path
        refusal = operation["responses"]["4XX"]["content"]["application/json"]["schema"]
        assert refusal == {"$ref": "#/components/schemas/ErrorShown"}, (path, method)
        assert "422" not in operation["responses"], "the framework's own shape of errors is not ours"
    shape = app.openapi()["components"]["schemas"]["ErrorShown"]
    error = app.openapi()["components"]["schemas"][shape["properties"]["error"]["$ref"].rpartition("/")[2]]
    assert set(error["properties"]) == {"code", "field", "sentence", "remedy", "request"}


def test_a_batch_is_declared_line_by_line(app: FastAPI) -> None:
    operation = app.openapi()["paths"]["/api/checks/batch"]["post"]
    assert set(operation["requestBody"]["content"]) == {"application/x-ndjson"}
    assert set(operation["responses"]["200"]["content"]) == {"application/x-ndjson"}
    assert set(app.openapi()["paths"]["/api/feed"]["get"]["responses"]["200"]["content"]) == {"text/event-stream"}


def test_nothing_that_follows_or_breaks_the_contract_makes_the_hub_fail(app: FastAPI, officer: Browser) -> None:
    contract = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    signed_in = {"cookie": "; ".join(f"{c.name}={c.value}" for c in officer.client.cookies.jar)}
    signed_in["x-csrf-token"] = officer.client.headers["x-csrf-token"]
    client = TestClient(app, base_url="https://hub.test", raise_server_exceptions=False)
    every: list[Any] = [found.ok() for found in contract.get_all_operations()]  # type: ignore[union-attr]
    chosen = [operation for operation in every if operation.path not in LEFT_OUT]
    assert len(chosen) > 15
    ends, asked = time.monotonic() + SECONDS, 0
    for place, operation in enumerate(chosen):
        share = (ends - time.monotonic()) / (len(chosen) - place)
        asked += sum(fuzz(operation, mode, client, signed_in, share / 2) for mode in GenerationMode)
    assert asked > len(chosen)  # how many more depends on the machine


class Enough(Exception):
    """The time for one operation is over."""


def fuzz(operation: Any, mode: GenerationMode, client: TestClient, headers: dict[str, str], seconds: float) -> int:
    """How many requests were made of one operation; each must end in an answer that is not our failure."""
    ends, asked = time.monotonic() + seconds, 0

    @seed(20260301)
    @settings(
        max_examples=30,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        report_multiple_bugs=False,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal asked
        if time.monotonic() > ends:
            raise Enough
        asked += 1
        request = case.as_transport_kwargs(base_url="https://hub.test")
        request["headers"] = {**dict(request.get("headers") or {}), **headers}
        if isinstance(request.get("data"), str | bytes):
            request["content"] = request.pop("data")
        request = {name: request[name] for name in request if name in CLIENT_TAKES}
        answer = client.request(**request)
        assert answer.status_code < 500, (operation.label, answer.text)
        if answer.status_code >= 400:
            assert answer.json()["error"]["sentence"]

    with suppress(Enough, Unsatisfiable):  # what takes nothing cannot be asked wrongly
        ask()
    return asked


CLIENT_TAKES = {"method", "url", "params", "json", "data", "content", "headers"}
