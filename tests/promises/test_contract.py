"""The published contract: examples, errors, and no 5xx for anything that follows it or breaks it."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI
from schemathesis import GenerationMode
from starlette.routing import compile_path
from starlette.testclient import TestClient

from tests.fuzz import asking
from tests.fuzz.asking import BASE, ENDS_THE_SESSION, FOLLOWED, UNBOUNDED
from tests.fuzz.cast import signed_in
from tests.hub import hub
from tests.promises.declared import routes_of
from tripoint.base.embedded_postgres import Servers

SECONDS = 8.0  # of processor time, for all operations together


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database, **UNBOUNDED)
    yield app
    app.state.door.engine.dispose()


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
    assert set(error["properties"]) == {"code", "field", "sentence", "remedy", "request", "problems"}


def test_a_batch_is_declared_line_by_line(app: FastAPI) -> None:
    operation = app.openapi()["paths"]["/api/checks/batch"]["post"]
    assert set(operation["requestBody"]["content"]) == {"application/x-ndjson"}
    assert set(operation["responses"]["200"]["content"]) == {"application/x-ndjson"}
    assert set(app.openapi()["paths"]["/api/feed"]["get"]["responses"]["200"]["content"]) == {"text/event-stream"}


@pytest.mark.slow
def test_nothing_that_follows_or_breaks_the_contract_makes_the_hub_fail(app: FastAPI, database: Servers) -> None:
    officer = signed_in(app, database)
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    chosen = [operation for operation in asking.operations(app) if operation.path != FOLLOWED]
    assert len(chosen) > 15
    ends, asked = time.process_time() + SECONDS, 0
    for place, operation in enumerate(sorted(chosen, key=lambda one: one.path in ENDS_THE_SESSION)):
        share = max(0.02, (ends - time.process_time()) / (len(chosen) - place))
        for mode in GenerationMode:
            asked += asking.fuzz(operation, mode, client, officer.headers, ids=officer.ids, seconds=share * 0.4)
        asked += asking.fuzz(operation, GenerationMode.POSITIVE, client, dict, seconds=share * 0.2, most=2)
    assert asked > 2 * len(chosen)


def test_every_address_answers_every_method(app: FastAPI, database: Servers) -> None:
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    declared, officer = app.openapi()["paths"], signed_in(app, database)
    left = sorted({*declared, "/", "/nothing", "/api/openapi.json", "/assets/x.js"} - {FOLLOWED} - ENDS_THE_SESSION)
    routes = [(one.method, compile_path(one.path)[0]) for one in routes_of(app)]
    for path, method, status in asking.every_method(left, client, officer.headers):
        plain = path.replace("{", "").replace("}", "")
        if path in declared and not any(method == known and regex.match(plain) for known, regex in routes):
            assert status >= 400, (path, method)  # 405, or what an address with a part to fill in says
