from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import Browser, application, as_owner, browser, employ, found, rows, visiting
from tripoint.access.http import routes as access
from tripoint.access.model import Act, Party, Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.subjects import rules, store, work
from tripoint.desks.subjects.http import routes
from tripoint.desks.subjects.model import RequestKind
from tripoint.records.http import routes as records

TODAY = datetime.now(UTC).date().isoformat()
WHO = {"names": ["Mireldo Antuvelas Corvey"], "births": ["1976-05-12"], "nationalities": ["COL"]}
LISTED = {"status": "suspect", "names": [{"full": "Mireldo Antuvelas Corvey"}], "births": ["1976-05-12"]}
CAR = {"status": "stolen", "plate": "ABC123", "country": "PRY"}
PATH = "/api/subject-requests"
Desk = Callable[..., Browser]


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, routes.router, records.router)


@pytest.fixture
def desk(app: FastAPI, database: Servers) -> Desk:
    return lambda party, *roles: browser(app, employ(database, party, *(roles or (Role.DATA_PROTECTION_OFFICER,))))


def came_in(officer: Browser, kind: str = "access", reference: str = "DPO 1") -> str:
    body = {"kind": kind, "reference": reference, "received_on": TODAY, "person": WHO}
    made = officer("POST", PATH, 201, json=body)
    return f"{PATH}/{made['id']}"


def admitted(officer: Browser, *parties: Party, kind: str = "access") -> str:
    path = came_in(officer, kind)
    officer("POST", f"{path}/admission", json={"parties": [party.code for party in parties]})
    return path


def nothing() -> dict[str, Any]:
    return {"decision": "nothing_to_tell", "reason": "we hold nothing"}


def listed(desk: Desk, party: Party) -> str:
    made = desk(party, Role.CONTRIBUTOR)("POST", "/api/records/person", 201, json={"content": LISTED})
    return str(made["id"])


def test_a_request_is_served_within_four_months_from_file_to_answer(desk: Desk, database: Servers) -> None:
    one, two = found(database), found(database)
    record = listed(desk, two)
    here, there = desk(one), desk(two)
    path = came_in(here)
    there("GET", path, 404)
    now = here("POST", f"{path}/admission", json={"parties": [two.code]})
    due = rules.due_at(RequestKind.ACCESS, datetime.fromisoformat(now["admitted_at"]))
    assert (now["state"], datetime.fromisoformat(now["due_at"])) == ("admissible", due)
    assert [maybe["record"] for maybe in there("GET", f"{path}/records")["found"]] == [record]
    assert here("GET", f"{path}/records")["found"] == []
    here("POST", f"{path}/decision", json=nothing())
    here("POST", f"{path}/answer", 409)
    deed = {"kind": "person", "record": record, "deed": "told"}
    said = {"decision": "told", "reason": "no case is open", "words": "You are listed.", "records": [deed]}
    there("POST", f"{path}/decision", json=said)
    there("POST", f"{path}/decision", 409, json=said)
    assert here("POST", f"{path}/answer") == {"outcome": "told", "words": ["You are listed."]}
    here("POST", f"{path}/answer", 409)


def test_the_receiving_party_learns_neither_what_is_held_nor_who_withholds(desk: Desk, database: Servers) -> None:
    """A party that holds nothing and one that withholds are the same to the byte, until the end and after it."""
    seen = []
    for holds in (False, True):
        one, two = found(database), found(database)
        here, there = desk(one), desk(two)
        path = admitted(here, two)
        withheld = [{"kind": "person", "record": listed(desk, two), "deed": "withheld"}] if holds else []
        there("POST", f"{path}/decision", json=nothing() | {"reason": "a case is open", "records": withheld})
        before = here("GET", path)["answers"]
        here("POST", f"{path}/decision", json=nothing())
        answers = here("GET", path)["answers"]
        told = here("POST", f"{path}/answer")
        assert told["outcome"] == "neither_confirmed_nor_denied"
        seen.append([[{**one, "party": None} for one in answer] for answer in (before, answers)] + [told])
    assert seen[0] == seen[1]
    assert [one["decision"] for one in seen[0][0]] == [None, None], "closed until all have decided"


def test_a_party_asked_sees_its_own_part_alone(desk: Desk, database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    here, there, third = desk(one), desk(two), desk(three)
    path = admitted(here, two, three)
    third("POST", f"{path}/decision", json=nothing() | {"reason": "our own reason"})
    file = there("GET", path)
    assert file["person"]["names"] == WHO["names"]
    assert (file["answers"], file["own"], file["request"]["reference"]) == ([], None, None)
    assert "our own reason" not in here("GET", path).__str__()
    for move in ("answer", "withdrawal"):
        there("POST", f"{path}/{move}", 403)
    there("POST", f"{path}/admission", 403, json={})


def test_no_other_role_and_no_other_party_comes_near(desk: Desk, database: Servers) -> None:
    one, two = found(database), found(database)
    path = admitted(desk(one))
    others = [role for role in Role if role not in (Role.DATA_PROTECTION_OFFICER, Role.HUB_OPERATOR)]
    mate = desk(one, *others)
    for method, where, body in (
        ("GET", PATH, None), ("GET", path, None), ("GET", f"{path}/records", None), ("POST", f"{path}/answer", None),
        ("POST", f"{path}/decision", nothing()), ("POST", f"{path}/withdrawal", None),
    ):  # fmt: skip
        mate(method, where, 403, json=body)
    assert desk(two)("GET", PATH)["requests"] == []
    desk(two)("POST", f"{path}/decision", 404, json=nothing())


def test_the_database_keeps_other_roles_away_too(engine: Engine, desk: Desk, database: Servers) -> None:
    one, two = found(database), found(database)
    admitted(desk(one), two)
    for party in (one, two):
        analyst = employ(database, party, Role.ANALYST, Role.LIAISON_OFFICER)
        officer = employ(database, party, Role.DATA_PROTECTION_OFFICER)
        for account, sees in ((analyst, 0), (officer, 1)):
            with visiting(engine, account, Act.SEE_SESSION) as visit:
                for table in ("subject_request", "subject_consultation"):
                    assert len(rows(visit.session, f"select 1 from {table}")) >= sees
                    assert sees or not rows(visit.session, f"select 1 from {table}")


def test_a_deletion_counts_once_the_record_has_ended(desk: Desk, database: Servers) -> None:
    one = found(database)
    record, here = listed(desk, one), desk(one)
    path = admitted(here, kind="deletion")
    deed = {"kind": "person", "record": record, "deed": "deleted"}
    done = {"decision": "done", "reason": "unlawful", "words": "Deleted.", "records": [deed]}
    here("POST", f"{path}/decision", 409, json=done)
    end = {"version": 1, "reason": "asked for by the person"}
    desk(one, Role.CONTRIBUTOR)("POST", f"/api/records/person/{record}/end", json=end)
    here("POST", f"{path}/decision", json=done)
    assert here("POST", f"{path}/answer") == {"outcome": "done", "words": ["Deleted."]}
    assert here("GET", path)["own"]["records"] == [deed]


def test_an_erased_record_is_a_deletion_too(engine: Engine, desk: Desk, database: Servers) -> None:
    one = found(database)
    made = desk(one, Role.CONTRIBUTOR)("POST", "/api/records/vehicle", 201, json={"content": CAR})
    here = desk(one)
    path = admitted(here, kind="deletion")
    keeper = employ(database, one, Role.LIAISON_OFFICER)
    with visiting(engine, keeper, Act.SEE_SESSION) as visit:
        erase = "select erase_own_record('vehicle', %(id)s, 1, 'subject', 'asked for by the person')"
        assert rows(visit.session, erase, id=made["id"]) == [(True,)]
    deed = {"kind": "vehicle", "record": made["id"], "deed": "deleted"}
    done = {"decision": "done", "reason": "unlawful", "words": "Deleted.", "records": [deed]}
    here("POST", f"{path}/decision", json=done)
    assert here("POST", f"{path}/answer")["outcome"] == "done"


def test_a_victim_who_asks_is_found_among_the_sealed(desk: Desk, database: Servers) -> None:
    one, two = found(database), found(database)
    body = {"content": LISTED | {"status": "victim"}}
    record = desk(one, Role.CONTRIBUTOR)("POST", "/api/records/person", 201, json=body)["id"]
    here, there = desk(one), desk(two)
    path = admitted(here, two)
    assert here("GET", f"{path}/records")["found"] == [{"record": record, "score": 1.0, "sealed": True}]
    assert there("GET", f"{path}/records")["found"] == []


def test_who_asks_stands_nowhere_in_clear_and_goes_with_its_key(desk: Desk, database: Servers) -> None:
    here = desk(found(database))
    which = admitted(here).rpartition("/")[2]
    with as_owner(database) as owner:
        for table in ("subject_request", "subject_consultation", "subject_record", "audit", "outbox", "data_key"):
            whole = f"select 1 from {table} t where t::text ilike '%%Antuvelas%%' or t::text like '%%1976%%'"
            assert rows(owner, whole) == [], table
        owner.exec_driver_sql("update data_key set wrapped = decode(repeat('00', 40), 'hex') where record = %(id)s",
                              {"id": which})  # fmt: skip
    assert here("GET", f"{PATH}/{which}", 410)["error"]["code"] == "gone"


def test_records_of_others_cannot_be_named(desk: Desk, database: Servers) -> None:
    one, two = found(database), found(database)
    body = {"content": LISTED, "terms": {"readers": {"kind": "everyone"}}}
    shared = desk(two, Role.CONTRIBUTOR)("POST", "/api/records/person", 201, json=body)["id"]
    here = desk(one)
    path = admitted(here)
    deed = {"kind": "person", "record": shared, "deed": "told"}
    said = {"decision": "told", "reason": "theirs", "words": "They list you.", "records": [deed]}
    here("POST", f"{path}/decision", 404, json=said)
    assert here("GET", f"{path}/records")["found"] == []


def test_a_request_may_be_turned_away_or_taken_back(desk: Desk, database: Servers) -> None:
    here = desk(found(database))
    one, two = came_in(here), came_in(here, reference="DPO 2")
    away = here("POST", f"{one}/admission", json={"ground": "identity_not_shown"})
    assert (away["state"], away["ground"], away["due_at"]) == ("inadmissible", "identity_not_shown", None)
    assert here("POST", f"{two}/withdrawal")["state"] == "withdrawn"
    for path in (one, two):
        here("POST", f"{path}/admission", 409, json={})
    body = {"kind": "access", "reference": "DPO 1", "received_on": TODAY, "person": WHO}
    here("POST", PATH, 409, json=body)
    here("POST", f"{one}/admission", 422, json={"parties": ["ARC"], "ground": "repeated"})
    here("POST", PATH, 422, json=body | {"party": "ARC"})


def test_parties_that_do_not_take_part_cannot_be_asked(desk: Desk, database: Servers) -> None:
    here = desk(found(database))
    here("POST", f"{came_in(here)}/admission", 422, json={"parties": ["NOBODY"]})


def test_the_trail_names_who_read_and_what_became_of_each_record(desk: Desk, database: Servers) -> None:
    one = found(database)
    record, here = listed(desk, one), desk(one)
    path = admitted(here)
    here("GET", path)
    here("GET", f"{path}/records")
    deed = {"kind": "person", "record": record, "deed": "withheld"}
    here("POST", f"{path}/decision", json=nothing() | {"records": [deed]})
    here("POST", f"{path}/answer")
    entries = here("GET", "/api/audit", params={"object": path.rpartition("/")[2]})["entries"]
    assert [entry["act"] for entry in reversed(entries)] == [
        "receive_subject_request", "admit_subject_request", "read_subject_request", "find_subject_records",
        "decide_subject_request", "answer_subject_request",
    ]  # fmt: skip
    (line, *_) = here("GET", "/api/audit", params={"object": record})["entries"]
    assert (line["act"], line["outcome"]) == ("decide_subject_request", "withheld")


def test_reminders_and_the_end_of_particulars_follow_the_clock(
    engine: Engine, desk: Desk, database: Servers
) -> None:
    one, two = found(database), found(database)
    here = desk(one)
    path = admitted(here, two)
    which = path.rpartition("/")[2]
    request = here("GET", path)["request"]
    begun, due = (datetime.fromisoformat(request[name]) for name in ("admitted_at", "due_at"))
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    for part in (0.1, 0.49, 0.51, 0.6, 0.81, 1.0, 1.1):
        moment = begun + (due - begun) * part
        with transaction(relay) as session:
            store.tend(session, moment)
        assert here("GET", path)["request"]["reminded"] == rules.reminder(begun, due, moment)
    noted = "select outcome, object_owner from audit where act = 'remind_subject_request' and object_id = %(id)s"
    with as_owner(database) as owner:
        told = {tuple(row) for row in rows(owner, noted, id=which)}
    assert told == {(step, party.number) for step in ("50", "80", "100") for party in (one, two)}
    officer = employ(database, one, Role.DATA_PROTECTION_OFFICER)
    with visiting(engine, officer, Act.ANSWER_SUBJECT_REQUEST, lambda: due) as visit:
        told_at_last = work.answer(visit, work.find(visit, work.list_requests(visit)[0].id).id)
    assert told_at_last.outcome == "neither_confirmed_nor_denied"
    for days, kept in ((89, True), (91, False)):
        with transaction(relay) as session:
            store.tend(session, due + timedelta(days=days))
        assert bool(here("GET", path)["person"]) is kept
    with as_owner(database) as owner:
        assert rows(owner, "select 1 from data_key where record = %(id)s", id=which) == []
        assert rows(owner, "select 1 from shred where done_at is null") != []
    here("GET", f"{path}/records", 409)
    relay.dispose()
