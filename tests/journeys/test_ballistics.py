"""Two examiners of two countries: one looks at a pair and asks for the specimens; no case is linked by that alone."""

from __future__ import annotations

from collections.abc import Callable, Generator
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.desks.ballistics.made import InMemory, x3p
from tests.journeys.stage import World, watched
from tests.town import employ, visiting
from tripoint.access.model import Account, Act, Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.desks.ballistics import jobs, scanning, work as desk
from tripoint.desks.ballistics.codes import ExhibitKind
from tripoint.desks.ballistics.model import Content, NewScan
from tripoint.doors.searching import Waker
from tripoint.records.model import Audience, AudienceKind, Terms

SIZE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


@pytest.fixture(scope="module", autouse=True)
def _by_hand() -> Generator[None]:
    """The worker's process stays away: the journey does its steps itself, with a collection in memory."""
    with patch.object(Waker, "wake", lambda *_: None):
        yield


@pytest.fixture(scope="module")
def worked(world: World) -> Generator[Callable[[], None]]:
    """Does what waits for the worker."""
    relay, collection = make_engine(world.database.relay, role=RELAY_ROLE, pool=1), InMemory()

    def work() -> None:
        while jobs.work(lambda: transaction(relay), collection):
            pass

    yield work
    relay.dispose()


def exhibit(world: World, examiner: Account, case: str) -> UUID:
    """An exhibit with its scan, for everybody to meet."""
    which, engine = uuid4(), make_engine(world.database.app, pool=1)
    terms = Terms(meeting=Audience(AudienceKind.EVERYONE))
    with visiting(engine, examiner, Act.FILE_EXHIBIT) as visit:
        desk.file(visit, which, Content(ExhibitKind.CARTRIDGE_CASE, case, calibre="9x19", terms=terms))
    with visiting(engine, examiner, Act.CORRECT_EXHIBIT) as visit:
        scanning.add(visit, which, NewScan(uuid4(), "breech-face", x3p(41)))
    engine.dispose()
    return which


def test_a_pair_is_looked_at_and_its_specimens_are_asked_for(
    browser: Browser, world: World, worked: Callable[[], None]
) -> None:
    here, there = (employ(world.database, party, Role.ANALYST) for party in (world.asker, world.owner))
    exhibit(world, there, "BR 7/2026")
    which = exhibit(world, here, "CO 17/2026")
    worked()
    with watched(browser, world, SIZE) as colombia:
        page = colombia.page
        colombia.open(f"/#/ballistics/exhibit/{which}")
        colombia.sign_in(here)
        page.get_by_test_id("scan-search").click()
        expect(page.get_by_test_id("run-pane")).to_be_visible()
        worked()
        expect(page.get_by_test_id("searched")).to_contain_text("1 ")
        page.get_by_test_id("candidate-open").click()
        stage = page.get_by_test_id("stage")
        expect(stage).to_have_attribute("data-painter", "webgl")
        expect(page.get_by_test_id("figures")).to_contain_text("9 of 12")
        stage.focus()
        page.keyboard.press("Shift+ArrowRight")
        expect(page.get_by_test_id("pose-reset")).to_be_enabled()
        for key in ("r", "2", "]", "b", "i"):
            page.keyboard.press(key)
        expect(page.get_by_test_id("pose-reset")).to_be_disabled()
        expect(page.get_by_test_id("hidden")).to_be_visible()  # blind: neither figures nor cases
        expect(page.get_by_test_id("pair")).not_to_contain_text("BR 7/2026")
        expect(page.get_by_test_id("kept-picture")).to_have_count(1)
        colombia.check_access("ballistics-pair")
        page.keyboard.press("b")
        page.get_by_test_id("verdict-reason").fill("Nine cells agree on one pose")
        page.get_by_test_id("verdict-potential").click()
        expect(page.get_by_test_id("verdict-said")).to_be_visible()
        page.get_by_test_id("verdict-reason").fill("Please send the case")
        page.get_by_test_id("ask-physical").click()
        expect(page.get_by_test_id("link-state")).to_have_text("specimens asked for")
        expect(page.get_by_test_id("cases")).to_have_count(0)
        page.get_by_test_id("language").select_option("ar")
        page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        page.get_by_test_id("link-look").click()
        expect(stage).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        colombia.check_access("ballistics-phone-ar")
