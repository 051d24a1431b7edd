"""The way in, as people walk it: a first passkey, one-time codes, a fresh proof, a new password."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Generator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, CDPSession, Page, TimeoutError, expect

from tests.access.entrance.stage import grow_old
from tests.hub import hub, operation, served
from tests.journeys.stage import FIELD, ROOM, Watched, party, watched
from tests.town import PASSWORD, employ
from tripoint.access.codes import steps
from tripoint.access.model import Account, PartyKind, Role
from tripoint.base.embedded_postgres import Servers

NEW = "nine lanterns over quiet water"


@dataclass(frozen=True)
class Place:
    """A hub and three officers who have nothing but a password yet."""

    address: str
    database: Servers
    ana: Account
    luz: Account
    eva: Account

    def watched(self, browser: Browser, size: dict[str, int]) -> AbstractContextManager[Watched]:
        """A fresh page of a fresh visitor."""
        return watched(browser, cast("Any", self), size)  # of a world it asks the address alone


@pytest.fixture(scope="module")
def place(database: Servers) -> Generator[Place]:
    """A hub that asks for second factors, by the name under which passkeys work on one's own machine."""
    land = party(database, "COL", "Colombia", PartyKind.COUNTRY)
    staff = [employ(database, land, Role.ANALYST, name=name) for name in ("ana", "luz", "eva")]
    operation(database, land, land)
    with served(hub(database, second_factor="required")) as address:
        yield Place(address.replace("127.0.0.1", "localhost"), database, *staff)


@dataclass
class Finger:
    """A device in the browser that makes and shows passkeys, and the finger that agrees or waits."""

    session: CDPSession
    authenticator: str

    def agrees(self, does: bool) -> None:
        options = {"authenticatorId": self.authenticator, "enabled": does}
        self.session.send("WebAuthn.setAutomaticPresenceSimulation", options)


def give_device(page: Page) -> Finger:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Finger(session, made["authenticatorId"])


def add_passkey(visit: Watched, name: str) -> None:
    visit.page.get_by_test_id("passkey-name").fill(name)
    visit.page.get_by_test_id("passkey-name").press("Enter")
    expect(visit.page.get_by_test_id("passkey")).to_contain_text(name)


def leave(visit: Watched) -> None:
    visit.page.get_by_test_id("sign-out").click()
    visit.page.get_by_test_id("sign-in").wait_for()


@pytest.mark.slow
def test_from_the_first_sign_in_to_a_new_password_with_a_passkey(browser: Browser, place: Place) -> None:
    ana = place.ana
    with place.watched(browser, ROOM) as visit:
        page = visit.page
        finger = give_device(page)
        visit.open("/")
        visit.sign_in(ana)
        expect(page.get_by_test_id("must-enrol")).to_be_visible()
        visit.check_access("account-first")
        add_passkey(visit, "service phone")
        expect(page.get_by_test_id("must-enrol")).to_have_count(0)
        finger.agrees(False)  # or the browser's own offer is taken before the button is seen
        leave(visit)
        visit.check_access("sign-in-passkey")
        finger.agrees(True)
        with suppress(TimeoutError):  # the browser's own offer may be quicker than the button
            page.get_by_test_id("enter-passkey").click(timeout=3000)
        page.get_by_test_id("who").wait_for()
        page.get_by_test_id("nav-account").click()
        visit.check_access("account")
        grow_old(place.database, ana, 6)
        visit.expected += [r"status of 403 .*/api/account/password"]
        page.get_by_test_id("password-current").fill(PASSWORD)
        page.get_by_test_id("password-new").fill(NEW)
        page.get_by_test_id("password-new").press("Enter")
        expect(page.get_by_test_id("prove")).to_be_visible()
        visit.check_access("account-prove")
        page.get_by_test_id("prove-passkey").click()
        expect(page.get_by_test_id("password-changed")).to_be_visible()


def test_one_time_codes_and_a_recovery_code_open_where_there_is_no_passkey(browser: Browser, place: Place) -> None:
    luz = place.luz
    with place.watched(browser, FIELD) as visit:
        page = visit.page
        visit.open("/")
        visit.sign_in(luz)
        page.get_by_test_id("codes-begin").click()
        expect(page.get_by_test_id("codes-picture")).to_be_visible()
        visit.check_access("account-codes")
        secret = b32decode(page.get_by_test_id("codes-secret").inner_text())
        page.get_by_test_id("codes-first").fill(steps.code_at(secret, steps.step_of(datetime.now(UTC))))
        page.get_by_test_id("codes-first").press("Enter")
        codes = page.get_by_test_id("recovery-codes").locator("li")
        expect(codes).to_have_count(10)
        recovery = codes.all_inner_texts()
        expect(page.get_by_test_id("must-enrol")).to_have_count(0)
        later = steps.code_at(secret, steps.step_of(datetime.now(UTC) + timedelta(seconds=30)))
        for code in (later, recovery[0]):
            leave(visit)
            visit.expected += [r"status of 401 .*/api/sign-in"]
            page.get_by_test_id("name").fill(luz.sign_in_name)
            page.get_by_test_id("password").fill(PASSWORD)
            page.get_by_test_id("password").press("Enter")
            expect(page.get_by_test_id("problem")).to_be_visible()
            visit.check_access("sign-in-code")
            page.get_by_test_id("code").fill(code)
            page.get_by_test_id("code").press("Enter")
            page.get_by_test_id("who").wait_for()


def test_the_field_page_sends_who_has_no_second_factor_to_enrol(browser: Browser, place: Place) -> None:
    with place.watched(browser, FIELD) as visit:
        visit.open("/field")
        visit.page.get_by_test_id("name").fill(place.eva.sign_in_name)
        visit.page.get_by_test_id("password").fill(PASSWORD)
        visit.page.get_by_test_id("enter").click()
        expect(visit.page.get_by_test_id("must-enrol")).to_be_visible()
        visit.check_access("field-must-enrol")
        visit.page.get_by_role("link").click()
        expect(visit.page).to_have_url(re.compile(r"/#/account$"))
        expect(visit.page.get_by_test_id("account-passkeys")).to_be_visible()
