"""A victim's hit at her country's desk: masked, opened one field at a time, with a reason."""

from __future__ import annotations

import httpx2
from playwright.sync_api import Browser, expect

from tests.journeys.stage import ROOM, TERMS, World, watched
from tests.journeys.test_field import word
from tests.town import PASSWORD, employ, visiting
from tripoint.access.model import Act, Role
from tripoint.base.database import make_engine
from tripoint.base.ids import uuid7
from tripoint.records import work as records
from tripoint.records.model import Person
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName, PersonStatus

NAME, NUMBER = "Zelmira Ocultada", "SEAL4471"


def enter_victim(world: World) -> None:
    """Brazil holds a victim whom others' checks may meet."""
    writer = employ(world.database, world.owner, Role.CONTRIBUTOR)
    engine = make_engine(world.database.app, pool=1)
    description = PersonDescription(
        (PersonName(NAME),), (PartialDate(1999, 4, 5),), ("BRA",), None, (DocumentReference(NUMBER, "BRA"),)
    )
    victim = Person("V-1", PersonStatus.VICTIM, description, instructions="Speak with her alone.")
    with visiting(engine, writer, Act.ADD_RECORD) as visit:
        records.create(visit, records.Entry(victim, TERMS))
    engine.dispose()


def ask(world: World) -> None:
    """Colombia checks her passport."""
    with httpx2.Client(base_url=world.address) as client:
        who = {"name": world.field_officer.sign_in_name, "password": PASSWORD}
        session = client.post("/api/sign-in", json=who)
        cookie = session.headers["set-cookie"].partition(";")[0]
        client.headers.update({"x-csrf-token": session.json()["csrf"], "cookie": cookie})
        body = {"id": str(uuid7()), "purpose": "border_control", "document": {"number": NUMBER}}
        (hit,) = client.post("/api/checks", json=body).json()["hits"]
        assert hit["level"] == "pointer"


def test_a_victims_name_is_opened_with_a_reason(browser: Browser, world: World) -> None:
    enter_victim(world)
    ask(world)
    with watched(browser, world, ROOM) as desk:
        desk.open("/")
        desk.sign_in(world.liaison)
        desk.page.get_by_test_id("nav-hits").click()
        desk.page.get_by_test_id("queue-hit").first.click()
        expect(desk.page.get_by_test_id("hidden")).to_contain_text(word("en", "sealed"))
        assert NAME not in desk.page.content()
        desk.page.get_by_test_id("open-names").click()
        desk.page.get_by_test_id("open-now").click()
        expect(desk.page.get_by_test_id("open-dialog")).to_contain_text(word("en", "need-fuller-reason"))
        desk.check_access("room-open-sealed")
        desk.page.get_by_test_id("open-reason").fill("Her mother asks at the shelter.")
        desk.page.get_by_test_id("open-now").click()
        expect(desk.page.get_by_test_id("opened-names")).to_have_text(NAME)
        expect(desk.page.get_by_test_id("opened-births")).to_have_count(0)
        desk.check_access("room-opened")
