"""One request for every changing route, each sent where it succeeds: what the drill of broken answers sends twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from fastapi import FastAPI

from tests.desks.checks.lists import list_record
from tests.floors import all_routes
from tests.town import PASSWORD, Browser, browser, employ, found, numbers
from tripoint.access.door import CHANGES
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

ROLES = (
    Role.LIAISON_OFFICER, Role.PARTY_ADMINISTRATOR, Role.COORDINATOR, Role.CONTRIBUTOR, Role.FIELD_OFFICER,
)  # fmt: skip
Asked = tuple[Browser, str, Any]  # who sends it, its path, its body

# Routes that the drill does not send by itself, each with the reason why nothing is lost or doubled there.
OWN_WAY = {
    "POST /api/checks/batch": "each line carries its own id, like a single check; the kill program sends batches again",
    "POST /api/sign-in": "each success opens a session of its own; the unknown one ends by itself, idle",
}


@dataclass
class World:
    """Two parties: one asks, one owns what is met."""

    app: FastAPI
    database: Servers
    asker: Party
    owner: Party
    ana: Browser  # of the asker
    eva: Browser  # of the owner

    def hit(self) -> str:
        """The id of a new hit."""
        plate = f"HIT{next(numbers)}"
        list_record(
            self.app.state.door.engine, self.owner, "vehicle", {"plate": plate, "country": "PRY", "status": "stolen"}
        )
        answer = self.ana("POST", "/api/checks", json=check(plate))
        return str(answer["hits"][0]["id"])

    def referred(self) -> str:
        """The id of a hit that waits for its owner."""
        which = self.hit()
        self.ana("POST", f"/api/hits/{which}/referral", json={})
        return which

    def decided(self) -> str:
        """The id of a hit that its owner confirmed."""
        which = self.referred()
        self.eva("POST", f"/api/hits/{which}/decision", json=DECISION)
        return which

    def record(self, kind: str) -> str:
        """The id of a new record of the asker's."""
        return str(self.ana("POST", f"/api/records/{kind}", 201, json={"content": self.content(kind)})["id"])

    def content(self, kind: str) -> dict[str, Any]:
        """A record's content."""
        document = {"number": f"D{next(numbers)}", "issuer": self.asker.code, "type": "passport", "status": "lost"}
        return document if kind == "document" else CONTENTS[kind]


def world(app: FastAPI, database: Servers) -> World:
    """Found both parties and sign in an officer of each."""
    asker, owner = found(database, code="PRY"), found(database)
    ana, eva = (browser(app, employ(database, party, *ROLES)) for party in (asker, owner))
    return World(app, database, asker, owner, ana, eva)


def check(plate: str) -> dict[str, Any]:
    """A check of a car, with an id of its own."""
    return {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": plate, "country": "PRY"}}


DECISION = {"decision": "confirmed", "reason": "the frame number agrees"}
OUTCOME = {"outcome": "vehicle_seized"}
CONTENTS: dict[str, dict[str, Any]] = {
    "vehicle": {"status": "stolen", "plate": "ABC123", "country": "PRY"},
    "firearm": {"status": "stolen", "serial": "K1234567"},
    "person": {"status": "wanted", "names": [{"full": "Noa Ferro"}], "births": ["1976"]},
}
PLAN = {"name": "Quiet River", "starts_at": "2026-03-01T00:00:00Z", "ends_at": "2030-03-12T00:00:00Z",
        "participants": []}  # fmt: skip
POST = {"name": "Bridge", "kind": "border", "latitude": -20, "longitude": -60}
QUERY = {"queries": {"one": {"schema": "Person", "properties": {"name": ["Oldara Veskimeny"]}}}}


def adding(kind: str) -> Callable[[World], Asked]:
    """Enter a record of this kind."""
    return lambda w: (w.ana, f"/api/records/{kind}", {"content": w.content(kind)})


def changing(kind: str) -> Callable[[World], Asked]:
    """Write the next version of a record of this kind."""
    return lambda w: (w.ana, f"/api/records/{kind}/{w.record(kind)}", {"content": w.content(kind), "version": 1})


def new_officer(w: World) -> dict[str, Any]:
    """A new officer of the asker's."""
    agency = w.ana("GET", "/api/officers")["agencies"][0]["id"]
    return {"sign_in_name": f"new{next(numbers)}", "name": "Iva Nueva", "agency": agency, "roles": ["viewer"],
            "password": PASSWORD}  # fmt: skip


def operation(w: World) -> str:
    """The id of a new operation."""
    return str(w.ana("POST", "/api/operations", 201, json=PLAN)["id"])


def another_session(w: World) -> str:
    """The id of a token that may be ended."""
    token = {"device": "gate 4", "minutes": 60, "acts": ["see_session"]}
    return str(w.ana("POST", "/api/tokens", 201, json=token)["id"])


def leaver(w: World) -> Browser:
    """A browser that may sign out."""
    return browser(w.app, employ(w.database, w.asker, Role.VIEWER))


def protector(w: World) -> Browser:
    """A data protection officer of the asker's."""
    return browser(w.app, employ(w.database, w.asker, Role.DATA_PROTECTION_OFFICER))


def subject_request() -> dict[str, Any]:
    """A person's request for access."""
    person = {"names": ["Noa Ferro"], "births": ["1976-05-12"]}
    return {"kind": "access", "reference": f"DPO {next(numbers)}", "received_on": "2026-03-02", "person": person}


def requested(step: str, body: Any, *before: tuple[str, Any]) -> Callable[[World], Asked]:
    """A step of a person's request, after the steps before it."""

    def ask(w: World) -> Asked:
        officer = protector(w)
        path = f"/api/subject-requests/{officer('POST', '/api/subject-requests', 201, json=subject_request())['id']}"
        for earlier, sent in before:
            officer("POST", f"{path}/{earlier}", json=sent)
        return officer, f"{path}/{step}", body

    return ask


ADMITTED: tuple[str, Any] = ("admission", {"parties": []})
NOTHING = {"decision": "nothing_to_tell", "reason": "nothing is held"}
EXAMPLES: dict[str, Callable[[World], Asked]] = {
    **{f"POST /api/records/{kind}": adding(kind) for kind in ("person", "document", "vehicle", "firearm")},
    **{f"PUT /api/records/{kind}/{{which}}": changing(kind) for kind in ("person", "document", "vehicle", "firearm")},
    "POST /api/records/{kind}/{which}/end": lambda w: (
        w.ana, f"/api/records/vehicle/{w.record('vehicle')}/end", {"version": 1, "reason": "found"}
    ),
    "POST /api/checks": lambda w: (w.ana, "/api/checks", check("XYZ987")),
    "POST /match": lambda w: (w.ana, "/match", QUERY),
    "POST /match/{dataset}": lambda w: (w.ana, "/match/default", QUERY),
    "POST /api/hits/{hit}/referral": lambda w: (w.ana, f"/api/hits/{w.hit()}/referral", {"urgency": "urgent"}),
    "POST /api/hits/{hit}/decision": lambda w: (w.eva, f"/api/hits/{w.referred()}/decision", DECISION),
    "POST /api/hits/{hit}/outcome": lambda w: (w.ana, f"/api/hits/{w.decided()}/outcome", OUTCOME),
    "POST /api/operations": lambda w: (w.ana, "/api/operations", PLAN),
    "PUT /api/operations/{which}": lambda w: (w.ana, f"/api/operations/{operation(w)}", PLAN | {"name": "Still River"}),
    "POST /api/operations/{which}/posts": lambda w: (w.ana, f"/api/operations/{operation(w)}/posts", POST),
    "POST /api/subject-requests": lambda w: (protector(w), "/api/subject-requests", subject_request()),
    "POST /api/subject-requests/{which}/admission": requested(*ADMITTED),
    "POST /api/subject-requests/{which}/decision": requested("decision", NOTHING, ADMITTED),
    "POST /api/subject-requests/{which}/answer": requested("answer", None, ADMITTED, ("decision", NOTHING)),
    "POST /api/subject-requests/{which}/withdrawal": requested("withdrawal", None),
    "POST /api/sign-out": lambda w: (leaver(w), "/api/sign-out", None),
    "POST /api/tokens": lambda w: (
        w.ana, "/api/tokens", {"device": "gate 4", "minutes": 60, "acts": ["see_session"]}
    ),
    "DELETE /api/sign-ins/{which}": lambda w: (w.ana, f"/api/sign-ins/{another_session(w)}", None),
    "POST /api/officers": lambda w: (w.ana, "/api/officers", new_officer(w)),
    "PUT /api/officers/{which}": lambda w: (
        w.ana, f"/api/officers/{w.ana('POST', '/api/officers', 201, json=new_officer(w))['id']}", {"name": "Iva Otra"}
    ),
    "POST /api/agencies": lambda w: (w.ana, "/api/agencies", {"name": f"Coast Guard {uuid4()}"}),
}  # fmt: skip


def changing_routes(app: FastAPI) -> Iterator[str]:
    """Every route of the application that changes something: `METHOD path`."""
    for route in all_routes(app.routes):
        for method in sorted(getattr(route, "methods", None) or ()):
            if method in CHANGES:
                yield f"{method} {getattr(route, 'path', '')}"
