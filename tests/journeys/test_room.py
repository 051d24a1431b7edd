"""The operations room: the owner's desk beside the searcher's phone, the coordinator looking on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import FIELD, ROOM, STOLEN, World, watched
from tests.journeys.test_field import ask_for_document, ask_for_person, word


def number(page: Page, testid: str) -> int:
    return int("".join(c for c in page.get_by_test_id(testid).inner_text() if c.isdigit()) or 0)


@pytest.mark.slow
def test_the_owner_confirms_and_the_searcher_is_told_live(browser: Browser, world: World) -> None:
    with (
        watched(browser, world, ROOM) as room,
        watched(browser, world, ROOM) as desk,
        watched(browser, world, FIELD) as phone,
    ):
        for visit, path, account in (
            (room, "/", world.coordinator), (desk, "/", world.liaison), (phone, "/field", world.field_officer),
        ):  # fmt: skip
            visit.open(path)
            visit.sign_in(account)
        room.page.locator("[data-testid=map][data-ready=true]").wait_for()
        expect(room.page.get_by_test_id("live")).to_have_text(word("en", "live"))
        checks, confirmed = number(room.page, "checks-total"), number(room.page, "hits-confirmed")
        opened = number(room.page, "hits-open")

        ask_for_document(phone.page, STOLEN[0])
        expect(phone.page.get_by_test_id("hit-state")).to_have_text(word("en", "state-new"))

        expect(room.page.get_by_test_id("checks-total")).to_have_text(str(checks + 1))
        expect(room.page.get_by_test_id("hits-open")).to_have_text(str(opened + 1))
        room.page.get_by_test_id("view-posts").click()
        expect(room.page.get_by_test_id("posts")).to_contain_text("Bridge of COL")
        room.page.get_by_test_id("view-parties").click()
        expect(room.page.get_by_test_id("party-COL")).to_contain_text("Colombia")
        room.check_access("room-overview")

        expect(desk.page.get_by_test_id("announcement").first).to_be_visible()
        desk.page.get_by_test_id("nav-hits").click()
        desk.page.get_by_test_id("queue-hit").first.get_by_role("link").click()
        row = desk.page.get_by_test_id("compared-number")
        expect(row).to_have_attribute("data-verdict", "same")
        expect(row).to_contain_text(STOLEN[0])
        expect(desk.page.get_by_test_id("outcome")).to_have_count(0)
        desk.page.get_by_test_id("confirm").click()
        expect(desk.page.get_by_test_id("reason")).to_be_focused()  # no decision without a reason
        desk.check_access("room-hit-needs-reason")
        desk.page.get_by_test_id("reason").fill("Reported stolen at Lisboa do Norte in May; number and type fit.")
        desk.page.get_by_test_id("confirm").click()
        expect(desk.page.get_by_test_id("hit-detail")).to_have_attribute("data-state", "confirmed")
        expect(desk.page.get_by_test_id("history")).to_contain_text("Reported stolen")
        desk.check_access("room-hit-confirmed")

        expect(phone.page.get_by_test_id("hit-state")).to_have_text(word("en", "state-confirmed"))
        expect(phone.page.get_by_test_id("sign")).to_contain_text(word("en", "sign-confirmed"))
        phone.check_access("field-confirmed")
        expect(room.page.get_by_test_id("hits-confirmed")).to_have_text(str(confirmed + 1))


@pytest.mark.parametrize(("language", "theme"), [("en", "night"), ("ar", "day")])
def test_the_owner_sees_the_names_word_by_word(browser: Browser, world: World, language: str, theme: str) -> None:
    with watched(browser, world, FIELD) as phone, watched(browser, world, ROOM) as desk:
        phone.open("/field")
        phone.sign_in(world.field_officer)
        ask_for_person(phone.page, "Oribe, Mireldo Antu Velas Corbey")
        desk.open("/")
        desk.page.get_by_test_id("language").select_option(language)
        if theme == "day":
            desk.page.get_by_test_id("theme").click()
        desk.sign_in(world.liaison)
        desk.page.get_by_test_id("nav-hits").click()
        desk.page.get_by_test_id("queue-hit").first.get_by_role("link").click()
        expect(desk.page.get_by_test_id("compared-name")).to_be_visible()
        manners = {one.get_attribute("data-manner") for one in desk.page.get_by_test_id("aligned").all()}
        assert {"same", "joined", "only_asked"} <= manners
        expect(desk.page.get_by_test_id("alignment")).to_contain_text(word(language, "manner-joined"))
        desk.check_access(f"room-alignment-{language}-{theme}")


def test_a_wrong_password_says_so_and_tells_nothing(browser: Browser, world: World) -> None:
    with watched(browser, world, ROOM) as visit:
        visit.expected.append(r"status of 401 .*/api/sign-in")
        visit.open("/")
        visit.page.get_by_test_id("name").fill("nobody@col")
        visit.page.get_by_test_id("password").fill("not the password")
        visit.page.get_by_test_id("enter").click()
        expect(visit.page.get_by_test_id("problem")).to_be_visible()
        visit.check_access("room-wrong-password")


def test_signing_out_leaves_nothing_to_see(browser: Browser, world: World) -> None:
    with watched(browser, world, ROOM) as visit:
        visit.open("/")
        visit.sign_in(world.coordinator)
        visit.page.get_by_test_id("sign-out").click()
        visit.page.get_by_test_id("sign-in").wait_for()
        visit.page.go_back()
        visit.open("/#/hits")
        visit.page.get_by_test_id("sign-in").wait_for()
        expect(visit.page.get_by_test_id("queue")).to_have_count(0)
