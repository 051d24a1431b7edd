"""What the relay does for the checks desk: counting and expiry."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.hub import operation
from tests.town import Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Party, PartyKind, Role
from tripoint.base.database import RELAY_ROLE, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay, Wiring
from tripoint.desks.checks import jobs
from tripoint.desks.checks.http import checks, hits
from tripoint.room.http import routes as room

WIRING = Wiring({"checks": jobs.take_in}, frozenset({"checks"}), (jobs.expire_hits,))


@pytest.fixture
def relay(database: Servers) -> Generator[Relay]:
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=2)
    yield Relay(engine, WIRING)
    engine.dispose()


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, checks.router, hits.router, room.router)


@pytest.fixture
def holder(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def asker(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def officer(app: FastAPI, database: Servers, asker: Party) -> Browser:
    return browser(app, employ(database, asker, Role.FIELD_OFFICER))


def ask(who: Browser, expect: int = 200, **body: Any) -> Any:
    body = {"id": str(uuid7()), "purpose": "border_control", **body}
    return who("POST", "/api/checks", expect, json=body)


def test_figures_equal_the_checks_made(database: Servers, relay: Relay, app: FastAPI) -> None:
    unit = found(database, PartyKind.BODY)
    parties = [found(database) for _ in range(2)]
    on = operation(database, unit, *parties)
    posts = {post.party: str(post.id) for post in on.posts}
    officers = [browser(app, employ(database, party, Role.FIELD_OFFICER)) for party in parties]
    for n in range(9):
        place: dict[str, Any] = {"operation": str(on.id), "post": posts[parties[n % 2].code]} if n < 7 else {}
        body: dict[str, Any] = {"id": str(uuid7()), "vehicle": {"plate": f"C{n}"}} | (
            {"document": {"number": f"D{n}"}} if n % 3 else {}
        )
        ask(officers[n % 2], **body, **place)
        if n == 4:
            ask(officers[n % 2], **body, **place)  # asked twice, answered once
            relay.look()
    ask(officers[0], 422, vehicle={"plate": "-"})
    relay.look()
    relay.look()
    figures = officers[0]("GET", "/api/room/figures")
    assert figures["checks"]["total"] == figures["checks"]["last_hour"] == 5
    assert sum(minute["n"] for minute in figures["checks"]["per_minute"]) == 5
    assert figures["by_kind"] == {"document": 3, "person": 0, "vehicle": 5, "firearm": 0}
    assert [(party["code"], party["checks"]) for party in figures["parties"]] == [(parties[0].code, 5)]
    whole = browser(app, employ(database, unit, Role.COORDINATOR))("GET", "/api/room/figures")
    assert whole["checks"]["total"] == 7
    assert {post["name"]: post["checks"] for post in whole["posts"]} == {
        f"Bridge of {parties[0].code}": 4,
        f"Bridge of {parties[1].code}": 3,
    }


def test_a_lead_nobody_confirmed_expires_and_both_are_told(
    database: Servers, engine: Engine, relay: Relay, app: FastAPI, holder: Party, asker: Party, officer: Browser
) -> None:
    for number, level in (("EXP1RE", "full"), ("BL1ND", "blind")):
        held = {"number": number, "issuer": "BRA", "type": "passport", "status": "lost"}
        list_record(engine, holder, "document", held, level=level)
        ask(officer, document={"number": number, "issuer": "BRA"})
    relay.look()
    desk = browser(app, employ(database, holder, Role.LIAISON_OFFICER))
    ids = {hit["level"]: hit["id"] for hit in desk("GET", "/api/hits")["hits"]}
    relay.do_chores()
    assert {hit["state"] for hit in desk("GET", "/api/hits")["hits"]} == {"new"}
    with as_owner(database) as owner:
        owner.exec_driver_sql("alter table hit no force row level security")
        owner.exec_driver_sql(
            "update hit set expires_at = now() - interval '1 second' where owner = %s", (holder.number,)
        )
        owner.exec_driver_sql("alter table hit force row level security")
    relay.look()
    relay.do_chores()
    relay.do_chores()
    relay.look()
    opened = officer("GET", f"/api/hits/{ids['full']}")
    assert (opened["state"], opened["may"]) == ("expired", ["outcome"])
    assert [(step["state"], step["party"], step["by"]) for step in opened["history"]] == [
        ("expired", holder.code, None)
    ]
    desk("POST", f"/api/hits/{ids['full']}/decision", 409, json={"decision": "confirmed", "reason": "too late"})
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local role tripoint_relay")
        told = rows(owner, "select party, ref from feed where change = 'expired' order by party, ref")
    assert [(party, str(ref)) for party, ref in told] == sorted(
        [(asker.number, ids["full"]), (holder.number, ids["full"]), (holder.number, ids["blind"])]
    )
