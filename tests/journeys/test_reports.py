"""What the field reports: written without network and sent once; corrected and confirmed in the room."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.stage import ROOM, World, watched
from tests.journeys.test_field import word
from tests.town import as_owner, employ, rows
from tripoint.access.model import Role

PHONE = {"width": 390, "height": 844}


def said(language: str, name: str) -> str:
    """The word of a page about reports."""
    return word(f"occurrences/{language}", name)


def filed(world: World, kind: str) -> int:
    """How many reports of a kind the hub has."""
    with as_owner(world.database) as owner:
        return int(rows(owner, "select count(*) from occurrence where kind = %(kind)s", kind=kind)[0][0])


def reports(page: Page) -> list[dict[str, Any]]:
    """The detections that the page sends, as they go."""
    sent: list[dict[str, Any]] = []

    def keep(request: Request) -> None:
        if request.url.endswith("/api/detections") and request.method == "POST":
            sent.append(json.loads(request.post_data or "{}"))

    page.on("request", keep)
    return sent


def write_detection(page: Page) -> None:
    """A child of a family, on the way from Colombia to Panama."""
    page.get_by_test_id("report-next").click()
    page.get_by_test_id("field-nationality-search").fill("vene")
    page.get_by_test_id("field-nationality-VEN").click()
    page.get_by_test_id("field-age_group-child").check(force=True)
    expect(page.get_by_test_id("report-say-child")).to_be_visible()
    page.get_by_test_id("report-next").click()
    page.get_by_test_id("field-accompaniment-family").check(force=True)
    page.get_by_test_id("report-next").click()
    page.get_by_test_id("report-next").click()
    page.get_by_test_id("field-legs-more").click()
    page.get_by_test_id("field-legs.0.from-search").fill("colom")
    page.get_by_test_id("field-legs.0.from-COL").click()
    page.get_by_test_id("report-next").click()
    expect(page.get_by_test_id("field-legs.0.to")).to_contain_text(said("en", "report-need-answer"))
    page.get_by_test_id("field-legs.0.to-search").fill("panam")
    page.get_by_test_id("field-legs.0.to-PAN").click()
    page.get_by_test_id("report-next").click()
    page.get_by_test_id("report-to-end").click()


def test_a_detection_waits_for_the_network_and_is_sent_once(browser: Browser, world: World) -> None:
    with watched(browser, world, PHONE) as visit:
        visit.expected += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
        page = visit.page
        visit.open("/field")
        visit.sign_in(world.field_officer)
        sent = reports(page)
        page.get_by_test_id("desk-reports").click()
        page.get_by_test_id("report-detection").wait_for()
        visit.check_access("reports-field")
        page.context.set_offline(True)
        page.get_by_test_id("report-detection").click()
        expect(page.get_by_test_id("report-say-detection")).to_contain_text("not a suspect")
        write_detection(page)
        visit.check_access("reports-review")
        page.get_by_test_id("report-send").click()
        expect(page.get_by_test_id("report-done")).to_have_attribute("data-state", "waiting")
        assert filed(world, "detection") == 0
        assert "VEN" not in kept_in_plain(page)
        page.context.set_offline(False)
        expect(page.get_by_test_id("report-done")).to_have_attribute("data-state", "sent")
        assert "VEN" not in kept_in_plain(page)
        page.get_by_test_id("report-next-of-group").click()
        page.get_by_test_id("report-next").click()
        expect(page.get_by_test_id("field-nationality-chosen")).to_contain_text("Venezuela")
        expect(page.get_by_test_id("field-age_group-child")).not_to_be_checked()
        page.get_by_test_id("report-later").click()
        page.get_by_test_id("settings").locator("summary").click()
        page.get_by_test_id("sign-out").click()
        expect(page.get_by_test_id("leaving")).to_contain_text("1")
        page.get_by_test_id("leaving-go").click()
        page.get_by_test_id("sign-in").wait_for()
        page.wait_for_function(f"({HELD})().then(held => held === '[]')")
    assert len({one["id"] for one in sent}) == 1
    assert sent[0]["values"]["legs"] == [{"from": "COL", "to": "PAN"}]
    assert filed(world, "detection") == 1


def kept_in_plain(page: Page) -> str:
    """Everything that the phone's outbox holds, as whoever opens the phone would read it."""
    return str(page.evaluate(HELD))


# What the outbox holds, letter by letter.
HELD = """async () => {
    const done = (asked) => new Promise((found) => { asked.onsuccess = () => found(asked.result); });
    const database = await done(indexedDB.open('tripoint-reports'));
    const held = await done(database.transaction('sealed').objectStore('sealed').getAll());
    database.close();
    return JSON.stringify(held.map((one) => [one.officer, new TextDecoder('latin1').decode(one.bytes)]));
}"""


def test_a_refused_interview_stops_and_keeps_the_refusal_alone(browser: Browser, world: World) -> None:
    with watched(browser, world, PHONE) as visit:
        page = visit.page
        visit.open("/field")
        page.get_by_test_id("language").select_option("ar")
        visit.sign_in(world.field_officer)
        page.get_by_test_id("desk-reports").click()
        page.get_by_test_id("report-interview").click()
        page.get_by_test_id("report-next").click()
        page.get_by_test_id("input-reference").fill("R-1")
        page.get_by_test_id("field-outcome-held").check(force=True)
        page.get_by_test_id("field-language-search").fill("ht")
        page.get_by_test_id("field-language-ht").click()
        page.get_by_test_id("field-voluntary-no").click(force=True)
        expect(page.get_by_test_id("report-stopped")).to_be_visible()
        visit.check_access("reports-stopped-ar")
        page.get_by_test_id("report-stopped-record").click()
        page.get_by_test_id("report-next").click()
        page.get_by_test_id("report-send").click()
        expect(page.get_by_test_id("report-done")).to_have_attribute("data-state", "sent")
    assert filed(world, "interview") == 1


def test_an_arrest_is_filed_corrected_and_confirmed_at_the_desk(browser: Browser, world: World) -> None:
    analyst = employ(world.database, world.asker, Role.ANALYST, name="results")
    with watched(browser, world, ROOM) as visit:
        page = visit.page
        visit.open("/#/reports/arrest")
        page.get_by_test_id("language").select_option("es")
        visit.sign_in(analyst)
        page.get_by_test_id("kind-arrest").click()
        page.get_by_test_id("file-report").click()
        page.get_by_test_id("report-next").click()
        page.get_by_test_id("field-offence-search").fill("08051")
        page.get_by_test_id("field-offence-08051").click()
        page.get_by_test_id("report-next").click()
        page.get_by_test_id("field-basis-observation").check(force=True)
        page.get_by_test_id("report-to-end").click()
        page.get_by_test_id("report-send").click()
        detail = page.get_by_test_id("report-detail")
        expect(detail).to_have_attribute("data-state", "preliminary")
        visit.check_access("reports-room-es")
        page.get_by_test_id("correct-report").click()
        page.get_by_test_id("correct-reason").fill("Segunda declaración")
        page.get_by_test_id("report-next").click()
        page.get_by_test_id("field-basis-investigation").check(force=True)
        page.get_by_test_id("report-to-end").click()
        page.get_by_test_id("report-send").click()
        expect(detail).to_have_attribute("data-version", "2")
        expect(page.get_by_test_id("changed-basis").first).to_contain_text("Una investigación")
        page.get_by_test_id("decide-reason").fill("Expediente completo")
        page.get_by_test_id("decide-confirmed").click()
        expect(detail).to_have_attribute("data-state", "confirmed")
        expect(page.get_by_test_id("line")).to_have_attribute("data-state", "confirmed")
