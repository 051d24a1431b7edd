"""The plan of an operation with all its parts: who reads it, who writes which part, what is kept of changes."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tests.town import Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Party, Role
from tripoint.base.database import RELAY_ROLE, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.desks.operations.grants.http import routes as grants
from tripoint.desks.operations.http import routes
from tripoint.desks.operations.readiness.http import routes_for
from tripoint.desks.operations.roster.http import routes as roster
from tripoint.desks.operations.sheets.http import routes as sheets
from tripoint.desks.situation import jobs, work as situation
from tripoint.desks.situation.http import of_operations, routes as reports

NOW = datetime.now(UTC).replace(microsecond=0)
Desk = Callable[..., Browser]
SITE = {"kind": "hub", "name": "Coordination unit", "place": "San José", "time_zone": "America/Costa_Rica"}
PARTNERS = [
    {"name": "UNODC", "role": "follow_up", "duties": "prosecutors"}, {"name": "Europol", "role": "support"},
    {"name": "IOM", "role": "protection"}, {"name": "IMPACS", "role": "information"},
]  # fmt: skip


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    desks = (access, routes, grants, roster, sheets, reports, of_operations, routes_for(situation.reporting))
    return application(engine, *(one.router for one in desks))


@pytest.fixture
def desk(app: FastAPI, database: Servers) -> Desk:
    return lambda party, *roles: browser(app, employ(database, party, *roles))


def plan(*parties: Party, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Quiet River", "starts_at": (NOW - timedelta(days=1)).isoformat(),
        "ends_at": (NOW + timedelta(days=4)).isoformat(), "participants": [party.code for party in parties], **changes,
    }  # fmt: skip


def prepared(desk: Desk, chief_of: Party, *parties: Party, **changes: Any) -> tuple[Browser, str]:
    """A coordinator's browser and the path of his operation."""
    chief = desk(chief_of, Role.COORDINATOR)
    return chief, f"/api/operations/{chief('POST', '/api/operations', 201, json=plan(*parties, **changes))['id']}"


def post_at(browser: Browser, path: str, **more: Any) -> str:
    body = {"name": "Puerto Alto", "kind": "river", "latitude": -3.2, "longitude": -60.0, **more}
    return str(browser("POST", f"{path}/posts", 201, json=body)["id"])


def test_list_and_stated_count_must_agree(desk: Desk, database: Servers) -> None:
    one, two = found(database), found(database)
    chief = desk(one, Role.COORDINATOR)
    refused = chief("POST", "/api/operations", 422, json=plan(one, two, stated_count=33))
    assert refused["error"]["sentence"] == "33 parties are stated and 2 are listed."
    path = f"/api/operations/{chief('POST', '/api/operations', 201, json=plan(one, two, stated_count=2))['id']}"
    assert chief("GET", path)["stated_count"] == 2
    chief("PUT", path, 422, json=plan(one, stated_count=2))


def test_the_coordinator_writes_the_plan_and_all_parties_read_it(desk: Desk, database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief, path = prepared(desk, one, two, project="Project River", funder="The Delta Fund", time_zone="America/Panama")
    phases = [
        {"kind": "pre", "starts_at": (NOW - timedelta(days=9)).isoformat(), "ends_at": NOW.isoformat()},
        {"kind": "action", "starts_at": NOW.isoformat(), "ends_at": (NOW + timedelta(days=2)).isoformat()},
    ]
    chief("PUT", f"{path}/phases", json={"phases": phases})
    sites = [SITE | {"host": one.code}, SITE | {"kind": "support", "name": "Support", "place": "Brasília"}]
    chief("PUT", f"{path}/sites", json={"sites": sites})
    chief("PUT", f"{path}/partners", json={"partners": PARTNERS})
    seen = desk(two, Role.VIEWER)("GET", path)
    assert (seen["project"], seen["funder"], seen["time_zone"]) == ("Project River", "The Delta Fund", "America/Panama")
    assert [phase["kind"] for phase in seen["phases"]] == ["pre", "action"]
    assert [(site["kind"], site["host"]) for site in seen["sites"]] == [("hub", one.code), ("support", None)]
    assert {partner["name"]: partner["role"] for partner in seen["partners"]}["UNODC"] == "follow_up"
    desk(three, Role.VIEWER)("GET", path, 404)
    desk(two, Role.COORDINATOR)("PUT", f"{path}/partners", 403, json={"partners": []})
    late = {"kind": "action", "starts_at": NOW.isoformat(), "ends_at": (NOW + timedelta(days=9)).isoformat()}
    chief("PUT", f"{path}/phases", 422, json={"phases": [late]})
    stranger = {"partners": [{"name": "Them", "role": "support", "party": three.code}]}
    chief("PUT", f"{path}/partners", 422, json=stranger)
    kept = chief("PUT", path, json=plan(two, name="Other River"))
    assert kept["name"] == "Other River"
    assert chief("GET", path)["project"] == "Project River"  # what is left out stays


def test_a_party_writes_its_own_part_and_changes_keep_history(desk: Desk, database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief, path = prepared(desk, one, two, three)
    part = {
        "time_zone": "America/Lima", "territories": ["Guadeloupe"], "contact": "+51 1",
        "agencies": [{"name": "National Police", "kind": "police", "focal_point": "Chief of borders", "reports": True}],
    }  # fmt: skip
    at_two = desk(two, Role.LIAISON_OFFICER)
    seen = at_two("PUT", f"{path}/parties/{two.code}", json=part)
    (mine,) = (one for one in seen["parties"] if one["party"] == two.code)
    assert (mine["territories"], mine["agencies"][0]["name"]) == (["Guadeloupe"], "National Police")
    at_two("PUT", f"{path}/parties/{three.code}", 403, json=part)
    at_two("PUT", f"{path}/parties/{two.code}", 422, json=part | {"time_zone": "America/Atlantis"})
    chief("PUT", f"{path}/parties/{three.code}", json={"time_zone": "UTC"})
    again = at_two("PUT", f"{path}/parties/{two.code}", json=part | {"agencies": mine["agencies"], "contact": "+51 2"})
    assert next(p for p in again["parties"] if p["party"] == two.code)["agencies"] == mine["agencies"]
    changes = desk(three, Role.VIEWER)("GET", f"{path}/history")["changes"]
    (changed,) = (c for c in changes if c["part"] == "operation_party" and c["act"] == "update")
    assert (changed["was"]["contact"], changed["became"]["contact"]) == ("+51 1", "+51 2")
    assert (changed["by_party"], changed["officer"]) == (two.code, None)  # who it was is the party's own to know
    assert any(c["officer"] for c in at_two("GET", f"{path}/history")["changes"])


def test_posts_stand_on_the_map_with_their_time_and_need(desk: Desk, database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief, path = prepared(desk, one, two, three, time_zone="America/Panama")
    at_two = desk(two, Role.LIAISON_OFFICER)
    which = post_at(at_two, path, hotspot=True, priority=1)
    (post,) = chief("GET", path)["posts"]
    assert (post["hotspot"], post["priority"], post["time_zone"]) == (True, 1, "America/Panama")
    body = {"name": "Puerto Alto", "kind": "port", "latitude": -3.0, "longitude": -60.0, "closed": True}
    assert at_two("PUT", f"{path}/posts/{which}", json=body)["closed"] is True
    desk(three, Role.LIAISON_OFFICER)("PUT", f"{path}/posts/{which}", 403, json=body)
    chief("PUT", f"{path}/posts/{uuid7()}", 404, json=body)


def test_shifts_are_named_to_the_own_party_and_numbers_to_others(desk: Desk, app: FastAPI, database: Servers) -> None:
    one, two = found(database), found(database)
    chief, path = prepared(desk, one, two)
    officer = employ(database, two, Role.LIAISON_OFFICER, name="rosa")
    at_two = browser(app, officer)
    post = post_at(at_two, path, time_zone="Europe/Madrid", officers_wanted=1)
    day = (NOW + timedelta(days=1)).date().isoformat()
    body = {"officer": str(officer.id), "place": post, "starts": f"{day}T06:00", "ends": f"{day}T14:00"}
    shift = uuid7()
    kept = at_two("PUT", f"{path}/shifts/{shift}", json=body)
    assert kept["hours"] == 8.0
    assert kept["starts_local"].startswith(f"{day}T06:00:00+0")
    assert at_two("PUT", f"{path}/shifts/{shift}", json=body) == kept
    meets = body | {"starts": f"{day}T13:00", "ends": f"{day}T20:00"}
    refused = at_two("PUT", f"{path}/shifts/{uuid7()}", 409, json=meets)
    assert "has another shift" in refused["error"]["sentence"]
    chief("PUT", f"{path}/shifts/{uuid7()}", 403, json=body)
    stranger = employ(database, one, Role.FIELD_OFFICER)
    at_two("PUT", f"{path}/shifts/{uuid7()}", 422, json=meets | {"officer": str(stranger.id)})
    own, others = at_two("GET", f"{path}/roster"), chief("GET", f"{path}/roster")
    assert [one["officer_name"] for one in own["shifts"]] == [officer.name]
    assert others["shifts"] == []
    assert officer.name not in str(others)
    assert str(officer.id) not in str(others)
    assert [span["party"] for span in others["spans"]] == [two.code]
    assert len(others["gaps"]) == len(own["gaps"]) == 2
    assert others["gaps"][0]["standing"] == 0
    at_two("PUT", f"{path}/shifts/{shift}", json=body | {"cancelled": True})
    assert chief("GET", f"{path}/roster")["spans"] == []
    assert chief("GET", f"{path}/history")["changes"][0]["part"] != "shift"
    assert at_two("GET", f"{path}/history")["changes"][0]["part"] == "shift"


def test_the_database_itself_lets_nobody_stand_in_two_places(engine: Engine, app: FastAPI, database: Servers) -> None:
    one = found(database)
    officer = employ(database, one, Role.COORDINATOR)
    chief = browser(app, officer)
    path = f"/api/operations/{chief('POST', '/api/operations', 201, json=plan(one))['id']}"
    post = post_at(chief, path)
    times = {"starts": NOW.isoformat(), "ends": (NOW + timedelta(hours=8)).isoformat()}
    chief("PUT", f"{path}/shifts/{uuid7()}", json={"officer": str(officer.id), "place": post, **times})
    again = """
      insert into shift (id, operation, party, officer, post, starts_at, ends_at)
      select gen_random_uuid(), operation, party, officer, post, starts_at, ends_at from shift where officer = %(who)s
    """
    with transaction(engine) as session:
        stand_under(session, one.number)
        with pytest.raises(DBAPIError, match="another shift"):
            session.exec_driver_sql(again, {"who": officer.id})


def test_a_right_begins_and_ends_with_the_operation(desk: Desk, app: FastAPI, database: Servers) -> None:
    one, two = found(database), found(database)
    chief, path = prepared(desk, one, two)
    viewer = employ(database, two, Role.VIEWER)
    at_post, office = browser(app, viewer), desk(two, Role.PARTY_ADMINISTRATOR)
    change = {"time_zone": "UTC"}
    at_post("PUT", f"{path}/parties/{two.code}", 403, json=change)
    wanted = {"officer": str(viewer.id), "role": "liaison_officer"}
    given = office("POST", f"{path}/grants", 201, json=wanted)
    assert "change_deployment" in at_post("GET", "/api/session")["may"]  # the session that was open all along
    at_post("PUT", f"{path}/parties/{two.code}", json=change)
    office("DELETE", f"{path}/grants/{given['id']}", 204)
    at_post("PUT", f"{path}/parties/{two.code}", 403, json=change)
    assert office("GET", f"{path}/grants")["grants"][0]["ended_at"]
    office("DELETE", f"{path}/grants/{given['id']}", 404)
    office("POST", f"{path}/grants", 201, json=wanted)
    at_post("PUT", f"{path}/parties/{two.code}", json=change)
    chief("PUT", path, json=plan(two, ends_at=(NOW - timedelta(minutes=1)).isoformat()))
    at_post("PUT", f"{path}/parties/{two.code}", 403, json=change)  # over, without anybody's doing
    chief("PUT", path, json=plan(two))
    at_post("PUT", f"{path}/parties/{two.code}", json=change)
    chief("PUT", path, json=plan(one))
    at_post("PUT", f"{path}/parties/{two.code}", 403, json=change)  # the party left


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"role": "party_administrator"}, 422), ({"role": "data_protection_officer"}, 422), ({"role": "viewer"}, 409),
        ({"until": (NOW + timedelta(days=40)).isoformat()}, 422),
        ({"from": (NOW - timedelta(days=40)).isoformat()}, 422),
    ],
)  # fmt: skip
def test_a_right_that_cannot_be_given(desk: Desk, database: Servers, changes: dict[str, Any], status: int) -> None:
    one = found(database)
    _, path = prepared(desk, one, one)
    viewer = employ(database, one, Role.VIEWER)
    body = {"officer": str(viewer.id), "role": "analyst"} | changes
    desk(one, Role.PARTY_ADMINISTRATOR)("POST", f"{path}/grants", status, json=body)


def filled(desk: Desk, app: FastAPI, database: Servers) -> tuple[Browser, str]:
    """A coordinator's browser, and the path of an operation with something in every list."""
    one = found(database)
    officer = employ(database, one, Role.COORDINATOR)
    chief = browser(app, officer)
    body = plan(one, family="River", report_due="20:00", stated_count=1)
    path = f"/api/operations/{chief('POST', '/api/operations', 201, json=body)['id']}"
    phase = {"kind": "action", "starts_at": NOW.isoformat(), "ends_at": (NOW + timedelta(days=1)).isoformat()}
    chief("PUT", f"{path}/phases", json={"phases": [phase]})
    chief("PUT", f"{path}/sites", json={"sites": [SITE]})
    chief("PUT", f"{path}/partners", json={"partners": [{"name": "=IOM()", "role": "protection"}]})
    agency = {"name": "Coast guard", "kind": "coast_guard"}
    chief("PUT", f"{path}/parties/{one.code}", json={"time_zone": "Europe/Madrid", "agencies": [agency]})
    post = post_at(chief, path)
    times = {"starts": NOW.isoformat(), "ends": (NOW + timedelta(hours=8)).isoformat()}
    chief("PUT", f"{path}/shifts/{uuid7()}", json={"officer": str(officer.id), "place": post, **times})
    return chief, path


def test_a_daily_report_and_a_stated_count_can_be_taken_back(desk: Desk, app: FastAPI, database: Servers) -> None:
    chief, path = filled(desk, app, database)
    before = chief("GET", path)
    same = {name: before[name] for name in ("name", "starts_at", "ends_at", "participants")}
    chief("PUT", path, json=same)
    assert chief("GET", path)["report_due"] == "20:00:00"  # of what nothing is said, that stays
    chief("PUT", path, json=same | {"report_due": None, "stated_count": None})
    after = chief("GET", path)
    assert (after["report_due"], after["stated_count"]) == (None, None)


def packed(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_what_goes_out_comes_in_and_changes_nothing(desk: Desk, app: FastAPI, database: Servers) -> None:
    chief, path = filled(desk, app, database)
    before = chief("GET", path), chief("GET", f"{path}/history")["changes"]
    book = chief.client.get(f"{path}/sheet").content
    answer = chief("POST", f"{path}/sheet", json={"file": packed(book), "apply": True})
    assert [row for row in answer["rows"] if row["fate"] != "unchanged"] == []
    assert {row["tab"] for row in answer["rows"]} == {
        "operation", "phases", "sites", "partners", "parties", "agencies", "posts", "shifts",
    }  # fmt: skip
    for tab in ("partners", "shifts", "operation"):
        text = chief.client.get(f"{path}/sheet", params={"tab": tab}).content
        answer = chief("POST", f"{path}/sheet", json={"file": packed(text), "tab": tab, "apply": True})
        assert [row["fate"] for row in answer["rows"]] == ["unchanged"]
    assert (chief("GET", path), chief("GET", f"{path}/history")["changes"]) == before
    cells = [cell.value for row in load_workbook(BytesIO(book))["partners"].iter_rows() for cell in row]
    assert "'=IOM()" in cells


def test_a_sheet_is_taken_row_by_row_and_may_be_tried_first(desk: Desk, app: FastAPI, database: Servers) -> None:
    chief, path = filled(desk, app, database)
    text = (
        "party,name,kind,latitude,longitude,hotspot\n"
        ",Puerto Bajo,port,-3.1,-60.1,yes\n,Nowhere,port,-300,0,no\nXXX,Elsewhere,road,1,1,no\n"
        ",Puerto Alto,airport,-3.2,-60.0,no\n"
    )
    body = {"file": packed(text.encode()), "tab": "posts"}
    for apply in (False, True):
        answer = chief("POST", f"{path}/sheet", json=body | {"apply": apply})
        assert [row["fate"] for row in answer["rows"]] == ["added", "refused", "refused", "changed"]
        assert answer["rows"][1]["problem"].startswith("latitude: ")
        assert len(chief("GET", path)["posts"]) == (2 if apply else 1)
    answer = chief("POST", f"{path}/sheet", json=body | {"apply": True})
    assert [row["fate"] for row in answer["rows"]] == ["unchanged", "refused", "refused", "unchanged"]
    chief("POST", f"{path}/sheet", 422, json={"file": packed(b"name,colour\nx,red\n"), "tab": "posts"})
    chief("POST", f"{path}/sheet", 422, json={"file": packed(b"no workbook at all")})
    chief("POST", f"{path}/sheet", 422, json={"file": "!!!!"})


def test_readiness_and_daily_reports(desk: Desk, database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief, path = prepared(desk, one, two, three, report_due="00:00")
    operation = path.rpartition("/")[2]
    at_two, at_three = desk(two, Role.ANALYST), desk(three, Role.ANALYST)
    today, which = NOW.date().isoformat(), str(uuid7())
    body = {"id": which, "operation": operation, "day": today, "figures": {"arrests": 3, "checks_persons": 40}}
    sent = at_two("POST", "/api/situation-reports", 201, json=body)
    assert at_two("POST", "/api/situation-reports", 201, json=body) == sent
    at_two("POST", "/api/situation-reports", 422, json=body | {"figures": {"arrests": 4}})
    taken = at_two("POST", "/api/situation-reports", 409, json=body | {"id": str(uuid7())})
    assert which in taken["error"]["sentence"] or today in taken["error"]["sentence"]
    at_two("POST", "/api/situation-reports", 422, json=body | {"id": str(uuid7()), "figures": {}})
    chief("POST", "/api/situation-reports", 403, json=body | {"id": str(uuid7())})
    ready, own = chief("GET", f"{path}/readiness"), at_two("GET", f"{path}/readiness")
    assert {line["party"] for line in ready["parties"]} == {one.code, two.code, three.code}
    assert [line["party"] for line in own["parties"]] == [two.code]
    assert {line["party"] for line in ready["missing"]} == {two.code, three.code}  # yesterday's of both
    standings = {(r["party"], r["day"]): r["standing"] for r in at_three("GET", f"{path}/reporting")["reporting"]}
    assert standings[two.code, today] == "late"
    assert standings[three.code, today] == "missing"
    wanted = {"version": 1, "reason": "two were counted twice", "figures": {"arrests": 1}}
    assert at_two("PUT", f"/api/situation-reports/{which}", json=wanted)["version"] == 2
    at_two("PUT", f"/api/situation-reports/{which}", 409, json=wanted)
    chief("PUT", f"/api/situation-reports/{which}", 403, json=wanted | {"version": 2})
    at_three("GET", f"/api/situation-reports/{which}", 404)
    file = chief("GET", f"/api/situation-reports/{which}")
    assert [(old["figures"]["arrests"], old["reason"]) for old in file["earlier"]] == [(3, "two were counted twice")]
    (difference,) = at_two("GET", f"{path}/differences?day={today}")["parties"]
    assert {m["measure"]: (m["declared"], m["filed"]) for m in difference["measures"]} == {"arrests": (1, 0)}
    assert len(chief("GET", f"{path}/differences?day={today}")["parties"]) == 2
    assert at_three("GET", f"/api/situation-reports?operation={operation}")["reports"] == []
    chief("PUT", path, json=plan(two, three, shares_reporting=False))
    assert {r["party"] for r in at_three("GET", f"{path}/reporting")["reporting"]} == {three.code}


def test_the_alarm_for_a_missing_report_is_raised_once(desk: Desk, database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    _, path = prepared(desk, one, two, three, report_due="00:00", shares_reporting=False)
    operation = path.rpartition("/")[2]
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    for _ in range(2):
        with transaction(relay) as session:
            jobs.alarm_missing(session)
    relay.dispose()
    heard = "select parties, change from outbox where kind = 'situation_report' and ref = %(id)s order by id"
    with as_owner(database) as owner:
        told = [tuple(row) for row in rows(owner, heard, id=operation)]
    assert told == [(sorted([one.number, two.number]), "missing"), (sorted([one.number, three.number]), "missing")]
