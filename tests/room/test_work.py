"""Live figures: what each reader may know of is counted, and nothing else."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.hub import hub, operation
from tests.town import Browser, browser, employ, found
from tripoint.access.model import Operation, Party, PartyKind, Role
from tripoint.base.database import RELAY_ROLE, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay
from tripoint.wiring import WIRING


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def relay(database: Servers) -> Generator[Relay]:
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=2)
    yield Relay(engine, WIRING)
    engine.dispose()


class Scene:
    """Two countries and a unit in one operation; the first asks, the second owns."""

    def __init__(self, app: FastAPI, database: Servers) -> None:
        self.unit: Party = found(database, PartyKind.BODY)
        self.asker, self.owner = found(database), found(database)
        self.on: Operation = operation(database, self.unit, self.asker, self.owner)
        self.officers: dict[str, Browser] = {
            party.code: browser(app, employ(database, party, Role.LIAISON_OFFICER, Role.COORDINATOR))
            for party in (self.unit, self.asker, self.owner)
        }

    def ask(self, plate: str) -> list[dict[str, Any]]:
        (post,) = [str(post.id) for post in self.on.posts if post.party == self.asker.code]
        body = {"id": str(uuid7()), "purpose": "border_control", "operation": str(self.on.id), "post": post}
        asked = body | {"vehicle": {"plate": plate, "country": "PRY"}}
        hits: list[dict[str, Any]] = self.officers[self.asker.code]("POST", "/api/checks", json=asked)["hits"]
        return hits

    def figures(self, party: Party, **where: str) -> dict[str, Any]:
        found: dict[str, Any] = self.officers[party.code]("GET", "/api/room/figures", params=where)
        return found


@pytest.fixture
def scene(app: FastAPI, database: Servers) -> Scene:
    return Scene(app, database)


def steal(engine: Engine, holder: Party, plate: str, level: str) -> None:
    list_record(engine, holder, "vehicle", {"plate": plate, "country": "PRY", "status": "stolen"}, level=level)


def open_hits(figures: dict[str, Any]) -> tuple[int, int, int]:
    """By state, by party and by post: three ways to the same number."""
    by_post = sum(post["waiting"] for post in figures["posts"])
    return figures["hits"]["new"], sum(party["hits"] for party in figures["parties"]), by_post


def test_a_blind_hit_is_counted_for_its_owner_alone(scene: Scene, engine: Engine, relay: Relay) -> None:
    steal(engine, scene.owner, "BL1ND", "blind")
    scene.ask("BL1ND")
    relay.look()
    assert open_hits(scene.figures(scene.owner)) == (1, 1, 1)
    for party in (scene.asker, scene.unit):
        assert open_hits(scene.figures(party)) == (0, 0, 0)
        assert scene.figures(party)["checks"]["total"] == 1
    assert scene.figures(scene.owner)["checks"]["total"] == 0


def test_a_pointer_is_counted_for_both_and_for_the_unit_if_it_may_meet_it(
    scene: Scene, engine: Engine, relay: Relay
) -> None:
    steal(engine, scene.owner, "P01NT", "pointer")
    scene.ask("P01NT")
    relay.look()
    assert {open_hits(scene.figures(party)) for party in (scene.owner, scene.asker, scene.unit)} == {(1, 1, 1)}


def test_figures_follow_what_is_decided(scene: Scene, engine: Engine) -> None:
    steal(engine, scene.owner, "DEC1DED", "full")
    (hit,) = scene.ask("DEC1DED")
    before = scene.figures(scene.asker)
    assert before["answer_minutes_p80"] is None
    decision = {"decision": "confirmed", "reason": "ours"}
    scene.officers[scene.owner.code]("POST", f"/api/hits/{hit['id']}/decision", json=decision)
    after = scene.figures(scene.asker)
    assert (after["hits"]["new"], after["hits"]["confirmed"], open_hits(after)[2]) == (0, 1, 0)
    assert after["answer_minutes_p80"] is not None


def test_one_operation_is_counted_apart(scene: Scene, engine: Engine, relay: Relay, app: FastAPI) -> None:
    scene.ask("ANY1")
    outside = {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": "ANY2"}}
    scene.officers[scene.asker.code]("POST", "/api/checks", json=outside)
    relay.look()
    assert scene.figures(scene.asker)["checks"]["total"] == 2
    assert scene.figures(scene.asker, operation=str(scene.on.id))["checks"]["total"] == 1
    assert scene.figures(scene.asker, operation=str(uuid7()))["checks"]["total"] == 0
    minutes = scene.figures(scene.asker)["checks"]["per_minute"]
    assert len(minutes) == 60
    assert sum(minute["n"] for minute in minutes) == 2


def test_a_stranger_sees_nothing_of_an_operation_not_his(
    scene: Scene, app: FastAPI, database: Servers, relay: Relay
) -> None:
    scene.ask("ANY3")
    relay.look()
    stranger = browser(app, employ(database, found(database), Role.VIEWER))
    figures = stranger("GET", "/api/room/figures", params={"operation": str(scene.on.id)})
    assert figures["checks"]["total"] == 0
    assert (figures["posts"], figures["parties"]) == ([], [])
    assert set(figures["hits"].values()) == {0}
