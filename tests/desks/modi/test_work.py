"""A modus operandi from the draft to the card, seen by those who may; found in four languages; new by name only."""

from __future__ import annotations

import base64
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from tests.engines.likeness.test_perceptual import coded, drawn
from tests.hub import operation
from tests.town import application, browser, employ, found
from tripoint.access import http as access
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.modi import http
from tripoint.desks.results import http as results
from tripoint.records.occurrences.http import routes_for
from tripoint.records.pictures import http as pictures

EVERYONE = {"readers": {"kind": "everyone"}}
TEXTS = {
    "es": {"title": "Pistolas en baterías de automóvil", "indicators": "Batería nueva en un coche viejo\nCables"},
    "en": {"title": "Pistols within car batteries", "indicators": "New battery in an old car", "danger": "Acid leaks"},
    "fr": {"title": "Pistolets cachés dans des batteries", "summary": "Trouvés à la frontière, déclarés usagés"},
    "pt": {"title": "Pistolas em baterias de carro", "countermeasures": "Pesar as baterias na alfândega"},
}


class Scene:
    """Two parties in an operation: an analyst of each, and an officer in the field."""

    def __init__(self, engine: Engine, database: Servers) -> None:
        routers = [one.router for one in (access.routes, http.routes, pictures.routes, routes_for({}), results.routes)]
        app = application(engine, *routers)
        self.parties = [found(database), found(database)]
        self.on = operation(database, self.parties[0], *self.parties)
        self.ours, self.theirs = (browser(app, employ(database, party, Role.ANALYST)) for party in self.parties)
        self.field = browser(app, employ(database, self.parties[1], Role.FIELD_OFFICER))

    def write(self, expect: int = 201, **more: Any) -> dict[str, Any]:
        body = {
            "id": str(uuid4()), "stage": "concealment", "crime_area": "firearms", "danger": "high", "texts": TEXTS,
            "operation": str(self.on.id), "terms": EVERYONE, **more,
        }  # fmt: skip
        made: dict[str, Any] = self.ours("POST", "/api/modi", expect, json=body)
        return made

    def do(self, which: str, what: str, expect: int = 200, **body: Any) -> Any:
        return self.ours("POST", f"/api/modi/{which}/{what}", expect, json=body)

    def accepted(self, **more: Any) -> str:
        which = str(self.write(**more)["id"])
        self.do(which, "proposal")
        self.do(which, "decision", verdict="accepted", reason="seen before")
        return which

    def search(self, **asked: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.ours("POST", "/api/modi/search", json=asked)
        return answer

    def picture(self, seed: int, **how: Any) -> str:
        body = {"id": str(uuid4()), "file": base64.b64encode(coded(drawn(seed), **how)).decode()}
        return str(self.ours("POST", "/api/pictures", 201, json=body)["id"])


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Scene:
    return Scene(engine, database)


def test_words_are_found_in_each_language_with_and_without_their_marks(scene: Scene) -> None:
    which = scene.accepted()
    asked = ("batería", "baterias de automovil", "BATTERIES", "pistolets caché", "alfandega", "frontieres", "pesando")
    for words in asked:
        assert which in [one["id"] for one in scene.search(words=words)["modi"]], words
    assert scene.search(words="submarino")["modi"] == []
    first = scene.search(words="pistols", stage="concealment", danger="high")
    counted = {(one["field"], one["code"]): one["n"] for one in first["facets"]}
    assert counted["stage", "concealment"] == len(first["modi"])
    assert {("language", one) for one in TEXTS} <= set(counted)
    assert scene.search(words="pistols", stage="sale")["modi"] == []


def test_a_draft_is_its_partys_alone_and_the_field_sees_cards_only(scene: Scene) -> None:
    shown = scene.picture(1)
    which = scene.write(pictures=[shown], tools=["Saw"], countries=["PRY"])["id"]
    scene.theirs("GET", f"/api/modi/{which}", 404)
    scene.theirs("GET", f"/api/pictures/{shown}/alike", 404)
    scene.do(which, "proposal")
    assert scene.theirs("GET", f"/api/modi/{which}")["modus"]["own"] is False
    scene.theirs("GET", f"/api/pictures/{shown}/alike")
    scene.theirs("POST", f"/api/modi/{which}/decision", 403, json={"verdict": "accepted", "reason": "ours"})
    scene.do(which, "decision", verdict="back", reason="say more")
    scene.theirs("GET", f"/api/pictures/{shown}/alike", 404)
    scene.do(which, "proposal")
    scene.do(which, "decision", verdict="accepted", reason="seen before")
    assert which not in [one["id"] for one in scene.field("GET", "/api/modi/cards")["cards"]]
    scene.do(which, "publication", card=True, reason="for all posts")
    (card,) = [one for one in scene.field("GET", "/api/modi/cards")["cards"] if one["id"] == which]
    assert card["texts"]["en"] == TEXTS["en"]
    assert "tools" not in card
    scene.field("GET", f"/api/modi/{which}", 403)
    scene.do(which, "publication", card=False, reason="withdrawn from the field")
    assert which not in [one["id"] for one in scene.field("GET", "/api/modi/cards")["cards"]]


def test_new_is_what_a_named_analyst_says_after_looking(scene: Scene) -> None:
    known = scene.accepted(concealment="vehicle_part", pictures=[scene.picture(20)])
    same = scene.write(concealment="vehicle_part", pictures=[scene.picture(20, quality=30)])["id"]
    scene.do(same, "proposal")
    nearest = scene.ours("GET", f"/api/modi/{same}/nearest")["nearest"]
    assert (nearest[0]["modus"]["id"], nearest[0]["must"]) == (known, True)
    assert {"text", "pictures", "concealment"} <= {why["feature"] for why in nearest[0]["reasons"]}
    assert "looked at" in scene.do(same, "decision", 409, verdict="new", reason="first seen")["error"]["sentence"]
    scene.do(same, "decision", 422, verdict="accepted", reason="x", compared=[str(uuid4())])
    must = [one["modus"]["id"] for one in nearest if one["must"]]
    before = figure(scene)
    made = scene.do(same, "decision", verdict="new", reason="first with a second wall", compared=must)
    assert (made["state"], made["decided_new"], made["decided_by_name"]) == ("new", True, "Ana Inventada")
    compared = scene.ours("GET", f"/api/modi/{same}")["compared"]
    assert {one["other"] for one in compared} == set(must)
    assert {one["by_name"] for one in compared} == {"Ana Inventada"}
    assert figure(scene) == before + 1
    done = scene.do(same, "decision", verdict="known", reason="the same after all", same_as=known)
    assert (done["state"], done["superseded_by"]) == ("superseded", known)
    assert figure(scene) == before


def figure(scene: Scene) -> int:
    """How many new ones the results count."""
    asked = {"operation": str(scene.on.id), "measure": "modi_operandi_new"}
    return int(scene.ours("POST", "/api/results/figures", json=asked)["value"])


def test_cases_are_many_to_many_and_say_who_set_them(scene: Scene) -> None:
    which, other = scene.accepted(), scene.accepted()
    filed = scene.theirs("POST", "/api/seizures", 201, json={
        "id": str(uuid4()), "operation": str(scene.on.id), "happened_at": scene.on.starts_at.isoformat(),
        "values": {"items": [{"category": "document", "quantity": 3}]},
    })["id"]  # fmt: skip
    for one in (which, other):
        scene.do(one, "cases", occurrence=filed, confidence="probable")
    found = scene.do(which, "cases", occurrence=filed, confidence="confirmed", remarks="same battery")["cases"]
    told = [(one["confidence"], one["kind"], one["set_by_name"]) for one in found]
    assert told == [("confirmed", "seizure", "Ana Inventada")]
    scene.do(which, "cases", 404, occurrence=str(uuid4()), confidence="possible")
    scene.theirs("POST", f"/api/modi/{which}/cases", json={"occurrence": filed, "confidence": "refuted"})
    assert len(scene.ours("GET", f"/api/modi/{which}")["cases"]) == 2


def test_one_step_makes_the_draft_of_a_purple_notice(scene: Scene) -> None:
    draft = scene.write()["id"]
    body = {"id": str(uuid4()), "operation": str(scene.on.id)}
    scene.do(draft, "purple", 409, **body)
    which = scene.accepted()
    made = scene.do(which, "purple", 201, **body)["notice_request"]
    notice = scene.ours("GET", f"/api/notice-requests/{made}")
    assert (notice["line"]["colour"], notice["body"]["subject"], notice["sealed"]) == ("purple", "method", [])
    assert "Pistols within car batteries" in notice["body"]["purpose"]
    assert scene.ours("GET", f"/api/modi/{which}")["notices"] == [made]


def test_a_version_is_written_once_and_drafts_can_go(scene: Scene) -> None:
    made = scene.write()
    which = made["id"]
    assert scene.write(200, id=which)["version"] == 1
    assert scene.write(422, id=which, danger="none")["error"]["code"] == "id_reused"
    path, body = f"/api/modi/{which}", {"stage": "sale", "crime_area": "firearms", "danger": "none", "texts": TEXTS}
    assert scene.ours("PUT", path, json=body | {"reason": "it was the sale", "version": 1})["stage"] == "sale"
    scene.ours("PUT", path, 409, json=body | {"reason": "again", "version": 1})
    shown = scene.picture(30)
    scene.ours("PUT", path, json=body | {"reason": "with a picture", "pictures": [shown]})
    scene.theirs("DELETE", path, 404)
    scene.ours("DELETE", path, 204)
    scene.ours("GET", path, 404)
    scene.ours("GET", f"/api/pictures/{shown}/alike", 404)
