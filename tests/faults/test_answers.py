"""An answer that is lost after the commit: the client sends the same again, and nothing is done twice."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI

from tests.faults.examples import EXAMPLES, OWN_WAY, World, changing_routes, world
from tests.hub import hub
from tests.town import Browser, as_owner, rows
from tripoint.base import failpoints
from tripoint.base.embedded_postgres import Servers

TABLES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
CONTENT = "select md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) from {} t"
GROWS = {"audit", "done_once", "sign_in_attempt"}  # the trail says that it was asked again; so it should
SEEN = "select md5(string_agg(id::text || coalesce(revoked_at::text, ''), '' order by id)) from sign_in"
DOUBLED = (
    "POST /api/records/vehicle", "POST /api/operations", "POST /api/operations/{which}/posts", "POST /api/tokens",
)  # fmt: skip


@pytest.fixture(scope="module")
def town(database: Servers) -> Generator[World]:
    app: FastAPI = hub(database)
    yield world(app, database)
    app.state.door.engine.dispose()


@pytest.fixture(autouse=True)
def disarmed() -> Generator[None]:
    yield
    failpoints.arm("")


def all_there_is(database: Servers) -> dict[str, str]:
    """A digest of the content of every table."""
    with as_owner(database) as owner:
        names = {row[0] for row in rows(owner, TABLES)} - GROWS - {"sign_in"}
        found = {name: rows(owner, CONTENT.format(name))[0][0] for name in names}
        return found | {"sign_in": rows(owner, SEEN)[0][0]}


def send(who: Browser, route: str, path: str, body: Any, key: str) -> Any:
    headers = {"idempotency-key": key}
    return who.client.request(route.split()[0], path, json=body, headers=headers)


def break_off_and_send_again(town: World, route: str, *, key_kept: bool) -> tuple[dict[str, str], dict[str, str], Any]:
    """The hub's content after the lost answer and after the second sending, and what that was answered."""
    who, path, body = EXAMPLES[route](town)
    key = secrets.token_urlsafe(16)
    failpoints.arm(f"answer {route.split()[0]} {path}=drop@1")
    with pytest.raises(failpoints.BrokenOff):
        send(who, route, path, body, key)
    after_first = all_there_is(town.database)
    again = send(who, route, path, body, key if key_kept else secrets.token_urlsafe(16))
    return after_first, all_there_is(town.database), again


@pytest.mark.parametrize("route", EXAMPLES)
def test_a_lost_answer_is_had_by_sending_again_and_nothing_is_done_twice(town: World, route: str) -> None:
    before = all_there_is(town.database)
    first, second, again = break_off_and_send_again(town, route, key_kept=True)
    assert first != before, "the act was not done before its answer was lost: the drill proved nothing"
    assert first == second
    expected = {401} if route == "POST /api/sign-out" else {200, 201, 204}  # signed out: what was wanted is so
    assert again.status_code in expected, again.text


@pytest.mark.parametrize("route", DOUBLED)
def test_without_the_same_key_the_drill_finds_the_doubling(town: World, route: str) -> None:
    first, second, _ = break_off_and_send_again(town, route, key_kept=False)
    assert first != second


def test_every_changing_route_is_in_the_drill_or_says_why_not(town: World) -> None:
    routes = set(changing_routes(town.app))
    assert len(routes) > 20
    missing = routes - EXAMPLES.keys() - OWN_WAY.keys()
    assert not missing, "give each an example in tests/faults/examples.py: a request that succeeds"
    assert not (EXAMPLES.keys() | OWN_WAY.keys()) - routes, "these routes are gone"
