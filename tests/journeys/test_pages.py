"""Every page of the room, for whoever may open all of them: three languages, day and night, desk and phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.stage import FIELD, ROOM, World, watched
from tests.journeys.test_field import word
from tests.journeys.test_people import reported
from tests.town import employ
from tripoint.access.model import Account, Role

ALL = frozenset(Role) - {Role.PRESS_OFFICER, Role.HUB_OPERATOR, Role.AUDITOR}
PAGES = (
    "room", "hits", "checks", "reports", "seizures", "victims", "interviews", "firearms", "ballistics", "dealers",
    "traces", "modi", "sets", "records", "operation", "readiness", "situation", "results", "editions", "requests",
    "approvals", "officers", "devices",
)  # fmt: skip
FIT = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def reader(world: World) -> Account:
    """An officer with every role of content who keeps accounts besides; victims and an interview are there to see."""
    reported(world)
    return employ(world.database, world.asker, *ALL, name="everything")


@pytest.mark.parametrize(
    ("language", "theme", "size"), [("en", "night", ROOM), ("es", "day", FIELD), ("ar", "day", ROOM)]
)
def test_every_page_is_open_to_everybody(
    browser: Browser, world: World, reader: Account, language: str, theme: str, size: dict[str, int]
) -> None:
    with watched(browser, world, size) as visit:
        page = visit.page
        visit.open("/")
        page.get_by_test_id("language").select_option(language)
        if theme == "day":
            page.get_by_test_id("theme").click()
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        expect(page.get_by_test_id("enter")).to_have_text(word(language, "sign-in"))
        visit.check_access(f"page-sign-in-{language}")
        visit.sign_in(reader)
        assert page.evaluate("document.documentElement.dir || 'ltr'") == ("rtl" if language == "ar" else "ltr")
        page.locator("[data-testid=map][data-ready=true]").wait_for()
        assert [one.get_attribute("data-testid") for one in page.locator("nav a[data-testid^=nav-]").all()] == [
            f"nav-{name}" for name in PAGES
        ]
        for name in PAGES:
            page.get_by_test_id(f"nav-{name}").click()
            expect(page.get_by_test_id(f"nav-{name}")).to_have_attribute("aria-current", "page")
            expect(page.locator("main h1, main h2").first).to_be_attached()
            expect(page.locator("main")).not_to_contain_text(word(language, "loading"))
            expect(page.get_by_test_id("problem")).to_have_count(0)
            visit.check_access(f"page-{name}-{language}")
            assert page.evaluate(FIT), name
