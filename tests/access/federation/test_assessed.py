"""Administrators come in from devices that their party's own service has looked at, where the installation says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.access.entrance.stage import ADDRESS as HUB, Clock, entrance
from tests.access.federation.service import ADDRESS, Service, claims, issuer, new_key, token
from tests.hub import NOWHERE
from tests.town import PASSWORD, Browser, as_owner, employ, found, rows
from tripoint.access.entry import EntryRules
from tripoint.access.federation.issuers import read_issuers
from tripoint.access.federation.provider import federation_of
from tripoint.access.federation.tokens import identity_in
from tripoint.access.model import Account, Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import SetUp
from tripoint.base.settings import Settings
from tripoint.doors.entrance import open_entrance

MANAGED = frozenset({"managed-device"})
LISTED = """
[[issuer]]
name = "arc"
party = "ARC"
issuer = "https://login.arc.test/realm"
client = "tripoint"
"""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(clock: Clock) -> Service:
    return Service(clock.now)


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def app(engine: Engine, clock: Clock, service: Service, party: Party) -> FastAPI:
    app = entrance(engine, clock, required=False)
    app.state.entry = EntryRules(False, HUB, administration_assessed=True)
    app.state.federation = federation_of((issuer(party.code, acr=MANAGED),), service.client())
    return app


def linked(database: Servers, party: Party, role: Role, service: Service) -> Account:
    who = employ(database, party, role)
    service.claims["sub"] = f"u-{who.id}"
    with as_owner(database) as owner:
        owner.exec_driver_sql(
            "insert into identity_elsewhere (issuer, subject, officer) values (%(i)s, %(s)s, %(o)s)",
            {"i": ADDRESS, "s": service.claims["sub"], "o": who.id},
        )
    return who


def through_the_service(app: FastAPI, service: Service) -> tuple[str, Browser]:
    at = Browser(app)
    asked = service.visited(at("POST", "/api/sign-in/issuer/arc")["address"])
    assert asked["acr_values"] == "managed-device"
    answer = at.client.get(
        "/api/sign-in/issuer/back", params={"code": "c", "state": asked["state"]}, follow_redirects=False
    )
    return answer.headers["location"], at


def test_administrators_come_in_from_assessed_devices_alone(
    app: FastAPI, database: Servers, party: Party, service: Service
) -> None:
    chief = linked(database, party, Role.PARTY_ADMINISTRATOR, service)
    at = Browser(app)
    at("POST", "/api/sign-in", 401, json={"name": chief.sign_in_name, "password": PASSWORD})
    at("GET", "/api/session", 401)
    for said in (None, "some-device", ["managed-device"]):
        service.claims["acr"] = said
        assert through_the_service(app, service)[0] == "/#/refused?code=device_not_assessed"
    service.claims["acr"] = "managed-device"
    place, at = through_the_service(app, service)
    assert place == "/"
    assert at("GET", "/api/session")["officer"]["id"] == str(chief.id)
    with as_owner(database) as owner:
        trail = "select outcome, count(*) from audit where officer = %(id)s and act = 'sign_in' group by 1"
        assert dict(map(tuple, rows(owner, trail, id=chief.id))) == {"refused": 4, "done": 1}


def test_everybody_else_comes_in_as_before(app: FastAPI, database: Servers, party: Party, service: Service) -> None:
    ana = linked(database, party, Role.ANALYST, service)
    assert through_the_service(app, service)[0] == "/"
    Browser(app).sign_in(ana.sign_in_name)


def test_who_is_made_an_administrator_signs_in_anew(
    app: FastAPI, database: Servers, party: Party, service: Service
) -> None:
    bea, chief = employ(database, party, Role.AUDITOR), linked(database, party, Role.PARTY_ADMINISTRATOR, service)
    service.claims["acr"] = "managed-device"
    desk, hers = through_the_service(app, service)[1], Browser(app)
    hers.sign_in(bea.sign_in_name)
    desk.client.headers["x-csrf-token"] = desk("GET", "/api/session")["csrf"]
    assert chief.id != bea.id
    desk("POST", "/api/session/proof", json={"password": PASSWORD})
    desk.client.headers["x-csrf-token"] = desk("GET", "/api/session")["csrf"]
    desk("PUT", f"/api/officers/{bea.id}", json={"roles": ["party_administrator"]})
    hers("GET", "/api/session", 401)


@pytest.mark.parametrize("acr", [None, "", "other", 7, {"managed-device": 1}, ["managed-device"]])
def test_only_the_listed_words_count(clock: Clock, acr: Any) -> None:
    key = new_key("EC", "k1")

    def read(said: Any) -> bool:
        told = token(key, claims(clock.now, acr=said))
        keys = [key.as_dict(private=False)]
        return identity_in(told, keys, issuer("ARC", acr=MANAGED), nonce="n", now=clock.now).assessed

    assert read("managed-device")
    assert not read(acr)


def test_a_hub_that_would_let_no_administrator_in_does_not_start(app: FastAPI, tmp_path: Path) -> None:
    file = tmp_path / "issuers.toml"
    file.write_text(LISTED, encoding="utf-8")
    asked: dict[str, Any] = {"data": NOWHERE, "issuers": file, "administration": "assessed", "public_address": HUB}
    with pytest.raises(SetUp, match="assesses"):
        open_entrance(app, Settings(**asked))
    file.write_text(f'{LISTED}acr = ["managed-device"]\n', encoding="utf-8")
    open_entrance(app, Settings(**asked))
    assert app.state.entry.administration_assessed
    assert read_issuers(file)[0].acr == MANAGED
