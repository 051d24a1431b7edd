"""Who plays in the proofs: parties with an officer of every role, what they hold, and the objects requests name.

A `Side` is a party's whole staff; it makes objects of its own whenever a request wants a fresh one.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from tests.found import FollowedIndex, url_of
from tests.hub import NOWHERE
from tests.promises.knocking import Answer, Knock, Street
from tests.town import employ, found
from tripoint.access import door
from tripoint.access.model import Party, PartyKind, Role
from tripoint.base.database import INDEX_ROLE, RELAY_ROLE, Engine, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay
from tripoint.base.settings import Settings
from tripoint.doors.http import make_app
from tripoint.records.indexing.folder import Folder
from tripoint.records.indexing.follower import Follower
from tripoint.wiring import WIRING
from tripoint.words.people import PersonDescription

BREATHE_EVERY = 2.0  # seconds; an index that hears nothing for long says so
MOVES_TERMS = ("/records", "/operations", "/approvals", "/retention", "/import")  # what the index follows
CONTRACT: list[dict[str, Any]] = []  # of the code and nothing else: seconds to make, the same for every application
KINDS = ("person", "document", "vehicle", "firearm")
EVERYONE, OWN = {"kind": "everyone"}, {"kind": "own"}
SHARED: dict[str, Any] = {"readers": EVERYONE, "meeting": EVERYONE, "level": "full"}
KEEPER = (Role.LIAISON_OFFICER, Role.CONTRIBUTOR, Role.COORDINATOR, Role.FIELD_OFFICER, Role.DATA_PROTECTION_OFFICER)
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "zu", "cha")
NOTHING_HELD = {"decision": "nothing_to_tell", "reason": "nothing is held"}


@dataclass
class AskedIndex(FollowedIndex):
    """Follows the database before a question only where records have changed since the last, with one follower."""

    stale: bool = True
    breathed: float = 0.0
    reading: Engine | None = None
    follower: Follower | None = None

    def search(self, asked: PersonDescription, party: int, most: int, least: float) -> Any:
        self.catch_up()
        return self.held.search(asked, party, most, least)

    def catch_up(self) -> None:
        """Follow what has changed, if anything has; else only say that somebody follows."""
        if self.stale:
            self.stale, self.breathed = False, time.monotonic()
            follower = self.followed_by()
            while follower.step():
                pass
            follower.tidy()
            self.held._looked = float("-inf")
        elif time.monotonic() - self.breathed > BREATHE_EVERY:
            self.breathed = time.monotonic()
            Folder(self.held.path).breathe()

    def followed_by(self) -> Follower:
        """The one that follows until `close`."""
        if self.follower is None:
            ours = url_of(self.address).set(username=INDEX_ROLE).render_as_string(hide_password=False)
            self.reading = make_engine(ours, role=INDEX_ROLE, pool=1)
            self.follower = Follower.begin(self.reading, self.held.path)
        return self.follower

    def close(self) -> None:
        """Follow no more."""
        if self.follower and self.reading:
            self.follower.close()
            self.reading.dispose()
        self.follower = self.reading = None


def settings(**chosen: Any) -> Settings:
    """A hub's settings under which thousands of requests are no flood: budgets have their own tests."""
    many = dict.fromkeys(("checks_per_second", "looks_per_second", "changes_per_second", "reads_per_hour"), 100_000)
    usual = {"connections": 4, "data": NOWHERE, "second_factor": "offered", "public_address": "https://hub.test"}
    return Settings(**{**usual, **many, **chosen})


def build(database: Servers, persons: AskedIndex | None = None, **chosen: Any) -> FastAPI:
    """The real application over a test's database; `persons` are those of another application over it."""
    app = make_app(settings(**chosen), database.app, database.relay, persons or AskedIndex(database.app))
    own = app.openapi

    def openapi() -> dict[str, Any]:
        if not CONTRACT:
            CONTRACT.append(own())
        return CONTRACT[0]

    app.openapi = openapi  # type: ignore[method-assign]
    return app


def invented_name(number: int) -> str:
    """Three words that stand for this number alone and sound like no other's."""
    digits = [(number * 7919 + place * 104_729) // 3**place for place in range(9)]
    parts = [SYLLABLES[digit % len(SYLLABLES)] for digit in digits]
    return " ".join("".join(parts[at : at + 3]).title() for at in (0, 3, 6))


@dataclass
class Side:
    """A party with its staff. `keeper` and `chief` make the objects that the requests of the others name."""

    world: World
    party: Party
    keeper: Knock
    chief: Knock  # the administrator, who sees no content
    staff: dict[Role, Knock] = field(default_factory=dict)
    names: dict[Role, str] = field(default_factory=dict)
    ids: dict[Role, UUID] = field(default_factory=dict)
    judge: Knock | None = None

    @property
    def code(self) -> str:
        return self.party.code

    def content(self, kind: str, number: int, **more: Any) -> dict[str, Any]:
        """A content of this kind that nobody else holds."""
        match kind:
            case "person":
                name = [{"full": invented_name(number)}]
                return {"status": "wanted", "names": name, "births": ["1970-01-01"], **more}
            case "document":
                issuer = self.code
                return {"number": f"77{number:06d}", "issuer": issuer, "type": "passport", "status": "stolen", **more}
            case "vehicle":
                return {"plate": f"9{number:06d}", "country": "PRY", "status": "stolen", **more}
            case _:
                return {"serial": f"4{number:06d}", "make": "Arvandel", "status": "lost", **more}

    def record(self, kind: str = "vehicle", set_name: str = "", **terms: Any) -> dict[str, Any]:
        """A new record of the party's; what its entering answered, and its content."""
        content = self.content(kind, self.world.number())
        body = {"content": content, "terms": terms, "set": set_name or f"{kind} {'shared' if terms else 'own'}"}
        made = self.keeper.done("POST", f"/api/records/{kind}", body)
        return {**made, "content": content}

    def question(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """The check that meets such a content."""
        asked: dict[str, Any] = {"id": str(self.world.new_id()), "purpose": "border_control"}
        match kind:
            case "person":
                return asked | {"person": {"name": content["names"][0]["full"], "birth": content["births"][0]}}
            case "document":
                return asked | {"document": {name: content[name] for name in ("number", "issuer", "type")}}
            case "vehicle":
                return asked | {"vehicle": {"plate": content["plate"], "country": content["country"]}}
            case _:
                return asked | {"firearm": {"serial": content["serial"], "make": content["make"]}}

    def protector(self) -> Knock:
        """The party's data protection officer."""
        role = Role.DATA_PROTECTION_OFFICER
        if role not in self.staff:
            account = employ(self.world.database, self.party, role, name=f"{role.value}")
            self.names[role], self.ids[role] = account.sign_in_name, account.id
            self.staff[role] = self.world.browser(account.sign_in_name)
        return self.staff[role]

    def analyst(self) -> Knock:
        """An analyst of the party's, who decides what others proposed."""
        if self.judge is None:
            account = employ(self.world.database, self.party, Role.ANALYST, name="judge")
            self.judge = self.world.browser(account.sign_in_name, self.keeper.street)
        return self.judge

    def subject_request(self, *, admitted: bool = True) -> str:
        """A request of a person about data on himself, received by this party."""
        path, who = "/api/subject-requests", {"names": [invented_name(self.world.number())]}
        body = {"kind": "access", "reference": f"DPO {self.world.number()}", "received_on": "2026-03-02", "person": who}
        made = str(self.protector().done("POST", path, body)["id"])
        if admitted:
            self.protector().done("POST", f"{path}/{made}/admission", {})
            self.protector().done("POST", f"{path}/{made}/decision", NOTHING_HELD)
        return made

    def check(self, **asked: Any) -> str:
        """A check of this party's that meets nothing."""
        body = self.question("vehicle", self.content("vehicle", self.world.number())) | asked
        self.keeper.done("POST", "/api/checks", body)
        return str(body["id"])

    def hit_asked(self) -> str:
        """A hit this party's check made on another's record."""
        return self.world.hit_between(self, self.world.partner(self))

    def hit_owned(self) -> str:
        """A hit another party's check made on a record of this one."""
        return self.world.hit_between(self.world.partner(self), self)

    def sealed(self) -> str:
        """A victim's record of the party's, sealed."""
        content = self.content("person", self.world.number(), status="victim")
        made = self.keeper.done("POST", "/api/records/person", {"content": content, "set": "person own"})
        return str(made["id"])

    def recall(self) -> str:
        """A recall that another party raised to this one."""
        partner = self.world.partner(self)
        made = partner.record("vehicle", readers={"kind": "everyone"})
        self.keeper.done("GET", f"/api/records/vehicle/{made['id']}")
        body = {"version": 1, "reason": "erased so that it is recalled"}
        partner.keeper.done("POST", f"/api/records/vehicle/{made['id']}/erasure", body)
        found = self.keeper.done("GET", "/api/retention/recalls")["recalls"]
        return str(next(one["id"] for one in found if one["record"] == made["id"]))

    def operation(self) -> str:
        """An operation that this party coordinates."""
        return str(self.keeper.done("POST", "/api/operations", self.plan())["id"])

    def plan(self) -> dict[str, Any]:
        """A plan of an operation of this party alone."""
        now = self.world.now()
        return {
            "name": f"Operation {self.world.number()}", "starts_at": (now - timedelta(days=1)).isoformat(),
            "ends_at": (now + timedelta(days=2)).isoformat(), "participants": [self.code],
        }  # fmt: skip

    def post(self, operation: str) -> str:
        """A post of an operation that this party coordinates."""
        body = {"name": f"Post {self.world.number()}", "kind": "border", "latitude": -20.0, "longitude": -60.0}
        return str(self.keeper.done("POST", f"/api/operations/{operation}/posts", body)["id"])

    def agency(self) -> str:
        """An agency of this party."""
        return str(self.chief.done("POST", "/api/agencies", {"name": f"Agency {self.world.number()}"})["id"])

    def officer(self) -> dict[str, Any]:
        """A new officer of this party, who has signed in nowhere."""
        made: dict[str, Any] = self.chief.done("POST", "/api/officers", self.new_officer())
        return made

    def new_officer(self) -> dict[str, Any]:
        return {
            "sign_in_name": f"n{self.world.number()}", "name": "Bea Inventada", "agency": self.agency(),
            "roles": ["viewer"],
        }  # fmt: skip

    def sign_in_of(self, who: Knock) -> str:
        """Another open session of this very officer, to be ended."""
        self.world.browser(who.session["name"], who.street)
        mine = str(who.session["officer"]["id"])
        found = who.done("GET", "/api/sign-ins")["sign_ins"]
        return next(str(one["id"]) for one in found if not one["own"] and str(one["officer"]) == mine)


@dataclass
class World:
    """Parties, their staff and the application they use."""

    database: Servers
    app: FastAPI
    street: Street
    sides: dict[str, Side] = field(default_factory=dict)
    new_id: Callable[[], UUID] = uuid7
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    shared: dict[str, Any] = field(default_factory=lambda: SHARED)
    standing: dict[str, Any] = field(default_factory=dict)  # the latest request made of each route

    def number(self) -> int:
        """A number that no mark, name or set of this world bears yet."""
        return next(self.numbers)

    def side(self, code: str, *roles: Role, kind: PartyKind = PartyKind.COUNTRY, street: Street | None = None) -> Side:
        """A party with a keeper and an officer of each of these roles, all signed in."""
        party = found(self.database, kind, code, contact=f"call {code}")
        posts = {"keeper": KEEPER, "chief": (Role.PARTY_ADMINISTRATOR,)}
        keepers = [employ(self.database, party, *held, name=name) for name, held in posts.items()]
        keeper, chief = (self.browser(one.sign_in_name, street) for one in keepers)
        side = Side(self, party, keeper, chief)
        for role in roles:
            account = employ(self.database, party, role, name=f"{role.value}")
            side.names[role], side.ids[role] = account.sign_in_name, account.id
            side.staff[role] = self.browser(account.sign_in_name, street)
        self.sides[code] = side
        return side

    def browser(self, name: str, street: Street | None = None) -> Knock:
        """A browser in which this officer has signed in."""
        knock = Knock(street or self.street, after=self.notice)
        knock.sign_in(name)
        return knock

    def notice(self, method: str, path: str, answer: Answer) -> None:
        """Records may have changed: the index is followed before it is asked again."""
        if method in ("POST", "PUT") and answer.status < 300 and any(word in path for word in MOVES_TERMS):
            self.app.state.door.persons.stale = True
            for side in self.sides.values():
                side.keeper.street.app.state.door.persons.stale = True

    def partner(self, side: Side) -> Side:
        """The party that this one meets."""
        others = [other for other in self.sides.values() if other is not side]
        return others[0]

    def hit_between(self, asker: Side, owner: Side) -> str:
        """A new hit of one party on the other's record; its id."""
        record = owner.record("vehicle", **self.shared)
        answer = asker.keeper.done("POST", "/api/checks", asker.question("vehicle", record["content"]))
        (hit,) = answer["hits"]
        return str(hit["id"])


@contextmanager
def relaying(database: Servers) -> Iterator[Relay]:
    """The relay, to be looked with by hand."""
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=2)
    yield Relay(engine, WIRING)
    engine.dispose()


def cheapen_passwords(monkeypatch: Any) -> None:
    """Make a proof of the person last; how long it holds has its own tests."""
    monkeypatch.setattr(door, "PROOF_HOLDS", timedelta(hours=12))  # a busy machine may take long over thousands

