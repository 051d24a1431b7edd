"""A recovery from the phone to the room: written down, met by a listed firearm, gone through, searched, explained."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from playwright.sync_api import Browser, expect

from tests.journeys.stage import FIELD, World, watched
from tests.town import employ, visiting
from tripoint.access.model import Act, Role
from tripoint.base.database import make_engine
from tripoint.base.ids import uuid7
from tripoint.records import work as records
from tripoint.records.firearms.work import HOOKS
from tripoint.records.model import Audience, AudienceKind, Firearm, Terms
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.model import Filing, OccurrenceKind
from tripoint.words.firearms import FirearmStatus

VALUES = {
    "acquired_by": "seized", "type": "pistol_semi_automatic", "make": "Taurus", "model": "PT92", "calibre": "9mm Para",
    "marked_status": "partial", "illicit_grounds": ["transferred_without_licence"],
    "marks": [
        {"reading": "TBK4829[18]?", "place": "frame", "method": "etching", "examiner": "Ana Inventada"},
        {"reading": "COL 2024", "kind": "import", "place": "barrel"},
    ],
}  # fmt: skip


def recovered(world: World) -> UUID:
    """Brazil lists a pistol; Colombia recovers one whose number is partly ground off."""
    engine = make_engine(world.database.app, pool=1)
    everyone = Terms(meeting=Audience(AudienceKind.EVERYONE))
    with visiting(engine, employ(world.database, world.owner, Role.CONTRIBUTOR), Act.ADD_RECORD) as visit:
        gun = Firearm(FirearmStatus.STOLEN, "TBK482918", "TAURUS", "PT92", "9x19", "BRA")
        records.create(visit, records.Entry(gun, everyone))
    filing = Filing(
        uuid7(), OccurrenceKind.RECOVERY, world.operation.id, datetime.now(UTC) - timedelta(minutes=5), VALUES
    )
    with visiting(engine, world.field_officer, Act.FILE_OCCURRENCE) as visit:
        occurrences.file(visit, Filing(**{name: getattr(filing, name) for name in Filing.__slots__} | {
            "values": VALUES | {"marks": [{"reading": "TBK48291", "place": "slide"}, *VALUES["marks"]]},
        }), HOOKS)  # fmt: skip
    engine.dispose()
    return filing.id


def test_a_recovered_firearm_in_the_room_and_on_the_phone(browser: Browser, world: World) -> None:
    which = recovered(world)
    with watched(browser, world, {"width": 1366, "height": 768}) as room:
        page = room.page
        room.open(f"/#/firearms/list/{which}")
        room.sign_in(world.field_officer)
        expect(page.get_by_test_id("meeting")).to_have_attribute("data-state", "possible")
        expect(page.get_by_test_id("mark")).to_have_count(3)
        page.get_by_test_id("step-ballistics").select_option("under_way")
        expect(page.get_by_test_id("step-ballistics")).to_have_value("under_way")
        room.check_access("firearms-one")
        page.get_by_test_id("tab-search").click()
        page.get_by_test_id("mark-query").fill("TBK4829??")
        page.get_by_test_id("mark-search").click()
        expect(page.get_by_test_id("mark-found").first).to_contain_text("TBK482918")
        room.check_access("firearms-search")
        page.get_by_test_id("tab-calibres").click()
        page.get_by_test_id("calibre-read").fill("9mm")
        page.get_by_test_id("calibre-read").blur()
        expect(page.get_by_test_id("calibre-meaning")).to_contain_text("9x18")
        page.get_by_test_id("language").select_option("ar")
        page.evaluate(f"location.hash = '#/firearms/list/{which}'")
        page.set_viewport_size({"width": FIELD["width"], "height": FIELD["height"]})
        expect(page.get_by_test_id("firearm")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        room.check_access("firearms-phone-ar")
    with watched(browser, world, FIELD) as phone:
        page = phone.page
        phone.open("/field")
        phone.sign_in(world.field_officer)
        page.get_by_test_id("desk-reports").click()
        page.get_by_test_id("report-recovery").click()
        page.get_by_test_id("report-next").click()
        expect(page.get_by_test_id("report-step")).to_be_visible()
        phone.check_access("firearms-field")
