"""The victim specialist's journey: who waits, the next step, one name opened with a reason, and what people told."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from tests.desks.interviews.accounts import held
from tests.journeys.stage import ROOM, World, watched
from tests.town import employ, visiting
from tripoint.access.model import Account, Act, Role
from tripoint.base.database import make_engine
from tripoint.base.ids import uuid7
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.model import Filing, OccurrenceKind
from tripoint.wiring import FOLLOWED_UP

VICTIM = {"vic_TraffickingStatus": "PossibleVictimOfTrafficking", "vic_TypeOfExploitation": ["ForcedLabour"]}
ROUTE = [{"from_country": "ECU", "to_country": "COL"}, {"from_country": "COL", "to_country": "PAN"}]


def reported(world: World) -> Account:
    """A specialist who filed two victims and an interview; the younger of the two filed last."""
    specialist = employ(world.database, world.asker, Role.VICTIM_SPECIALIST, name="carer")
    engine = make_engine(world.database.app, pool=1)
    price = {"amount": "2700", "currency": "USD", "scope": "whole", "kind": "paid"}
    told = held("R-17", "zh", "蛇头要我们每人付三万元，从基多走线到内科克利。", route=ROUTE, prices=[price])
    with visiting(engine, specialist, Act.FILE_VICTIM) as visit:
        for kind, values in (
            (OccurrenceKind.VICTIM, VICTIM | {"age_group": "adult", "prs_FirstName": "Mireldo"}),
            (OccurrenceKind.VICTIM, VICTIM | {"age_group": "child", "prs_FirstName": "Antuvela"}),
            (OccurrenceKind.INTERVIEW, told),
        ):
            filing = Filing(uuid7(), kind, world.operation.id, datetime.now(UTC), values)
            occurrences.file(visit, filing, FOLLOWED_UP[kind])
    engine.dispose()
    return specialist


def test_a_specialist_sees_children_first_takes_a_step_and_opens_one_name(browser: Browser, world: World) -> None:
    specialist = reported(world)
    with watched(browser, world, ROOM) as seen:
        seen.open("/")
        seen.sign_in(specialist)
        page = seen.page
        page.evaluate("location.hash = '#/victims'")
        lines = page.get_by_test_id("victim")
        expect(lines).to_have_count(2, timeout=15_000)
        expect(lines.first).to_contain_text("Referred")
        assert "Mireldo" not in page.content()
        lines.last.click()
        page.get_by_test_id("victim-detail").wait_for()
        page.get_by_test_id("next-step-take").click()
        expect(page.get_by_test_id("victim-steps").get_by_role("listitem")).to_have_count(2)
        page.get_by_test_id("open-prs_FirstName").click()
        page.get_by_test_id("open-reason").fill("asked for by the shelter tonight")
        page.get_by_test_id("open-now").click()
        expect(page.get_by_test_id("opened-prs_FirstName")).to_have_text("Mireldo")
        seen.check_access("people-victims")
        page.evaluate("location.hash = '#/interviews'")
        page.get_by_test_id("interview-words").fill("蛇头")
        page.get_by_test_id("interview-search").click()
        page.get_by_test_id("interview").click()
        page.get_by_test_id("report-detail").wait_for()
        expect(page.get_by_test_id("route-prices")).to_contain_text("Fewer than ten")
        seen.check_access("people-interviews")
