"""Two examiners of two countries: one looks at a pair and asks for the specimens; no case is linked by that alone."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desks.ballistics.made import InMemory, x3p_text
from tests.journeys.stage import World, watched
from tests.town import employ
from tripoint.access.model import Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.desks.ballistics import jobs
from tripoint.doors.searching import Waker

ASK = """async ([path, body]) => {
  const { csrf } = await (await fetch('/api/session')).json();
  const headers = {'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID()};
  const answer = await fetch(path, {method: 'POST', headers, body: JSON.stringify(body)});
  if (!answer.ok) throw new Error(await answer.text());
}"""
SIZE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


@pytest.fixture(scope="module", autouse=True)
def _by_hand() -> Generator[None]:
    """The worker's process stays away: the journey does its steps itself, with a collection in memory."""
    with patch.object(Waker, "wake", lambda *_: None):
        yield


def worked(world: World) -> None:
    relay = make_engine(world.database.relay, role=RELAY_ROLE, pool=1)
    collection = InMemory()
    with transaction(relay) as session:
        jobs.mend(session, collection)
    while jobs.work(lambda: transaction(relay), collection):
        pass
    relay.dispose()


def exhibit(page: Page, case: str) -> UUID:
    which, everyone = uuid4(), {"meeting": {"kind": "everyone"}}
    body: dict[str, Any] = {"id": str(which), "kind": "cartridge_case", "case_reference": case, "terms": everyone}
    page.evaluate(ASK, ["/api/exhibits", body | {"calibre": "9x19"}])
    scan = {"id": str(uuid4()), "region": "breech-face", "file": x3p_text(41)}
    page.evaluate(ASK, [f"/api/exhibits/{which}/scans", scan])
    return which


def test_a_pair_is_looked_at_and_its_specimens_are_asked_for(browser: Browser, world: World) -> None:
    here, there = (employ(world.database, party, Role.ANALYST) for party in (world.asker, world.owner))
    with watched(browser, world, SIZE) as brazil:
        brazil.open("/#/ballistics")
        brazil.sign_in(there)
        exhibit(brazil.page, "BR 7/2026")
    with watched(browser, world, SIZE) as colombia:
        page = colombia.page
        colombia.open("/#/ballistics")
        colombia.sign_in(here)
        which = exhibit(page, "CO 17/2026")
        worked(world)
        page.evaluate(f"location.hash = '#/ballistics/exhibit/{which}'")
        page.get_by_test_id("scan-search").click()
        expect(page.get_by_test_id("run-pane")).to_be_visible()
        worked(world)
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
