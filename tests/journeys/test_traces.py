"""A trace on screen: one party asks with a suggestion, the other answers with an interval, the chain and the tables."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.journeys.stage import ROOM, World, watched
from tests.journeys.test_field import word
from tests.town import employ
from tripoint.access.model import Role


def test_a_firearm_is_traced_from_one_party_to_another(browser: Browser, world: World) -> None:
    asker = employ(world.database, world.asker, Role.LIAISON_OFFICER, name="tracer")
    with watched(browser, world, ROOM) as desk:
        page = desk.page
        desk.open("/#/traces/new")
        desk.sign_in(asker)
        page.get_by_test_id("ask-serial").fill("TBK 482915")
        page.get_by_test_id("ask-make").fill("Taurus")
        page.get_by_test_id("ask-calibre").fill("9x19")
        page.get_by_test_id("ask-day").fill("2026-03-20")
        page.get_by_test_id("ask-use").fill("criminal investigation")
        page.get_by_test_id("ask-suggest").click()
        expect(page.get_by_test_id("suggestions").locator("li")).to_have_count(2)  # Brazil first, and the works abroad
        expect(page.get_by_test_id("ask-party")).to_have_value("BRA")
        desk.check_access("traces-ask")
        page.get_by_test_id("ask-submit").click()
        expect(page.get_by_test_id("trace-detail")).to_have_attribute("data-state", "submitted")
        made = page.url
    with watched(browser, world, ROOM) as other:
        page = other.page
        other.open(made[made.index("/#") :])
        other.sign_in(world.liaison)
        page.get_by_test_id("trace-acknowledged").click()
        page.get_by_test_id("trace-answer-now").click()
        page.get_by_test_id("step-role").select_option("buyer")
        page.get_by_test_id("step-since").fill("2026-01-10")
        page.get_by_test_id("step-holder").fill("Comprador Inventado")
        page.get_by_test_id("limit-intelligence_only").check()
        other.check_access("traces-answering")
        page.get_by_test_id("answer-send").click()
        expect(page.get_by_test_id("trace-detail")).to_have_attribute("data-state", "answered")
        page.get_by_test_id("trace-comment").fill("sold over the counter")
        page.get_by_test_id("trace-send-comment").click()
        expect(page.get_by_test_id("trace-thread")).to_contain_text("sold over the counter")
    with watched(browser, world, ROOM) as desk:
        page = desk.page
        desk.open(made[made.index("/#") :])
        desk.sign_in(asker)
        expect(page.get_by_test_id("limits").first).to_contain_text(word("en", "choice-trace-intelligence-only"))
        expect(page.get_by_test_id("chain")).to_be_visible()
        expect(page.get_by_test_id("time-to-crime")).to_contain_text("69")
        expect(page.get_by_test_id("diversion")).to_be_visible()
        expect(page.get_by_text("Comprador Inventado")).to_have_count(0)  # the interval was released, not the name
        desk.check_access("traces-chain")
        page.get_by_test_id("traces-tables").click()
        page.get_by_test_id("table-sdg_16_4_2").get_by_test_id("cell").nth(1).click()
        expect(page.get_by_test_id("behind-count")).to_contain_text("1")
        page.keyboard.press("Escape")
        desk.check_access("traces-tables")
        page.get_by_test_id("language").select_option("ar")
        page.evaluate("address => { location.hash = address }", made[made.index("#") :])
        expect(page.get_by_test_id("timeline")).to_be_visible()
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        desk.check_access("traces-phone-ar")
