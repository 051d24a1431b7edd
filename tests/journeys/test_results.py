"""Results on screen: an analyst counts and drafts, a second person publishes, editions stand side by side."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.desks.results.scene import Scene
from tests.journeys.stage import ROOM, World, watched
from tests.journeys.test_field import word
from tests.town import employ
from tripoint.access.model import Role


def test_figures_open_their_records_and_a_sheet_is_published_by_two(browser: Browser, world: World) -> None:
    scene = Scene(world.database)
    scene.file("arrest", times=6, line={"offence_group": "smuggling", "offence": "02031", "sex": "male"})
    scene.file("detection", times=9, line={"nationality": "VEN", "age_group": "adult", "mode": "land"})
    scene.victims("Sexual", 14)
    scene.victims("ForcedLabour", 3)
    with watched(browser, world, ROOM) as desk:
        desk.open("/#/results")
        desk.sign_in(scene.analyst)
        desk.page.get_by_test_id("figure-arrests").click()
        expect(desk.page.get_by_test_id("opened-records").locator("tbody tr")).to_have_count(6)
        desk.check_access("results-records")
        desk.page.keyboard.press("Escape")
        desk.page.get_by_test_id("draft-sheet").click()
        expect(desk.page.get_by_test_id("sheet")).to_contain_text(word("en", "results-own-draft"))
        expect(desk.page.get_by_test_id("approve-sheet")).to_have_count(0)
        desk.check_access("results-draft")
    with watched(browser, world, ROOM) as second:
        second.open("/#/results")
        second.sign_in(scene.chief)
        second.page.get_by_test_id("sheet-draft").click()
        second.page.get_by_test_id("approve-sheet").click()
        second.page.get_by_test_id("sheet-published").wait_for()
        with second.page.expect_download() as coming:
            second.page.get_by_test_id("sheet-pdf").click()
        assert coming.value.suggested_filename.endswith("results-1.pdf")
        second.page.get_by_test_id("nav-editions").click()
        expect(second.page.get_by_test_id("row-checks")).to_contain_text(word("en", "report-edition-not-published"))
        second.page.get_by_test_id("edition-first").select_option("Turquesa III")
        expect(second.page.get_by_test_id("row-checks")).to_contain_text(word("en", "report-edition-unlike-checks"))
        second.check_access("results-editions")
    # Whoever tells the press reads what was published, and is asked for nothing else.
    press = employ(world.database, scene.one, Role.PRESS_OFFICER, name="press")
    with watched(browser, world, ROOM) as reader:
        reader.open("/")
        reader.sign_in(press)
        reader.page.get_by_test_id("sheet-published").click()
        expect(reader.page.get_by_test_id("nav-results")).to_have_attribute("aria-current", "page")
        expect(reader.page.locator("nav [data-testid^=nav-]")).to_have_count(2)
        expect(reader.page.get_by_test_id("figures")).to_have_count(0)
        expect(reader.page.get_by_test_id("live")).to_have_count(0)
        reader.check_access("results-press")
