"""Keys by which an act is done once: what they must be, what is kept of them, and what they open."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from fastapi import Request
from hypothesis import given, strategies as st
from sqlalchemy import Engine

from tests.town import Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes
from tripoint.access.model import Role
from tripoint.access.once import Once, once_of
from tripoint.access.once_store import forget_answers
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput
from tripoint.base.ids import uuid7

TOKEN = {"device": "gate 4", "minutes": 60, "acts": ["see_session"]}


def request(key: str | None = None) -> Request:
    raw = [] if key is None else [(b"idempotency-key", key.encode())]
    return Request({"type": "http", "method": "POST", "path": "/api/x", "query_string": b"", "headers": raw,
                    "server": ("hub", 443), "scheme": "https"})  # fmt: skip


def desk(engine: Engine, database: Servers) -> tuple[Browser, Any]:
    account = employ(database, found(database), Role.CONTRIBUTOR, Role.PARTY_ADMINISTRATOR)
    return browser(application(engine, routes.router), account), account


def keyed(key: str) -> dict[str, str]:
    return {"idempotency-key": key}


@pytest.mark.parametrize("key", ["", "short", "x" * 21, "x" * 101, "with spaces " * 4, "ключ" * 8])
def test_a_key_that_could_be_guessed_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match="idempotency key"):
        once_of(request(key), b"")


def test_a_key_may_stand_in_quotes_as_the_draft_has_it() -> None:
    bare, quoted = (once_of(request(key), b"x") for key in ("k" * 22, f'"{"k" * 22}"'))
    assert bare == quoted
    assert once_of(request(), b"x") is None


@given(answer=st.binary(max_size=200), other=st.binary(min_size=22, max_size=30))
def test_an_answer_opens_to_its_own_key_officer_and_request_alone(answer: bytes, other: bytes) -> None:
    officer, once = uuid7(), Once(b"k" * 22, b"r" * 32)
    sealed = once.seal(officer, answer)
    assert once.unseal(officer, sealed) == answer
    for wrong in (Once(other, b"r" * 32), Once(b"k" * 22, b"s" * 32)):
        with pytest.raises(InvalidTag):
            wrong.unseal(officer, sealed)
    with pytest.raises(InvalidTag):
        once.unseal(uuid7(), sealed)


def test_the_same_key_gives_the_same_bytes_and_another_body_is_refused(engine: Engine, database: Servers) -> None:
    ana, _ = desk(engine, database)
    key = keyed(secrets.token_urlsafe(16))
    one, two = (ana.client.post("/api/tokens", json=TOKEN, headers=key) for _ in range(2))
    assert (one.status_code, one.content, one.headers["content-type"]) == (
        two.status_code, two.content, two.headers["content-type"],
    )  # fmt: skip
    assert one.json()["token"]
    other = ana.client.post("/api/tokens", json=TOKEN | {"minutes": 61}, headers=key)
    assert (other.status_code, other.json()["error"]["code"]) == (422, "id_reused")


def test_a_refused_act_leaves_its_key_free(engine: Engine, database: Servers) -> None:
    ana, _ = desk(engine, database)
    key = keyed(secrets.token_urlsafe(16))
    ana("POST", "/api/agencies", 201, json={"name": "River Police"})
    ana("POST", "/api/agencies", 409, json={"name": "River Police"}, headers=key)
    ana("POST", "/api/agencies", 201, json={"name": "Lake Police"}, headers=key)


def test_the_database_holds_neither_the_key_nor_the_answer(engine: Engine, database: Servers) -> None:
    ana, account = desk(engine, database)
    key = secrets.token_urlsafe(16)
    token = ana("POST", "/api/tokens", 201, json=TOKEN, headers=keyed(key))["token"]
    with as_owner(database) as owner:
        kept = b"".join(bytes(cell) for row in rows(
            owner, "select key_digest, request_digest, sealed_answer from done_once where officer = %(who)s",
            who=account.id,
        ) for cell in row)  # fmt: skip
    assert kept
    assert token.encode() not in kept
    assert key.encode() not in kept


def test_another_officer_with_the_same_key_is_nobody_known(engine: Engine, database: Servers) -> None:
    (ana, _), (eva, _) = desk(engine, database), desk(engine, database)
    key = keyed(secrets.token_urlsafe(16))
    one, two = (who("POST", "/api/tokens", 201, json=TOKEN, headers=key) for who in (ana, eva))
    assert one["id"] != two["id"]


def test_answers_are_forgotten_after_a_day(engine: Engine, database: Servers) -> None:
    ana, account = desk(engine, database)
    for _ in range(2):
        ana("POST", "/api/tokens", 201, json=TOKEN, headers=keyed(secrets.token_urlsafe(16)))
    count = "select count(*) from done_once where officer = %(who)s"
    with as_owner(database) as owner:
        owner.exec_driver_sql(
            "update done_once set at = now() - interval '25 hours' where (officer, key_digest) ="
            " (select officer, key_digest from done_once where officer = %(who)s limit 1)", {"who": account.id},
        )  # fmt: skip
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    with transaction(relay) as session:
        forget_answers(session)
    relay.dispose()
    with as_owner(database) as owner:
        assert rows(owner, count, who=account.id)[0][0] == 1
