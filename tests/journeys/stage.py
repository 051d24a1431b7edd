"""The stage of the journeys: a small invented world behind a port, and a page that is watched while it is used."""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

from tests.hub import hub, operation, served
from tests.town import PASSWORD, as_owner, employ, visiting
from tripoint.access import founding
from tripoint.access.model import Account, Act, Operation, Party, PartyKind, Role
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.http import WEB
from tripoint.records import work as records
from tripoint.records.model import (
    Action,
    Audience,
    AudienceKind,
    Content,
    Notice,
    NoticeColour,
    Person,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentStatus, DocumentType
from tripoint.words.people import PersonDescription, PersonName, PersonStatus
from tripoint.words.vehicles import VehicleStatus

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("PYTEST_TRIPOINT_FOLDER", "")
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ROOM, FIELD = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
TERMS = Terms(meeting=Audience(AudienceKind.EVERYONE))
STOLEN = ("QX4071862", "QX4071863", "QX4071864", "QX4071865")


@dataclass(frozen=True)
class World:
    """Who and what there is: Colombia checks, Brazil owns, the unit looks on."""

    address: str
    database: Servers
    operation: Operation
    field_officer: Account
    liaison: Account
    coordinator: Account
    owner: Party
    asker: Party
    unit: Party


@contextmanager
def world(database: Servers) -> Generator[World]:
    """The world while the block runs, served on a port of its own."""
    unit, asker, owner = (
        party(database, code, name, kind)
        for code, name, kind in (
            ("HUB", "Coordination unit", PartyKind.BODY),
            ("COL", "Colombia", PartyKind.COUNTRY),
            ("BRA", "Brazil", PartyKind.COUNTRY),
        )
    )
    on = operation(database, unit, asker, owner)
    staff = (
        employ(database, asker, Role.FIELD_OFFICER, name="field"),
        employ(database, owner, Role.LIAISON_OFFICER, name="desk"),
        employ(database, unit, Role.COORDINATOR, name="room"),
    )
    write_lists(database, owner)
    with served(hub(database)) as address:
        yield World(address, database, on, *staff, owner, asker, unit)


def party(database: Servers, code: str, name: str, kind: PartyKind) -> Party:
    with as_owner(database) as connection:
        return founding.found_party(connection, code, name, kind, f"{name} desk, +00 555 0100")


def write_lists(database: Servers, owner: Party) -> None:
    """What Brazil holds, entered as an officer enters it."""
    writer = employ(database, owner, Role.CONTRIBUTOR)
    engine = make_engine(database.app, pool=1)
    red = Notice(NoticeColour.RED, "2026/17", "BRA", ("armed robbery",), Action.DETAIN_AND_CALL)
    name = PersonName("Mireldo Antuvelas Corvey")
    wanted = PersonDescription((name,), (PartialDate(1976, 5, 12),), ("BRA",))
    contents: list[Content] = [
        *(TravelDocument(number, "BRA", DocumentType.PASSPORT, DocumentStatus.STOLEN) for number in STOLEN),
        Person("P-1", PersonStatus.WANTED, wanted, (red,), instructions="Armed. Call before you approach."),
        Vehicle(VehicleStatus.STOLEN, plate="QQX914", country="PRY"),
    ]
    for content in contents:
        with visiting(engine, writer, Act.ADD_RECORD) as visit:
            records.create(visit, records.Entry(content, TERMS))
    engine.dispose()


@dataclass
class Watched:
    """A page under watch: at the end nothing may have gone wrong, nothing may have left the machine."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    unguarded: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)  # patterns of console lines that a journey provokes

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:", "data:")):
            self.outside.append(request.url)

    def open(self, path: str) -> None:
        """Go to a page; its strict policy must come with it."""
        answer = self.page.goto(self.address + path)
        if answer is None or "default-src 'self'" not in (answer.header_value("content-security-policy") or ""):
            self.unguarded.append(path)

    def sign_in(self, account: Account) -> None:
        """Prove who one is, as a person does."""
        self.page.get_by_test_id("name").fill(account.sign_in_name)
        self.page.get_by_test_id("password").fill(PASSWORD)
        self.page.get_by_test_id("enter").click()
        self.page.get_by_test_id("sign-in").wait_for(state="detached")

    def check_access(self, state: str) -> None:
        """No barrier that axe knows of, at level AA of WCAG 2.2; and a picture for whoever wants to look."""
        if PICTURES and Path(PICTURES).is_dir():
            self.page.screenshot(path=str(Path(PICTURES) / f"{state}.png"), full_page=True)
        if not AXE.exists():
            pytest.skip("web/node_modules is absent: `make` builds the pages")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(all => all.violations.map("
            "one => one.id + ': ' + one.nodes.map(node => node.target + ' ' + node.failureSummary).join(' | ')))",
            RULES,
        )
        assert found == [], f"{state}: {found}"

    def end(self) -> None:
        """Nothing went wrong that the journey did not provoke. Not being signed in yet is no trouble."""
        usual = [r"status of 401 .*/api/session", *self.expected]
        unusual = [one for one in self.troubles if not any(re.search(pattern, one) for pattern in usual)]
        assert unusual == [], unusual  # this file is no test: pytest shows nothing by itself
        assert self.outside == []
        assert self.unguarded == []


@contextmanager
def watched(browser: Browser, world: World, size: dict[str, int]) -> Generator[Watched]:
    """A fresh page of a fresh visitor."""
    if not (WEB / "room.html").exists():
        pytest.skip("the pages are not built: `make` builds them")
    viewport: ViewportSize = {"width": size["width"], "height": size["height"]}
    context: BrowserContext = browser.new_context(viewport=viewport, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = Watched(context.new_page(), world.address)
    try:
        yield page
        page.end()
    finally:
        context.close()
