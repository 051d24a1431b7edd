"""The overview of an operation: a figure moves as the field reports, opens its records, and holds for every reader."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import FIELD, World, watched
from tests.journeys.test_room import number
from tests.town import PASSWORD
from tripoint.base.ids import uuid7

ROOM = {"width": 1366, "height": 768}
PEOPLE = {
    "nationality": "VEN", "nationality_basis": "stated", "age": 9, "accompaniment": "family", "sex": "female",
    "legs": [{"from": "VEN", "to": "COL"}],
}  # fmt: skip


def report(world: World, values: dict[str, Any]) -> None:
    """The field officer reports a person met at the bridge of Colombia, from a machine of his own."""
    post = next(str(post.id) for post in world.operation.posts if post.party == world.asker.code)
    at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    body = {"id": str(uuid7()), "operation": str(world.operation.id), "post": post, "happened_at": at, "values": values}
    with httpx2.Client(base_url=world.address) as client:
        signed = client.post("/api/sign-in", json={"name": world.field_officer.sign_in_name, "password": PASSWORD})
        cookie = signed.headers["set-cookie"].partition(";")[0]
        headers = {"x-csrf-token": signed.json()["csrf"], "cookie": cookie}
        assert client.post("/api/detections", json=body, headers=headers).status_code == 201


def fits(page: Page) -> None:
    """Nothing has to be scrolled to see the main parts."""
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    for part in ("figs", "centre", "time"):
        assert page.evaluate(f"(e => e.scrollHeight <= e.clientHeight + 1)(document.querySelector('.{part}'))"), part


def test_a_figure_moves_as_the_field_reports_and_opens_its_records(browser: Browser, world: World) -> None:
    with watched(browser, world, ROOM) as room:
        room.open("/")
        room.sign_in(world.coordinator)
        page = room.page
        page.locator("[data-testid=map][data-ready=true]").wait_for()
        fits(page)
        before = int(page.get_by_test_id("figure-detection").locator(".big").inner_text())
        report(world, PEOPLE)
        expect(page.get_by_test_id("figure-detection").locator(".big")).to_have_text(str(before + 1))
        expect(page.get_by_test_id("nationalities")).to_contain_text("Venezuela")
        expect(page.get_by_test_id("events")).to_contain_text("Venezuela")
        page.get_by_test_id("figure-detection").click()
        expect(page.get_by_test_id("drill-figure")).to_have_text(str(before + 1))
        expect(page.get_by_test_id("drill-lines").locator("tr")).to_have_count(before + 1)
        room.check_access("operation-room-drill")
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("drill")).to_have_count(0)

        # The period by keyboard; the address keeps it for whoever it is sent to.
        page.get_by_test_id("period-ends").focus()
        page.keyboard.press("Home")
        expect(page.get_by_test_id("unzoom")).to_be_visible()
        assert {"from", "to"} <= {part.partition("=")[0] for part in page.url.partition("?")[2].split("&")}
        expect(page.get_by_test_id("figure-detection").locator(".big")).to_have_text("0")
        page.get_by_test_id("filters-clear").click()
        expect(page.get_by_test_id("figure-detection").locator(".big")).to_have_text(str(before + 1))
        for view in ("routes", "steps", "events", "parties"):
            page.get_by_test_id(f"view-{view}").click()
            expect(page.get_by_test_id(view).last).to_be_visible()
        room.check_access("operation-room-parties")

        page.get_by_test_id("wall").click()
        expect(page.get_by_test_id("party-turn")).to_be_visible()
        fits(page)
        room.check_access("operation-room-wall")
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("filters")).to_be_visible()


def test_a_shared_address_shows_the_same_in_arabic_and_on_a_phone(browser: Browser, world: World) -> None:
    shared = f"/#/?operation={world.operation.id}&party={world.asker.code}&show=detection"
    with watched(browser, world, FIELD) as phone:
        phone.open(shared)
        phone.page.get_by_test_id("language").select_option("ar")
        phone.sign_in(world.coordinator)
        phone.page.locator("[data-testid=map][data-ready=true]").wait_for()
        expect(phone.page.get_by_test_id("filter-party")).to_have_value(world.asker.code)
        expect(phone.page.get_by_test_id("show-detection")).to_be_checked()
        assert number(phone.page, "checks-total") >= 0
        assert phone.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        phone.check_access("operation-room-phone-ar")


def test_a_national_coordinator_sends_the_report_of_the_day(browser: Browser, world: World) -> None:
    with watched(browser, world, FIELD) as phone:
        phone.open("/#/situation")
        phone.sign_in(world.liaison)
        page = phone.page
        page.get_by_test_id("sit-arrests").fill("2")
        page.get_by_test_id("sit-submit").click()
        expect(page.get_by_test_id("situation-reports").get_by_role("listitem")).to_contain_text("Brazil")
        phone.check_access("situation-sent")
