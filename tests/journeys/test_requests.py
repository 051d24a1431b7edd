"""People's requests on screen: data protection officers see what is due, and nobody else has the page."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from tests.journeys.stage import ROOM, World, watched
from tests.journeys.test_field import word
from tests.town import employ, visiting
from tripoint.access.model import Act, Role
from tripoint.base.database import make_engine
from tripoint.desks.subjects import work
from tripoint.desks.subjects.model import Received, RequestKind
from tripoint.words.people import PersonDescription, PersonName


def test_a_protector_sees_what_is_due_and_nobody_else_the_page(browser: Browser, world: World) -> None:
    officer = employ(world.database, world.owner, Role.DATA_PROTECTION_OFFICER, name="protector")
    person = PersonDescription((PersonName("Mireldo Antuvelas Corvey"),))
    engine = make_engine(world.database.app, pool=1)
    with visiting(engine, officer, Act.ADMIT_SUBJECT_REQUEST) as visit:
        came = Received(RequestKind.CORRECTION, "DPO 2026/17", datetime.now(UTC).date(), person)
        work.admit(visit, work.receive(visit, came).id, [])
    engine.dispose()
    with watched(browser, world, ROOM) as desk:
        desk.open("/")
        desk.sign_in(officer)
        desk.page.get_by_test_id("nav-requests").click()
        table = desk.page.get_by_test_id("requests")
        for said in ("DPO 2026/17", word("en", "request-correction"), word("en", "standing-admissible")):
            expect(table).to_contain_text(said)
        expect(table).to_contain_text(word("en", "requests-decide"))
        expect(desk.page.locator("main")).not_to_contain_text("Antuvelas")
        desk.check_access("room-requests")
    with watched(browser, world, ROOM) as other:
        other.open("/")
        other.sign_in(world.liaison)
        other.page.get_by_test_id("nav-sets").wait_for()
        expect(other.page.get_by_test_id("nav-requests")).to_have_count(0)
