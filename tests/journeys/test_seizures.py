"""Seizures on screen: doubts before totals, one seizure with its packages, a price, and what a headline rests on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, expect

from tests.journeys.stage import FIELD, ROOM, World, watched
from tests.journeys.test_field import word
from tests.town import employ, visiting
from tripoint.access.model import Act, Role
from tripoint.base.database import make_engine
from tripoint.base.ids import uuid7
from tripoint.records.occurrences import work
from tripoint.records.occurrences.model import Filing, OccurrenceKind
from tripoint.wiring import FOLLOWED_UP

KIND = OccurrenceKind.SEIZURE
ITEMS: tuple[list[dict[str, Any]], ...] = (
    [
        {"category": "vehicle", "quantity": "1", "make": "lorry"},
        {"category": "package", "quantity": "3", "inside": 1},
        {
            "category": "drug", "unit": "kilogram", "quantity": "120", "reported_as": "cloridrato de cocaína",
            "inside": 2,
        },
        {"category": "ammunition", "quantity": "400", "calibre": "9 mm", "inside": 1},
    ],
    [{"category": "drug", "unit": "tonne", "quantity": "9000", "substance": "heroin"}],
    [{"category": "precursor", "unit": "litre", "quantity": "200", "reported_as": "acetona"}],
)  # fmt: skip


def file(world: World) -> list[UUID]:
    """What Brazil seized, filed as an officer files it."""
    writer = employ(world.database, world.owner, Role.ANALYST, name="weigher")
    engine = make_engine(world.database.app, pool=1)
    made = []
    for items in ITEMS:
        with visiting(engine, writer, Act.FILE_OCCURRENCE) as visit:
            at = datetime.now(UTC) - timedelta(minutes=5)
            filing = Filing(uuid7(), KIND, world.operation.id, at, {"items": items})
            made.append(work.file(visit, filing, FOLLOWED_UP[KIND])[0].id)
    engine.dispose()
    return made


def test_doubts_come_before_totals_and_a_price_says_what_it_rests_on(browser: Browser, world: World) -> None:
    first, heavy, _ = file(world)
    with watched(browser, world, ROOM) as desk:
        desk.open("/#/seizures")
        desk.sign_in(world.liaison)
        page = desk.page
        expect(page.get_by_test_id("open-gates")).to_contain_text("1")
        page.get_by_test_id("headline-usd").fill("5700000000")
        expect(page.get_by_test_id("headline-basis")).to_contain_text("9,000,120")
        desk.check_access("seizures-totals")
        page.goto(f"{desk.address}/#/seizures/{heavy}")
        page.get_by_test_id("gate-reason").fill("the laboratory says nine kilograms")
        page.get_by_test_id("gate-wrong").click()
        expect(page.get_by_test_id("item-1")).to_contain_text(word("en", "seizures-wrong"))
        page.goto(f"{desk.address}/#/seizures/{first}")
        expect(page.get_by_test_id("item-1").get_by_test_id("item-3")).to_contain_text("120")
        page.get_by_test_id("new-valuation").click()
        page.get_by_test_id("value-item").select_option("3")
        answers = {
            "low": "20000", "central": "28080", "high": "30000", "source": "price survey", "place": "Puerto Alto",
            "rate_source": "none needed", "day": "2026-01-31",
        }  # fmt: skip
        for name, text in answers.items():
            page.get_by_test_id(f"value-{name}").fill(text)
        page.get_by_test_id("value-published").check()
        page.get_by_test_id("value-send").click()
        expect(page.get_by_test_id("valuations")).to_contain_text("3,369,600")
        desk.check_access("seizures-one")
        page.get_by_test_id("all-seizures").click()
        expect(page.get_by_test_id("drugs-kg")).to_have_text("120")
    with watched(browser, world, FIELD) as phone:
        phone.open("/#/seizures")
        phone.page.get_by_test_id("language").select_option("ar")
        phone.sign_in(world.coordinator)
        expect(phone.page.get_by_test_id("seizure-totals")).to_be_visible()
        phone.check_access("seizures-phone-ar")
