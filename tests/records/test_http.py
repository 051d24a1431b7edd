from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Party, PartyKind, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.records.http import routes

WHY: dict[str, Any] = {"params": {"purpose": "investigation"}, "headers": {"x-reason": "a hit at the river"}}
PERSON: dict[str, Any] = {
    "status": "wanted", "source_key": "W-1", "names": [{"full": "Aurelio Inexistente"}], "births": ["1976-05"],
    "nationalities": ["COL"], "documents": [{"number": "ab 12-34", "issuer": "Colombia", "type": "passport"}],
    "notices": [{"colour": "red", "charges": ["fraud"], "action": "detain_and_call"}], "birth_places": ["Puerto Nada"],
}  # fmt: skip
VEHICLE = {"status": "stolen", "plate": "abc-123", "country": "Paraguay", "make": "Nadie"}
FIREARM = {"status": "lost", "serial": "x 123", "make": "Ninguna"}
EVERYONE = {"kind": "everyone"}


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, routes.router)


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def desk(app: FastAPI, database: Servers) -> Callable[..., Browser]:
    return lambda party, *roles: browser(app, employ(database, party, *roles))


def document(party: Party, **changes: Any) -> dict[str, Any]:
    return {"number": "AB 123456", "issuer": party.code, "type": "passport", "status": "stolen", **changes}


def test_each_kind_is_entered_and_read_back(desk: Callable[..., Browser], party: Party) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    bodies = {"person": PERSON, "document": document(party), "vehicle": VEHICLE, "firearm": FIREARM}
    for kind, content in bodies.items():
        made = ana("POST", f"/api/records/{kind}", 201, json={"content": content})
        held = ana("GET", f"/api/records/{kind}/{made['id']}", **WHY)
        assert held["owner"] == party.code
        assert held["version"] == made["version"] == 1
        assert held["terms"]["readers"]["kind"] == "own"
    assert held["content"] == {"status": "lost", "serial": "X123", "make": "Ninguna"}
    sets = ana("GET", "/api/sets")["sets"]
    assert {(entry["kind"], entry["records"]) for entry in sets} == {(kind, 1) for kind in bodies}


def test_marks_are_kept_in_the_form_they_are_compared(desk: Callable[..., Browser], party: Party) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    made = ana("POST", "/api/records/person", 201, json={"content": PERSON})
    content = ana("GET", f"/api/records/person/{made['id']}", **WHY)["content"]
    assert content["documents"] == [{"number": "AB1234", "issuer": "COL", "type": "passport"}]
    made = ana("POST", "/api/records/vehicle", 201, json={"content": VEHICLE})
    content = ana("GET", f"/api/records/vehicle/{made['id']}")["content"]
    assert (content["plate"], content["country"]) == ("ABC123", "PRY")


def test_a_change_makes_a_version_and_keeps_the_one_before(desk: Callable[..., Browser], party: Party) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    made = ana("POST", "/api/records/person", 201, json={"content": PERSON})
    path = f"/api/records/person/{made['id']}"
    change = {"content": PERSON | {"status": "convicted"}, "version": 1}
    assert ana("PUT", path, json=change)["version"] == 2
    ana("PUT", path, 409, json=change)
    ana("POST", f"{path}/end", 200, json={"version": 2, "reason": "served"})
    ana("POST", f"{path}/end", 409, json={"version": 3, "reason": "served"})
    ana("PUT", path, 409, json=change | {"version": 3})
    found = ana("GET", f"{path}/history", **WHY)["revisions"]
    assert [(entry["version"], entry["act"], entry["content"]["status"]) for entry in found] == [
        (3, "end_record", "convicted"), (2, "change_record", "convicted"), (1, "add_record", "wanted"),
    ]  # fmt: skip


def test_another_party_reads_what_is_released_and_changes_nothing(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    other = found(database)
    ana, eva = desk(party, Role.CONTRIBUTOR), desk(other, Role.CONTRIBUTOR)
    terms = {"readers": {"kind": "parties", "parties": [other.code]}, "handling": "H2"}
    shared = ana("POST", "/api/records/vehicle", 201, json={"content": VEHICLE, "terms": terms})
    own = ana("POST", "/api/records/vehicle", 201, json={"content": VEHICLE})
    held = eva("GET", f"/api/records/vehicle/{shared['id']}")
    assert held["terms"] is None
    assert held["grades"]["handling"] == "H2"
    change = {"content": VEHICLE, "version": 1}
    eva("GET", f"/api/records/vehicle/{own['id']}", 404)
    eva("PUT", f"/api/records/vehicle/{own['id']}", 404, json=change)
    eva("PUT", f"/api/records/vehicle/{shared['id']}", 403, json=change)
    eva("POST", f"/api/records/vehicle/{shared['id']}/end", 403, json={"version": 1, "reason": "x"})
    eva("GET", f"/api/records/vehicle/{shared['id']}/history", 403)
    ana("POST", f"/api/records/vehicle/{shared['id']}/end", json={"version": 1, "reason": "found"})
    eva("GET", f"/api/records/vehicle/{shared['id']}", 404)
    ana("GET", f"/api/records/vehicle/{shared['id']}")


def test_only_the_issuing_country_lists_its_documents(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    ana("POST", "/api/records/document", 403, json={"content": document(party, issuer="COL")})
    ana("POST", "/api/records/document", 422, json={"content": document(party, issuer="nowhere at all")})
    body = found(database, PartyKind.BODY)
    desk(body, Role.CONTRIBUTOR)("POST", "/api/records/document", 403, json={"content": document(body)})


def test_a_person_is_opened_with_purpose_and_reason_and_the_owner_sees_who(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    other = found(database)
    ana, eva, auditor = desk(party, Role.CONTRIBUTOR), desk(other, Role.ANALYST), desk(party, Role.AUDITOR)
    made = ana("POST", "/api/records/person", 201, json={"content": PERSON, "terms": {"readers": EVERYONE}})
    path = f"/api/records/person/{made['id']}"
    for purpose, said in ((None, None), ("investigation", None), (None, "because"), ("curiosity", "x"),
                          ("investigation", "%FF"), ("investigation", "a%00b")):  # fmt: skip
        headers = {} if said is None else {"x-reason": said}
        eva("GET", path, 422, params={"purpose": purpose} if purpose else {}, headers=headers)
    eva("GET", path, **WHY)
    entries = auditor("GET", f"/api/audit?object={made['id']}")["entries"]
    assert [(e["act"], e["party"], e["purpose"], e["reason"]) for e in entries] == [
        ("read_record", other.code, "investigation", "a hit at the river"), ("add_record", party.code, None, None),
    ]  # fmt: skip
    strangers = desk(found(database), Role.AUDITOR)("GET", f"/api/audit?object={made['id']}")
    assert strangers["entries"] == []


@pytest.mark.parametrize("status", ["victim", "witness"])
def test_whoever_is_protected_is_masked_even_at_home(desk: Callable[..., Browser], party: Party, status: str) -> None:
    writer = desk(party, Role.CONTRIBUTOR)
    secret = PERSON | {"status": status, "remarks": "Aurelio lives in Puerto Nada", "marks": "scar"}
    path = f"/api/records/person/{writer('POST', '/api/records/person', 201, json={'content': secret})['id']}"
    for role in set(Role) - {Role.HUB_OPERATOR}:  # whom a party cannot have
        officer = desk(party, role)
        if role in (Role.PRESS_OFFICER, Role.AUDITOR, Role.PARTY_ADMINISTRATOR):
            officer("GET", path, 403, **WHY)  # they read no record at all
            continue
        held = officer("GET", path, **WHY)
        assert held["masked"]
        assert "names" in held["content"]["sealed"]
        told = str(held) + str(officer("GET", f"{path}/history", **WHY))
        for word in ("Aurelio", "1976", "1234", "Puerto Nada", "scar", "fraud"):
            assert word not in told


def test_a_child_is_masked_for_all_but_two_roles_whatever_it_is_held_for(
    desk: Callable[..., Browser], party: Party
) -> None:
    child = PERSON | {"status": "missing", "births": [f"{datetime.now(UTC).year - 9}-05"]}
    made = desk(party, Role.CONTRIBUTOR)("POST", "/api/records/person", 201, json={"content": child})
    path = f"/api/records/person/{made['id']}"
    for role in (Role.CONTRIBUTOR, Role.ANALYST, Role.FIELD_OFFICER):
        held = desk(party, role)("GET", path, **WHY)
        assert held["masked"]
        assert "Aurelio" not in str(held)
        assert "names" in held["content"]["masked"]
    for role in (Role.LIAISON_OFFICER, Role.DATA_PROTECTION_OFFICER):
        held = desk(party, role)("GET", path, **WHY)
        assert not held["masked"]
        assert held["content"]["names"] == [{"full": "Aurelio Inexistente", "kind": "primary"}]


def test_who_became_a_victim_is_masked_in_the_history_too(desk: Callable[..., Browser], party: Party) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    path = f"/api/records/person/{ana('POST', '/api/records/person', 201, json={'content': PERSON})['id']}"
    ana("PUT", path, json={"content": PERSON | {"status": "victim"}, "version": 1})
    assert "Aurelio" not in str(ana("GET", f"{path}/history", **WHY))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"owner": "BRA"}, 422),
        ({"content": VEHICLE | {"status": "melted"}}, 422),
        ({"content": VEHICLE | {"owner": 3}}, 422),
        ({"content": {"status": "stolen"}}, 422),
        ({"content": VEHICLE | {"plate": "\x00"}}, 422),
        ({"content": VEHICLE | {"vin": "1"}}, 422),
        ({"content": VEHICLE | {"country": "Atlantis"}}, 422),
        ({"terms": {"readers": {"kind": "parties", "parties": ["NOPE"]}}}, 422),
        ({"terms": {"readers": {"kind": "parties"}}}, 422),
        ({"terms": {"readers": {"kind": "own", "parties": ["NOPE"]}}}, 422),
        ({"terms": {"readers": {"kind": "operation", "operation": str(uuid4())}}}, 422),
        ({"terms": {"level": "all"}}, 422),
        ({"retain_until": "2020-01-01"}, 422),
        ({"retain_until": "2100-01-01"}, 422),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Callable[..., Browser], party: Party, change: dict[str, Any], status: int
) -> None:
    desk(party, Role.CONTRIBUTOR)("POST", "/api/records/vehicle", status, json={"content": VEHICLE} | change)


def test_a_reference_stands_once_in_a_set_and_a_set_holds_one_kind(desk: Callable[..., Browser], party: Party) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    ana("POST", "/api/records/person", 201, json={"content": PERSON, "set": "Wanted"})
    ana("POST", "/api/records/person", 409, json={"content": PERSON, "set": "Wanted"})
    ana("POST", "/api/records/vehicle", 409, json={"content": VEHICLE, "set": "Wanted"})


def test_who_may_not_write_does_not(desk: Callable[..., Browser], party: Party) -> None:
    for role in (Role.VIEWER, Role.ANALYST, Role.FIELD_OFFICER, Role.AUDITOR, Role.PARTY_ADMINISTRATOR):
        desk(party, role)("POST", "/api/records/vehicle", 403, json={"content": VEHICLE})


def test_hub_operator_and_administrator_see_no_content(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    hub = found(database, PartyKind.BODY, "HUB")
    ana = desk(party, Role.CONTRIBUTOR)
    made = ana("POST", "/api/records/vehicle", 201, json={"content": VEHICLE, "terms": {"readers": EVERYONE}})
    for officer in (desk(hub, Role.HUB_OPERATOR), desk(party, Role.PARTY_ADMINISTRATOR), desk(party, Role.AUDITOR)):
        officer("GET", f"/api/records/vehicle/{made['id']}", 403)
        officer("GET", "/api/sets", 403)


def test_a_set_is_known_to_whom_its_terms_tell_and_its_size_to_none(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    ana, eva = desk(party, Role.CONTRIBUTOR), desk(found(database), Role.VIEWER)
    blind = {"meeting": EVERYONE, "level": "blind"}
    pointer = {"meeting": EVERYONE, "level": "pointer"}
    for name, terms in (("Own", {}), ("Blind", blind), ("Pointer", pointer)):
        ana("POST", "/api/records/vehicle", 201, json={"content": VEHICLE, "terms": terms, "set": name})
    seen = [entry for entry in eva("GET", "/api/sets")["sets"] if entry["owner"] == party.code]
    assert [(entry["name"], entry["records"]) for entry in seen] == [("Pointer", None)]


def test_parts_of_a_person_follow_each_change(desk: Callable[..., Browser], party: Party, database: Servers) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    made = ana("POST", "/api/records/person", 201, json={"content": PERSON})

    def parts() -> list[int]:
        with as_owner(database) as owner:
            tables = ("notice", "person_document")
            return [rows(owner, f"select count(*) from {t} where person = %(id)s", id=made["id"])[0][0] for t in tables]

    assert parts() == [1, 1]
    twice = PERSON | {"notices": PERSON["notices"] * 2, "documents": []}
    ana("PUT", f"/api/records/person/{made['id']}", json={"content": twice, "version": 1})
    assert parts() == [2, 0]
    ana("POST", f"/api/records/person/{made['id']}/end", json={"version": 2, "reason": "x"})
    assert parts()[1] == 0
