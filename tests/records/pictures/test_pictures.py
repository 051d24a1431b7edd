"""Pictures from the browser to the table and back: clean, the owner's alone, found by likeness, gone in time."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import Engine

from tests.engines.likeness.test_perceptual import coded, drawn
from tests.town import Browser, application, browser, employ, found, visiting
from tripoint.access import http as access
from tripoint.access.model import Act, Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, TooLarge
from tripoint.base.ids import uuid7
from tripoint.records import store as records
from tripoint.records.model import Audience, AudienceKind, Level, Terms
from tripoint.records.pictures import http, rules, store, work

PLACE = b"taken at gate 4 by Ana Inventada"


class Scene:
    """Two parties with an analyst each, and their browsers."""

    def __init__(self, engine: Engine, database: Servers) -> None:
        self.engine, self.database = engine, database
        app = application(engine, access.routes.router, http.routes.router)
        self.parties = [found(database), found(database)]
        self.analysts = [employ(database, party, Role.ANALYST) for party in self.parties]
        self.ours, self.theirs = (browser(app, one) for one in self.analysts)

    def put(self, who: Browser, data: bytes, expect: int = 201, which: str = "") -> dict[str, Any]:
        body = {"id": which or str(uuid7()), "file": base64.b64encode(data).decode()}
        answer: dict[str, Any] = who("POST", "/api/pictures", expect, json=body)
        return answer

    def attach(self, pictures: list[str], which: UUID, readers: AudienceKind = AudienceKind.OWN) -> None:
        with visiting(self.engine, self.analysts[0], Act.ADD_PICTURE) as visit:
            terms = Terms(readers=Audience(readers), level=Level.NOTHING)
            row = records.terms_for(visit.session, visit.party, terms, None)
            work.attach(visit, "modus", which, [UUID(one) for one in pictures], row)


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Scene:
    return Scene(engine, database)


def with_places(seed: int) -> bytes:
    """A photograph with the place and the device it was taken with."""
    told = Image.Exif()
    told[271], told[270] = "Invented Cameras", PLACE.decode()
    told.get_ifd(0x8825)[1] = "S"
    return coded(drawn(seed), exif=told, comment=PLACE)


def test_a_picture_comes_back_clean_and_is_never_shown_by_itself(scene: Scene) -> None:
    data = with_places(1)
    assert PLACE in data
    made = scene.put(scene.ours, data)
    assert (made["kind"], made["width"], made["height"]) == ("image/jpeg", 480, 360)
    assert made["concerns"] is None
    answer = scene.ours.client.get(f"/api/pictures/{made['id']}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert PLACE not in answer.content
    assert b"Invented Cameras" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).getexif().get_ifd(0x8825) == {}
    assert len(answer.content) == made["size"]


def test_the_same_again_is_the_same_and_another_under_its_id_is_refused(scene: Scene) -> None:
    made = scene.put(scene.ours, coded(drawn(2)))
    assert scene.put(scene.ours, coded(drawn(2)), 200, made["id"])["added_at"] == made["added_at"]
    assert scene.put(scene.ours, coded(drawn(3)), 422, made["id"])["error"]["code"] == "id_reused"
    assert scene.put(scene.theirs, coded(drawn(2)), 422, made["id"])["error"]["code"] == "id_reused"


def test_nobody_else_sees_it_until_its_record_is_shared(scene: Scene) -> None:
    first, other = scene.put(scene.ours, coded(drawn(5))), scene.put(scene.theirs, coded(drawn(5), quality=30))
    path, like = f"/api/pictures/{first['id']}", f"/api/pictures/{other['id']}/alike"
    scene.theirs("GET", path, 404)
    assert scene.theirs("GET", like)["pictures"] == []
    scene.attach([first["id"]], uuid7())
    scene.theirs("GET", path, 404)
    which = uuid7()
    last = scene.put(scene.ours, coded(drawn(5).resize((200, 150))))
    scene.attach([last["id"]], which, AudienceKind.EVERYONE)
    (alike,) = scene.theirs("GET", like)["pictures"]
    assert (alike["picture"]["id"], alike["picture"]["concerns"]) == (last["id"], str(which))
    assert alike["distance"] <= 10
    scene.theirs("GET", f"/api/pictures/{last['id']}/alike")
    assert len(scene.ours("GET", f"{path}/alike")["pictures"]) == 1


def test_a_picture_belongs_to_one_record_of_its_own_party(scene: Scene) -> None:
    ours, theirs = scene.put(scene.ours, coded(drawn(6)))["id"], scene.put(scene.theirs, coded(drawn(7)))["id"]
    which = uuid7()
    scene.attach([ours], which)
    with pytest.raises(BadInput, match="another record"):
        scene.attach([ours], uuid7())
    for strange in (theirs, str(uuid7())):
        with pytest.raises(BadInput, match="is not there"):
            scene.attach([ours, strange], which)
    with pytest.raises(BadInput, match="20 pictures"):
        scene.attach([str(uuid7()) for _ in range(21)], which)
    scene.attach([], which)
    scene.attach([ours], uuid7())  # let go of, it may belong elsewhere


def test_what_belongs_to_nothing_goes_after_a_week(scene: Scene) -> None:
    loose, kept = scene.put(scene.ours, coded(drawn(8)))["id"], scene.put(scene.ours, coded(drawn(9)))["id"]
    scene.attach([kept], uuid7())
    relay, now = make_engine(scene.database.relay, role=RELAY_ROLE, pool=1), datetime.now(UTC)
    with transaction(relay) as session:
        store.forget(session, now + timedelta(days=6))
    scene.ours("GET", f"/api/pictures/{loose}/alike")
    with transaction(relay) as session:
        assert store.forget(session, now + timedelta(days=8)) > 0
    relay.dispose()
    scene.ours("GET", f"/api/pictures/{loose}", 404)
    scene.ours("GET", f"/api/pictures/{kept}/alike")


def test_a_party_keeps_no_heap_of_pictures_of_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_LOOSE", 0)
    with visiting(scene.engine, scene.analysts[0], Act.ADD_PICTURE) as visit, pytest.raises(Conflict):
        work.add(visit, uuid7(), coded(drawn(11)))


BOMB = coded(Image.new("1", (11_000, 3_000)), "PNG")  # 5 KB, 33 million pixels
SCANS = coded(drawn(1), progressive=True)


@pytest.mark.parametrize("data", [
    b"", b"GIF89a" + bytes(40), b"<svg xmlns='x'/>", coded(drawn(1), "TIFF"), coded(drawn(1), "BMP"),
    coded(drawn(1))[:4000], coded(drawn(1), "PNG")[:-30], coded(drawn(1)) + b"<script>alert(1)</script>",
    coded(drawn(1)) + b"PK\x05\x06" + bytes(18), coded(drawn(1), comment=b"<html><script>alert(1)"),
    b"\xff\xd8\xff\xd9",
])  # fmt: skip
def test_what_is_no_plain_picture_is_refused_with_the_remedy(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        rules.new_picture(uuid7(), data)
    assert (refused.value.field, bool(refused.value.remedy)) == ("file", True)


def test_bombs_are_refused_before_anything_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "fingerprint", lambda _: pytest.fail("decoded"))
    for data in (BOMB, coded(Image.new("1", (12_001, 1)), "PNG"), bytes(rules.MOST_BYTES + 1)):
        with pytest.raises(TooLarge if data[:1] == b"\x89" else BadInput):
            rules.new_picture(uuid7(), data)
    monkeypatch.setattr(rules, "MOST_SCANS", 3)
    with pytest.raises(BadInput, match="too many parts"):
        rules.new_picture(uuid7(), SCANS)


def test_a_file_in_no_base64_is_refused(scene: Scene) -> None:
    body = {"id": str(uuid7()), "file": "%%%%"}
    assert "base64" in scene.ours("POST", "/api/pictures", 422, json=body)["error"]["sentence"]
