"""Sealed fields over HTTP: nobody sees who a victim is by default; owners open one field at a time, with a reason."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import KEYS, Browser, application, as_owner, browser, employ, found, numbers, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.records.http import routes as records
from tripoint.records.sealed.http import routes as sealed
from tripoint.words.people import PersonStatus

WHY: dict[str, Any] = {"params": {"purpose": "identification"}, "headers": {"x-reason": "a hit at the river"}}
OPENING = {"purpose": "identification", "reason": "her mother asks at the shelter"}
SECRETS = ("Zorquilda", "Vamperol", "2009-04", "QX774411", "Puerto Velorio", "crescent", "cousin", "trafficking of")
VICTIM: dict[str, Any] = {
    "status": "victim", "names": [{"full": "Zorquilda Vamperol"}], "births": ["2009-04-17"],
    "nationalities": ["COL"], "documents": [{"number": "QX 77-4411", "issuer": "COL", "type": "passport"}],
    "birth_places": ["Puerto Velorio"], "marks": "a crescent on the left hand", "remarks": "lives with a cousin",
    "instructions": "Speak with her alone.",
    "notices": [
        {"colour": "yellow", "charges": ["trafficking of Zorquilda"], "action": "protect", "remarks": "Zorquilda"}
    ],
}  # fmt: skip
TABLES = """
select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and n.nspname in ('public', 'staging')
"""
NO_CONTENT = (Role.PRESS_OFFICER, Role.AUDITOR, Role.PARTY_ADMINISTRATOR, Role.HUB_OPERATOR)
CONTENT_ROLES = [role for role in Role if role not in NO_CONTENT]


@pytest.fixture(scope="module")
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, records.router, sealed.router)


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def desk(app: FastAPI, database: Servers) -> Callable[..., Browser]:
    """The browser of a party's officer of a role: one for all tests, since signing in takes its time."""
    known: dict[tuple[str, Role], Browser] = {}

    def sit(party: Party, role: Role) -> Browser:
        if (party.code, role) not in known:
            known[party.code, role] = browser(app, employ(database, party, role))
        return known[party.code, role]

    return sit


def enter(writer: Browser, content: dict[str, Any] = VICTIM, **more: Any) -> str:
    numbered = content | {"source_key": f"V-{next(numbers)}"}
    made = writer("POST", "/api/records/person", 201, json={"content": numbered, **more})
    return str(made["id"])


def opening(field: str, record: str) -> str:
    return f"/api/records/{record}/sealed/{field}/opening"


def everything(database: Servers) -> str:
    """All that the database holds, as text: each row of each table."""
    with as_owner(database) as owner:
        names = [row[0] for row in rows(owner, TABLES)]
        return "\n".join(str(row[0]) for name in names for row in rows(owner, f"select x::text from {name} x"))


def test_no_role_reads_who_a_victim_is(desk: Callable[..., Browser], party: Party) -> None:
    record = enter(desk(party, Role.CONTRIBUTOR))
    for role in CONTENT_ROLES:
        officer = desk(party, role)
        told = officer("GET", f"/api/records/person/{record}", **WHY)
        said = str(told) + str(officer("GET", f"/api/records/person/{record}/history", **WHY))
        assert not [secret for secret in SECRETS if secret in said], role
        assert told["masked"]
        assert told["content"]["sealed"] == [
            "names", "births", "documents", "birth_places", "marks", "remarks", "notices",
        ]  # fmt: skip
        assert told["content"]["instructions"] == "Speak with her alone."


def test_a_sealed_name_stands_in_no_table(desk: Callable[..., Browser], party: Party, database: Servers) -> None:
    enter(desk(party, Role.CONTRIBUTOR))
    held = everything(database)
    assert party.code in held
    assert [secret for secret in (*SECRETS, "QX77") if secret in held] == []


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.DATA_PROTECTION_OFFICER])
def test_an_owners_keeper_opens_one_field_and_the_trail_says_so(
    desk: Callable[..., Browser], party: Party, role: Role
) -> None:
    record = enter(desk(party, Role.CONTRIBUTOR))
    keeper = desk(party, role)
    opened = keeper("POST", opening("names", record), json=OPENING)
    assert opened["value"] == [{"full": "Zorquilda Vamperol", "kind": "primary"}]
    assert not [secret for secret in SECRETS[2:] if secret in str(opened)]
    keeper("POST", opening("births", record), json=OPENING)
    trail = desk(party, Role.AUDITOR)("GET", f"/api/audit?object={record}")["entries"]
    kept = [(entry["object_kind"], entry["reason"]) for entry in trail if entry["act"] == "open_sealed"]
    assert kept == [("sealed_births", OPENING["reason"]), ("sealed_names", OPENING["reason"])]


def test_nobody_else_opens(desk: Callable[..., Browser], party: Party, database: Servers) -> None:
    everyone = {"kind": "everyone"}
    record = enter(desk(party, Role.CONTRIBUTOR), terms={"readers": everyone, "meeting": everyone})
    for role in set(CONTENT_ROLES) - {Role.LIAISON_OFFICER, Role.DATA_PROTECTION_OFFICER}:
        desk(party, role)("POST", opening("names", record), 403, json=OPENING)
    stranger = desk(found(database), Role.LIAISON_OFFICER)
    assert stranger("GET", f"/api/records/person/{record}", **WHY)["masked"]
    stranger("POST", opening("names", record), 403, json=OPENING)


def test_an_opening_needs_its_reason_and_a_field_that_is_sealed(desk: Callable[..., Browser], party: Party) -> None:
    record = enter(desk(party, Role.CONTRIBUTOR))
    keeper = desk(party, Role.LIAISON_OFFICER)
    for body in ({}, {"purpose": "identification"}, OPENING | {"reason": "because"}, OPENING | {"reason": " " * 30}):
        keeper("POST", opening("names", record), 422, json=body)
    keeper("POST", opening("fingerprints", record), 422, json=OPENING)
    keeper("POST", opening("names", str(uuid4())), 404, json=OPENING)
    plain = enter(desk(party, Role.CONTRIBUTOR), VICTIM | {"status": "missing", "births": ["1980-01-01"]})
    keeper("POST", opening("names", plain), 404, json=OPENING)


def test_the_owner_looks_up_exactly_and_learns_no_more_than_that(
    desk: Callable[..., Browser], database: Servers
) -> None:
    party = found(database)
    record = enter(desk(party, Role.CONTRIBUTOR))
    keeper = desk(party, Role.LIAISON_OFFICER)

    def look(who: Browser = keeper, expect: int = 200, **asked: Any) -> list[dict[str, Any]]:
        answer = who("POST", "/api/records/sealed/lookup", expect, json=OPENING | asked)
        return answer["found"] if expect == 200 else []

    by_name = look(name="VAMPEROL, zorquilda", birth="2009-04-17")
    assert [(one["record"], one["by"], one["status"]) for one in by_name] == [(record, ["person"], "victim")]
    assert [one["by"] for one in look(number="qx 774411")] == [["document"]]
    assert [one["by"] for one in look(number="QX774411", name="Zorquilda Vamperol", birth="2009-04-17")] == [
        ["document", "person"]
    ]
    near: list[dict[str, Any]] = [
        {"name": "Zorquilda Vamperol", "birth": "2009-04-18"}, {"name": "Zorquild Vamperol", "birth": "2009-04-17"},
        {"number": "QX774412"},
    ]  # fmt: skip
    for asked in near:
        assert look(**asked) == []
    look(expect=422)
    look(expect=422, name="Zorquilda Vamperol")
    look(expect=422, number="-")
    assert look(desk(found(database), Role.LIAISON_OFFICER), number="QX774411") == []
    look(desk(party, Role.ANALYST), 403, number="QX774411")


def test_who_becomes_a_victim_is_sealed_in_the_past_too(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    marked = "Quendrila Mostavel"
    wanted = VICTIM | {"status": "wanted", "births": ["1980-01-01"], "names": [{"full": marked}], "notices": []}
    record = enter(ana, wanted)
    assert marked in everything(database)
    ana("PUT", f"/api/records/person/{record}", json={"content": wanted | {"status": "victim"}, "version": 1})
    assert marked not in everything(database)
    history = ana("GET", f"/api/records/person/{record}/history", **WHY)["revisions"]
    assert [state["content"]["sealed"][0] for state in history] == ["names", "names"]
    keeper = desk(party, Role.LIAISON_OFFICER)
    assert keeper("POST", opening("names", record), json=OPENING)["value"][0]["full"] == marked


def test_what_is_sealed_stays_when_the_rest_changes(desk: Callable[..., Browser], party: Party) -> None:
    ana, keeper = desk(party, Role.CONTRIBUTOR), desk(party, Role.LIAISON_OFFICER)
    record = enter(ana)
    kept = {"status": "witness", "nationalities": ["PER"], "keep_sealed": True, "instructions": "Call the shelter."}
    ana("PUT", f"/api/records/person/{record}", json={"content": kept, "version": 1})
    held = ana("GET", f"/api/records/person/{record}", **WHY)
    assert held["version"] == 2
    assert held["content"]["status"] == "witness"
    assert held["content"]["nationalities"] == ["PER"]
    assert keeper("POST", opening("names", record), json=OPENING)["value"][0]["full"] == "Zorquilda Vamperol"
    path = f"/api/records/person/{record}"
    for content in (kept | {"status": "wanted"}, kept | {"names": [{"full": "X Y"}]}, {"status": "victim"}):
        ana("PUT", path, 422, json={"content": content, "version": 2})
    ana("POST", "/api/records/person", 422, json={"content": kept})
    other = VICTIM | {"names": [{"full": "Otra Inventada"}], "status": "suspect", "births": ["1970"]}
    ana("PUT", path, json={"content": other, "version": 2})
    assert ana("GET", path, **WHY)["content"]["names"][0]["full"] == "Otra Inventada"
    lookup = OPENING | {"number": "QX774411"}
    assert record not in str(keeper("POST", "/api/records/sealed/lookup", json=lookup))


def test_children_nobody_seeks_are_sealed_and_all_children_masked(desk: Callable[..., Browser], party: Party) -> None:
    ana, analyst = desk(party, Role.CONTRIBUTOR), desk(party, Role.ANALYST)
    for status in PersonStatus:
        child = VICTIM | {"status": status.value, "births": [f"{datetime.now(UTC).year - 11}"]}
        held = analyst("GET", f"/api/records/person/{enter(ana, child)}", **WHY)
        assert held["masked"]
        assert not [secret for secret in SECRETS if secret in str(held)]
        sealed_ones = {"victim", "witness", "person_of_interest", "warning"}
        assert ("sealed" in held["content"]) == (status.value in sealed_ones)


def test_without_its_share_a_record_is_gone_and_says_so(
    desk: Callable[..., Browser], party: Party, database: Servers
) -> None:
    record = enter(desk(party, Role.CONTRIBUTOR))
    with as_owner(database) as owner:
        ((slot,),) = rows(owner, "select slot from data_key where record = %(id)s", id=record)
    KEYS.destroy([slot])
    desk(party, Role.LIAISON_OFFICER)("POST", opening("names", record), 410, json=OPENING)


@pytest.mark.parametrize("swap", ["record", "field", "version"])
def test_a_ciphertext_moved_in_the_database_does_not_open(
    desk: Callable[..., Browser], party: Party, database: Servers, swap: str
) -> None:
    ana = desk(party, Role.CONTRIBUTOR)
    first, second = enter(ana), enter(ana)
    moves = {
        "record": "update sealed_field t set nonce = s.nonce, ciphertext = s.ciphertext from sealed_field s"
        " where t.record = %(first)s and s.record = %(second)s and t.field = 'names' and s.field = 'names'",
        "field": "update sealed_field t set nonce = s.nonce, ciphertext = s.ciphertext from sealed_field s"
        " where t.record = %(first)s and s.record = %(first)s and t.field = 'names' and s.field = 'births'",
        "version": "with moved as (update sealed_field set version = 7 where record = %(first)s)"
        " update person set content = content || '{\"sealed_at\": 7}'"
        " where id = %(first)s and %(second)s::uuid is not null",
    }
    with as_owner(database) as owner:
        for force in ("no force", "force"):
            if force == "force":
                owner.exec_driver_sql(moves[swap], {"first": first, "second": second})
            for table in ("person", "sealed_field"):
                owner.exec_driver_sql(f"alter table {table} {force} row level security")
    desk(party, Role.LIAISON_OFFICER)("POST", opening("names", first), 410, json=OPENING)
