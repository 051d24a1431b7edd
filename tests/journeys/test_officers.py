"""Officers on screen: an administrator adds one, hands over his first password, changes him, takes his factors away."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.journeys.stage import ROOM, World, watched
from tests.journeys.test_field import word
from tests.town import as_owner, employ, rows
from tripoint.access.model import Role


def test_an_administrator_keeps_the_officers_of_his_party(browser: Browser, world: World) -> None:
    chief = employ(world.database, world.owner, Role.PARTY_ADMINISTRATOR, name="chief")
    with watched(browser, world, ROOM) as desk:
        page = desk.page
        desk.open("/")
        desk.sign_in(chief)
        expect(page.get_by_test_id("nav-officers")).to_have_attribute("aria-current", "page")  # his first page
        desk.check_access("room-officers")
        page.get_by_test_id("officer-sign-in").fill("nova")
        page.get_by_test_id("officer-name").fill("Nova Inventada")
        page.get_by_test_id("officer-agency").select_option(index=1)
        page.get_by_test_id("role-analyst").focus()
        page.keyboard.press("Space")
        page.get_by_test_id("officer-save").click()
        assert len(page.get_by_test_id("initial-password").inner_text()) > 20
        desk.check_access("room-officer-handed")
        page.keyboard.press("Escape")
        nova = page.locator(f'[data-name="nova@{world.owner.code.lower()}"]')
        expect(nova).to_contain_text(word("en", "role-analyst"))
        nova.get_by_test_id("officer-change").click()
        page.get_by_test_id("officer-dialog").get_by_test_id("role-viewer").check()
        page.get_by_test_id("officer-dialog").get_by_test_id("officer-save").click()
        expect(nova).to_contain_text(word("en", "role-viewer"))
        nova.get_by_test_id("officer-factors").click()
        nova.get_by_test_id("officer-strike").click()
        expect(nova).to_contain_text(word("en", "officer-struck-off"))
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        desk.check_access("room-officers-phone")
    with as_owner(world.database) as owner:
        acts = {row[0] for row in rows(owner, "select act from audit where officer = %(id)s", id=chief.id)}
    assert {"add_officer", "change_officer", "reset_factors"} <= acts


def test_who_keeps_the_hub_reads_nothing_and_lands_on_the_own_account(browser: Browser, world: World) -> None:
    operator = employ(world.database, world.unit, Role.HUB_OPERATOR, name="keeper")
    with watched(browser, world, ROOM) as desk:
        desk.open("/#/hits")
        desk.sign_in(operator)
        expect(desk.page.get_by_test_id("nav-account")).to_have_attribute("aria-current", "page")
        expect(desk.page.get_by_test_id("live")).to_have_count(0)
        expect(desk.page.get_by_test_id("problem")).to_have_count(0)
        desk.check_access("room-own-account")
