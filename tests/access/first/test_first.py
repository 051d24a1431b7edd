"""A new hub has no account at all; one code, used once, makes the first administrator."""

import concurrent.futures
from collections.abc import Generator

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import Browser, application, as_owner, employ, found, rows
from tripoint.access.first.http import routes as first
from tripoint.access.first.work import offer
from tripoint.access.http import routes as access
from tripoint.access.model import Role
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers

BODY = {
    "party": "ARC", "party_name": "Arcadia", "kind": "country", "sign_in_name": "chief", "name": "Ana Inventada",
    "agency": "Police", "password": "four words nobody guesses",
}  # fmt: skip


@pytest.fixture
def empty(own_database: Servers) -> Generator[Engine]:
    engine = make_engine(own_database.app)
    yield engine
    engine.dispose()


@pytest.fixture
def app(empty: Engine) -> FastAPI:
    return application(empty, first.router, access.router)


def begin(app: FastAPI, code: str | None, expect: int, **more: str) -> None:
    Browser(app)("POST", "/api/first", expect, json=BODY | {"code": code} | more)


def test_a_new_hub_has_nobody(own_database: Servers) -> None:
    with as_owner(own_database) as owner:
        for table in ("officer", "officer_password", "sign_in", "party", "device", "first_code"):
            assert rows(owner, f"select count(*) from {table}") == [(0,)]


def test_one_code_makes_one_administrator_and_is_gone(app: FastAPI, empty: Engine, own_database: Servers) -> None:
    begin(app, "guess", 401)
    code = offer(empty)
    assert code
    Browser(app)("GET", "/api/first", 204)
    with as_owner(own_database) as owner:
        assert rows(owner, "select 1 from first_code f where f::text like %(c)s", c=f"%{code}%") == []
    begin(app, code, 422, password="short")
    begin(app, code.lower().replace("-", " "), 204)
    begin(app, code, 404)
    Browser(app)("GET", "/api/first", 404)
    assert offer(empty) is None
    with as_owner(own_database) as owner:
        assert rows(owner, "select sign_in_name, roles from officer") == [("chief@arc", ["party_administrator"])]
        assert rows(owner, "select count(*) from first_code") == [(0,)]
        trail = rows(owner, "select act, outcome from audit where act = 'found_hub'")
    assert [tuple(row) for row in trail] == [("found_hub", "done")]
    chief = Browser(app)
    assert "read_record" not in chief.sign_in("chief@arc", BODY["password"])["may"]


def test_the_hubs_own_body_gets_its_operator(app: FastAPI, empty: Engine, own_database: Servers) -> None:
    begin(app, offer(empty), 204, party="HUB", kind="body")
    with as_owner(own_database) as owner:
        assert rows(owner, "select roles from officer") == [(["hub_operator", "party_administrator"],)]


def test_wrong_codes_are_few(app: FastAPI, empty: Engine) -> None:
    code = offer(empty)
    for _ in range(5):
        begin(app, "WRONG", 401)
    begin(app, code, 401)
    begin(app, offer(empty), 204)


def test_a_code_ages_and_a_newer_one_replaces_it(app: FastAPI, empty: Engine, own_database: Servers) -> None:
    older, newer = offer(empty), offer(empty)
    begin(app, older, 401)
    with as_owner(own_database) as owner:
        owner.exec_driver_sql("update first_code set ends_at = now() - interval '1 second'")
    begin(app, newer, 401)


def test_of_many_who_hold_the_code_one_begins(app: FastAPI, empty: Engine, own_database: Servers) -> None:
    code = offer(empty)

    def press(number: int) -> int:
        body = BODY | {"code": code, "sign_in_name": f"chief{number}"}
        return Browser(app).client.post("/api/first", json=body).status_code

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(press, range(4)))
    assert answers.count(204) == 1
    with as_owner(own_database) as owner:
        assert rows(owner, "select count(*) from officer") == [(1,)]


def test_a_hub_with_anybody_offers_no_code(own_database: Servers, empty: Engine) -> None:
    employ(own_database, found(own_database), Role.VIEWER)
    assert offer(empty) is None
