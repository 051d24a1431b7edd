"""Records kept on screen: what comes due, a release, a merge and an export asked, erasing; a person's whole request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, expect

from tests.journeys.stage import ROOM, World, watched
from tests.journeys.test_field import word
from tests.journeys.test_two_people import signed_in
from tests.town import employ
from tripoint.access.model import Account, Role

FIT = "document.documentElement.scrollWidth <= innerWidth"
PERSON = {"status": "wanted", "names": [{"full": "Mireldo Antuvelas Corvey"}], "births": ["1976-05-12"]}


def entered(world: World, writer: Account, kind: str, content: dict[str, Any], **more: object) -> str:
    """A record of the owner, entered as his own page would."""
    with signed_in(world, writer.sign_in_name) as client:
        made = client.post(f"/api/records/{kind}", json={"content": content, **more})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])


def test_a_keeper_renews_erases_and_asks_for_what_needs_two(browser: Browser, world: World) -> None:
    soon = (datetime.now(UTC).date() + timedelta(days=20)).isoformat()
    car = {"status": "stolen", "plate": "DUE123"}
    for plate in ("DUE123", "DUE124"):
        entered(world, world.liaison, "vehicle", car | {"plate": plate}, retain_until=soon)
    kept, gone = (entered(world, world.liaison, "person", PERSON) for _ in range(2))
    with watched(browser, world, ROOM) as desk:
        page = desk.page
        desk.open("/#/records")
        desk.sign_in(world.liaison)
        expect(page.get_by_test_id("due-record")).to_have_count(2)
        expect(page.get_by_test_id("due")).to_contain_text(word("en", "due-soon"))
        page.get_by_test_id("renew").first.focus()
        page.keyboard.press("Enter")
        page.get_by_test_id("renew-now").click()
        expect(page.get_by_test_id("renew-dialog")).to_contain_text(word("en", "need-fuller-reason"))
        desk.check_access("room-renew")
        page.get_by_test_id("renew-reason").fill("The court still asks for it.")
        page.get_by_test_id("renew-now").click()
        expect(page.get_by_test_id("due-record")).to_have_count(1)
        page.get_by_test_id("erase").click()
        page.get_by_test_id("erase-reason").fill("The car was scrapped in May.")
        page.get_by_test_id("erase-now").click()
        expect(page.get_by_test_id("erase-proof")).to_be_visible()
        desk.check_access("room-erased")
        page.get_by_test_id("erase-seen").click()
        expect(page.get_by_test_id("due")).to_contain_text(word("en", "due-none"))

        page.get_by_test_id("record-id").fill(kept)
        page.get_by_test_id("record-go").click()
        page.get_by_test_id("record-reason").fill("The court of the port asks.")
        page.get_by_test_id("record-open").click()
        expect(page.get_by_test_id("record-facts")).to_contain_text("Mireldo Antuvelas Corvey")
        desk.check_access("room-record")
        page.get_by_test_id("ask-release").click()
        page.get_by_test_id("release-readers").select_option("everyone")
        page.get_by_test_id("release-reason").fill("Everybody looks for him.")
        desk.check_access("room-release")
        page.get_by_test_id("release-send").click()
        expect(page.get_by_test_id("record-asked")).to_be_visible()
        page.get_by_test_id("ask-merge").click()
        page.get_by_test_id("merge-other").fill(gone)
        page.get_by_test_id("merge-send").click()
        expect(page.get_by_test_id("merge-facts")).to_contain_text("Mireldo Antuvelas Corvey")
        page.get_by_test_id("merge-reason").fill("The same name and day.")
        page.get_by_test_id("merge-send").click()
        expect(page.get_by_test_id("merge-dialog")).to_have_count(0)
        page.get_by_test_id("record-history").click()
        expect(page.get_by_test_id("record-revisions").locator("li")).to_have_count(1)
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate(FIT)
        desk.check_access("room-record-phone")
        page.goto(f"{world.address}/#/approvals")
        for said in ("Everybody looks for him.", "The same name and day."):
            expect(page.get_by_test_id("approvals")).to_contain_text(said)


def test_a_request_is_received_admitted_decided_and_answered_by_letter(browser: Browser, world: World) -> None:
    protector = employ(world.database, world.owner, Role.DATA_PROTECTION_OFFICER, name="answers")
    listed = entered(world, world.liaison, "person", PERSON)
    with watched(browser, world, ROOM) as desk:
        page = desk.page
        desk.open("/#/requests")
        desk.sign_in(protector)
        page.get_by_test_id("request-new").click()
        page.get_by_test_id("request-reference").fill("DPO 2026/18")
        page.get_by_test_id("request-names").fill("Mireldo Antuvelas Corvey")
        page.get_by_test_id("request-births").fill("1976-05-12")
        desk.check_access("room-request-new")
        page.get_by_test_id("request-send").click()
        expect(page.get_by_test_id("request-detail")).to_have_attribute("data-state", "received")
        desk.check_access("room-request-received")
        page.get_by_test_id("admit").click()
        expect(page.get_by_test_id("request-detail")).to_have_attribute("data-state", "admissible")
        expect(page.get_by_test_id("request-detail")).to_contain_text("4 months")
        page.get_by_test_id("concern-id").fill(listed)  # searching is proven without a browser: tests/desks/subjects
        page.get_by_test_id("concern").click()
        page.get_by_test_id("maybe").first.wait_for()
        page.get_by_test_id("decision").select_option("told")
        page.get_by_test_id("deed").first.select_option("told")
        page.get_by_test_id("decision-words").fill("You are wanted by the court of Arvandel.")
        page.get_by_test_id("decision-reason").fill("The court agrees.")
        desk.check_access("room-request-deciding")
        page.get_by_test_id("decide-request").click()
        expect(page.get_by_test_id("request-own")).to_contain_text("The court agrees.")
        page.get_by_test_id("answer-request").click()
        letter = page.get_by_test_id("letter")
        for said in ("DPO 2026/18", "You are wanted by the court of Arvandel.", word("en", "letter-complain")):
            expect(letter).to_contain_text(said)
        desk.check_access("room-letter")
        with page.expect_download():
            page.get_by_test_id("letter-save").click()
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate(FIT)
