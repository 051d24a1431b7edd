"""Two people at two screens; a phone that becomes a device and is lost; the first administrator of an empty hub."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from tests.hub import hub, served
from tests.journeys.stage import FIELD, ROOM, STOLEN, World, watched
from tests.journeys.test_field import ask_for_document, word
from tests.town import PASSWORD, employ
from tripoint.access.first.work import offer
from tripoint.access.model import Role
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7


@contextmanager
def signed_in(world: World, sign_in_name: str) -> Generator[httpx2.Client]:
    """A client of the API in which an officer has signed in."""
    with httpx2.Client(base_url=world.address) as client:
        session = client.post("/api/sign-in", json={"name": sign_in_name, "password": PASSWORD})
        cookie = session.headers["set-cookie"].partition(";")[0]
        client.headers.update({"x-csrf-token": session.json()["csrf"], "cookie": cookie})
        yield client


def ask_for_release(world: World, sign_in_name: str) -> None:
    """A contributor enters a car and asks to share it, as his own page would."""
    with signed_in(world, sign_in_name) as client:
        car = {"content": {"status": "stolen", "plate": "RLS123"}}
        made = client.post("/api/records/vehicle", json=car).json()
        body = {"version": 1, "terms": {"readers": {"kind": "everyone"}}, "reason": "Colombia asks for it."}
        assert client.post(f"/api/records/vehicle/{made['id']}/release", json=body).status_code == 202


def test_a_second_officer_sees_what_is_asked_and_approves(browser: Browser, world: World) -> None:
    asker = employ(world.database, world.owner, Role.CONTRIBUTOR, name="asks")
    with watched(browser, world, ROOM) as desk:
        desk.open("/")
        desk.sign_in(world.liaison)
        desk.page.get_by_test_id("nav-approvals").click()
        expect(desk.page.get_by_test_id("approvals")).to_contain_text(word("en", "approvals-none"))
        ask_for_release(world, asker.sign_in_name)  # the page learns of it by itself
        asked = desk.page.get_by_test_id("approval").first
        expect(asked).to_contain_text("Colombia asks for it.")
        asked.locator("summary").click()
        expect(asked).to_contain_text("everyone")
        desk.check_access("room-approval")
        ask_for_release(world, asker.sign_in_name)
        expect(desk.page.get_by_test_id("approval")).to_have_count(2)
        desk.page.get_by_test_id("approve").first.click()
        expect(desk.page.get_by_test_id("approvals")).to_contain_text(word("en", "asked-approved"))
        desk.page.get_by_test_id("reject").first.click()
        desk.page.get_by_test_id("say").click()
        expect(desk.page.get_by_test_id("why-dialog")).to_contain_text(word("en", "need-why"))
        desk.check_access("room-reject")
        desk.page.get_by_test_id("why").fill("Once is enough.")
        desk.page.get_by_test_id("say").click()
        expect(desk.page.get_by_test_id("approvals")).to_contain_text(word("en", "asked-rejected"))
        expect(desk.page.get_by_test_id("approve")).to_have_count(0)


def test_an_export_is_asked_for_approved_and_fetched(browser: Browser, world: World) -> None:
    analyst = employ(world.database, world.owner, Role.ANALYST, name="exports")
    with watched(browser, world, ROOM) as asker, watched(browser, world, ROOM) as desk:
        for page, account in ((asker, analyst), (desk, world.liaison)):
            page.open("/#/approvals")
            page.sign_in(account)
        asker.page.get_by_test_id("ask-export").first.click()
        asker.check_access("room-ask-export")
        asker.page.get_by_test_id("export-recipient").fill("Public prosecutor")
        asker.page.get_by_test_id("export-reason").fill("The court asks for it.")
        asker.page.get_by_test_id("export-send").click()
        asked = desk.page.get_by_test_id("approval").filter(has_text="The court asks for it.")
        asked.get_by_test_id("approve").click()
        with asker.page.expect_download() as download:
            asker.page.get_by_test_id("fetch").first.click()
        first, *rows = download.value.path().read_text(encoding="utf-8").splitlines()
        assert first.startswith("handling,recipient,purpose,approval,id")
        assert all(row.startswith("H1,Public prosecutor,investigation,") for row in rows)


def test_an_emergency_opens_a_pointer_and_its_owner_judges(browser: Browser, world: World) -> None:
    officer = employ(world.database, world.asker, Role.ANALYST, name="hurries")
    everyone = {"meeting": {"kind": "everyone"}, "level": "pointer", "break_glass": True}
    with signed_in(world, world.liaison.sign_in_name) as owner:
        car = {"content": {"status": "stolen", "plate": "GLS123", "model": "a grey Arvandel"}, "terms": everyone}
        assert owner.post("/api/records/vehicle", json=car).status_code == 201
    with signed_in(world, officer.sign_in_name) as client:
        check = {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": "GLS123"}}
        hit = client.post("/api/checks", json=check).json()["hits"][0]["id"]
    with watched(browser, world, ROOM) as asker, watched(browser, world, ROOM) as desk:
        desk.open("/#/approvals")
        desk.sign_in(world.liaison)
        asker.open(f"/#/hits/{hit}")
        asker.sign_in(officer)
        asker.page.get_by_test_id("glass-open").click()
        asker.check_access("room-break-glass")
        asker.page.get_by_test_id("glass-reason").fill("A child is in this car, its life is in danger.")
        asker.page.get_by_test_id("glass-go").click()
        expect(asker.page.get_by_test_id("glass-record")).to_contain_text("a grey Arvandel")
        told = desk.page.get_by_test_id("glass").first  # by itself, within seconds
        expect(told).to_contain_text("A child is in this car")
        told.get_by_test_id("judge").click()
        desk.page.get_by_test_id("verdict").select_option("justified")
        desk.page.get_by_test_id("why").fill("The child was found.")
        desk.page.get_by_test_id("say").click()
        expect(told).to_contain_text(word("en", "judged-justified"))
        desk.check_access("room-judged")


@pytest.mark.slow
def test_a_phone_becomes_a_device_and_is_lost(browser: Browser, world: World) -> None:
    with watched(browser, world, ROOM) as desk, watched(browser, world, FIELD) as phone:
        desk.open("/")
        desk.sign_in(world.field_officer)
        desk.page.get_by_test_id("nav-devices").click()
        desk.page.get_by_test_id("device-name").fill("Phone of the bridge")
        desk.page.get_by_test_id("device-invite").click()
        expect(desk.page.get_by_test_id("picture")).to_be_visible()
        desk.check_access("room-invitation")
        link = desk.page.get_by_test_id("invitation-link").get_attribute("href") or ""
        desk.page.get_by_role("button", name=word("en", "close")).click()

        phone.open(link.removeprefix(world.address))
        expect(phone.page.get_by_test_id("enrol")).to_be_visible()
        assert "#" not in phone.page.url  # the code stands in no history
        phone.check_access("field-enrol")
        phone.page.get_by_test_id("enrol-do").click()
        expect(phone.page.get_by_test_id("post")).to_be_visible()
        ask_for_document(phone.page, STOLEN[1])
        expect(phone.page.get_by_test_id("hit-state")).to_have_text(word("en", "state-new"))
        phone.page.reload()  # no password: the device signs
        expect(phone.page.get_by_test_id("post")).to_be_visible()

        phone.expected.append(r"status of 401")
        desk.page.get_by_test_id("nav-room").click()
        desk.page.get_by_test_id("nav-devices").click()
        desk.check_access("room-devices")
        desk.page.get_by_test_id("device-lose").click()
        expect(desk.page.get_by_test_id("device")).to_contain_text(word("en", "device-lost"))
        phone.page.reload()
        expect(phone.page.get_by_test_id("sign-in")).to_be_visible()


def test_an_empty_hub_gets_its_first_administrator(
    browser: Browser, world: World, own_database: Servers
) -> None:
    engine = make_engine(own_database.app, pool=1)
    code = offer(engine)
    engine.dispose()
    with served(hub(own_database)) as address:
        elsewhere = replace(world, address=address, database=own_database)
        with watched(browser, elsewhere, FIELD) as page:
            page.open("/first")
            page.check_access("first")
            for name, value in (
                ("code", code or ""), ("party", "arc"), ("party-name", "Arcadia"), ("agency", "Police"),
                ("name", "Ana Inventada"), ("sign-in", "chief"), ("password", "four words nobody guesses"),
            ):  # fmt: skip
                page.page.get_by_test_id(f"first-{name}").fill(value)
            page.page.get_by_test_id("first-make").click()
            expect(page.page.get_by_test_id("first-done")).to_be_visible()
            page.page.get_by_test_id("first-go").click()
            expect(page.page.get_by_test_id("sign-in")).to_be_visible()
            assert re.search(r"/$", page.page.url)
        assert httpx2.get(f"{address}/first").status_code == 404
