from __future__ import annotations

import base64
import csv
import io
from collections.abc import Generator
from typing import Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from sqlalchemy import Connection, Engine

from tests.promises.fate import Tally
from tests.records.occurrences.field import ARREST, DETECTION, VICTIM, Field, in_the_field
from tests.town import as_owner, rows
from tripoint.access.model import Role
from tripoint.base.database import stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

OFFICER, VIEWER, ANALYST = Role.FIELD_OFFICER, Role.VIEWER, Role.ANALYST
SPECIALIST, COORDINATOR, LIAISON = Role.VICTIM_SPECIALIST, Role.COORDINATOR, Role.LIAISON_OFFICER
OPENING = {"purpose": "identification", "reason": "asked for by the court of the port"}


@pytest.fixture(scope="module")
def field(database: Servers) -> Generator[Field]:
    with in_the_field(database) as made:
        yield made


def test_a_report_sent_again_is_the_same_report_and_another_one_needs_another_id(field: Field) -> None:
    officer, body = field.desk(OFFICER), field.body(ARREST)
    made = officer("POST", "/api/arrests", 201, json=body)
    assert made["line"]["offence_group"] == "smuggling"
    assert (made["state"], made["version"], made["readable"]) == ("preliminary", 1, True)
    assert officer("POST", "/api/arrests", 200, json=body) == made
    officer("POST", "/api/arrests", 422, json=body | {"values": ARREST | {"age": 41}})
    officer("POST", "/api/seizures", 422, json=body)
    strange = field.desk(OFFICER, party=field.theirs)
    strange("POST", "/api/arrests", 422, json=body)


def test_every_problem_of_a_report_is_named_with_its_remedy(field: Field) -> None:
    values = {"offence": "0815", "basis": "hit", "nationality": "Narnia", "age": 400, "colour": "red"}
    error = field.desk(OFFICER)("POST", "/api/arrests", 422, json=field.body(values))["error"]
    assert error["code"] == "bad_form"
    assert {one["field"] for one in error["problems"]} == {"offence", "nationality", "age", "colour"}
    assert all(one["sentence"] and one["remedy"] for one in error["problems"])
    assert "Narnia" not in str(error)


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"operation": str(uuid4())}, "operation"),
        ({"post": str(uuid4())}, "post"),
        ({"agency": str(uuid4())}, "agency"),
        ({"happened_at": "2031-01-01T00:00:00Z"}, "happened_at"),
        ({"happened_at": "2021-01-01T00:00:00Z"}, "happened_at"),
        ({"audience": {"line": {"kind": "operation", "operation": str(uuid4())}}}, "audience.line"),
        ({"links": [{"relation": "member_of", "to_kind": "hit", "to_id": str(uuid4())}]}, "links"),
    ],
)
def test_what_a_report_cannot_name_is_refused(field: Field, more: dict[str, Any], wrong: str) -> None:
    error = field.desk(OFFICER)("POST", "/api/arrests", 422, json=field.body(ARREST, **more))["error"]
    assert error["field"] == wrong
    assert error["remedy"]


def test_a_report_costs_a_handful_of_statements(field: Field) -> None:
    """Twelve thousand detections of an operation are filed one by one."""
    officer = field.desk(OFFICER)
    plain = {name: value for name, value in DETECTION.items() if name != "names"}
    officer("POST", "/api/detections", 201, json=field.body(plain))  # makes the terms
    tally = Tally(field.database)
    with tally.counting():
        officer("POST", "/api/detections", 201, json=field.body(plain))
    tally.close()
    asked = [text for text in tally.statements if "sign_on" not in text]
    assert len(asked) <= 5, asked


def test_lines_go_to_the_operation_and_bodies_by_class(field: Field) -> None:
    officer = field.desk(OFFICER)
    made = officer("POST", "/api/victims", 201, json=field.body(VICTIM))
    address = f"/api/victims/{made['id']}"
    assert "Mengana" not in str(made)
    for roles, party in (((VIEWER,), None), ((COORDINATOR,), None), ((ANALYST,), None), ((SPECIALIST,), field.theirs)):
        seen = field.desk(*roles, party=party)("GET", address)
        assert seen["line"] == made["line"]
        assert (seen["body"], seen["readable"], seen["sealed"]) == (None, False, [])
    assert officer("GET", address)["body"]["vic_TraffickingStatus"] == VICTIM["vic_TraffickingStatus"]
    specialist = field.desk(SPECIALIST)
    seen = specialist("GET", address)
    assert seen["sealed"] == ["prs_FirstName"]
    assert "Mengana" not in str(seen)
    specialist("POST", f"{address}/state", json={"state": "confirmed", "reason": "formally identified"})
    assert officer("GET", address)["body"] is None, "once it is confirmed it is the specialists' own"


def test_the_database_shows_nothing_to_whom_no_class_was_given(field: Field, engine: Engine) -> None:
    """Row-level security alone: each class sees its own bodies, and a transaction of no sign-in sees no line."""
    made = field.desk(OFFICER)("POST", "/api/victims", 201, json=field.body(VICTIM))
    counts = {
        "": (0, 0), "general": (1, 0), "general,migrants": (1, 0), "general,victims": (1, 1), "victims": (0, 1),
        "general,interviews,facilitators": (1, 0),
    }  # fmt: skip
    for classes, expected in counts.items():
        with engine.begin() as session:
            stand_under(session, field.ours.number)
            assert seen(session, classes, made["id"]) == expected
        with engine.begin() as session:
            stand_under(session, field.theirs.number)
            assert seen(session, classes, made["id"]) == (expected[0], 0), "a victim's body stays with its party"


def seen(session: Connection, classes: str, which: str) -> tuple[int, int]:
    """How many lines and bodies of one occurrence a transaction of these classes sees."""
    session.exec_driver_sql("select set_config('tripoint.classes', %(classes)s, true)", {"classes": classes})
    lines = session.exec_driver_sql("select count(*) from occurrence where id = %(id)s", {"id": which}).scalar_one()
    bodies = "select count(*) from occurrence_body where occurrence = %(id)s"
    return lines, session.exec_driver_sql(bodies, {"id": which}).scalar_one()


def test_a_coordinator_decides_no_victim_and_a_victim_specialist_no_arrest(field: Field) -> None:
    victim = field.desk(OFFICER)("POST", "/api/victims", 201, json=field.body(VICTIM))
    arrest = field.desk(OFFICER)("POST", "/api/arrests", 201, json=field.body(ARREST))
    decision = {"state": "confirmed", "reason": "seen"}
    field.desk(COORDINATOR)("POST", f"/api/victims/{victim['id']}/state", 403, json=decision)
    field.desk(SPECIALIST)("POST", f"/api/arrests/{arrest['id']}/state", 403, json=decision)
    field.desk(ANALYST, party=field.theirs)("POST", f"/api/arrests/{arrest['id']}/state", 403, json=decision)
    field.desk(OFFICER)("POST", f"/api/arrests/{arrest['id']}/state", 403, json=decision)
    done = field.desk(ANALYST)("POST", f"/api/arrests/{arrest['id']}/state", json=decision)
    assert (done["state"], done["version"]) == ("confirmed", 2)
    field.desk(OFFICER)("PUT", f"/api/arrests/{arrest['id']}", 403, json={"values": ARREST, "reason": "late"})
    field.desk(ANALYST)("POST", f"/api/arrests/{arrest['id']}/state", 409, json=decision)


def test_who_somebody_is_is_opened_field_by_field_with_a_reason(field: Field) -> None:
    victim = field.desk(OFFICER)("POST", "/api/victims", 201, json=field.body(VICTIM))
    address = f"/api/victims/{victim['id']}/sealed/prs_FirstName/opening"
    assert field.desk(SPECIALIST)("POST", address, json=OPENING)["value"] == "Mengana"
    field.desk(SPECIALIST)("POST", address, 422, json=OPENING | {"reason": "because"})
    for roles in ((OFFICER,), (LIAISON,), (ANALYST,), (COORDINATOR,)):
        field.desk(*roles)("POST", address, 403, json=OPENING)
    field.desk(SPECIALIST, party=field.theirs)("POST", address, 403, json=OPENING)
    arrest = field.desk(OFFICER)("POST", "/api/arrests", 201, json=field.body(ARREST))
    address = f"/api/arrests/{arrest['id']}/sealed/names/opening"
    assert field.desk(LIAISON)("POST", address, json=OPENING)["value"] == ARREST["names"]
    field.desk(LIAISON)("POST", address.replace("names", "birth"), 404, json=OPENING)


def test_a_correction_keeps_what_was_and_why_and_what_is_sealed(field: Field) -> None:
    officer = field.desk(OFFICER)
    made = officer("POST", "/api/detections", 201, json=field.body(DETECTION))
    address = f"/api/detections/{made['id']}"
    values = {name: value for name, value in DETECTION.items() if name != "names"} | {"nationality": "COL"}
    done = officer("PUT", address, json={"values": values, "reason": "read the document", "version": 1})
    assert (done["version"], done["line"]["nationality"]) == (2, "COL")
    officer("PUT", address, 409, json={"values": values, "reason": "again", "version": 1})
    assert officer("GET", address)["sealed"] == ["names"]
    now, before = officer("GET", f"{address}/history")["revisions"]
    assert (now["version"], now["reason"], now["line"]["nationality"]) == (2, "read the document", "COL")
    assert (before["version"], before["reason"], before["line"]["nationality"]) == (1, None, "VEN")
    opened = field.desk(SPECIALIST)("POST", f"{address}/sealed/names/opening", json=OPENING)
    assert (opened["value"], opened["version"]) == (DETECTION["names"], 1)
    field.desk(ANALYST, party=field.theirs)("GET", f"{address}/history", 404)


def test_a_withdrawn_report_stays_to_be_seen_and_changes_no_more(field: Field) -> None:
    officer = field.desk(OFFICER)
    made = officer("POST", "/api/incidents", 201, json=field.body({"category": "rescue", "persons": 3}))
    address = f"/api/incidents/{made['id']}"
    officer("POST", f"{address}/state", json={"state": "withdrawn", "reason": "a drill"})
    assert officer("GET", address)["state"] == "withdrawn"
    officer("PUT", address, 409, json={"values": {"category": "death"}, "reason": "no"})


def test_an_arrest_is_led_by_a_hit_only_once_the_hit_is_confirmed_but_in_an_emergency(field: Field) -> None:
    officer, liaison = field.desk(OFFICER), field.desk(LIAISON)
    plate = f"9{uuid7().int % 10**6:06d}"
    content = {"plate": plate, "country": "PRY", "status": "stolen"}
    everyone = {"kind": "everyone"}
    shared = {"readers": everyone, "meeting": everyone, "level": "full"}
    keeper = field.desk(Role.CONTRIBUTOR, LIAISON, party=field.theirs)
    keeper("POST", "/api/records/vehicle", 201, json={"content": content, "terms": shared})
    asked = {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": plate, "country": "PRY"}}
    (hit,) = officer("POST", "/api/checks", json=asked)["hits"]
    links = [{"relation": "led_by", "to_kind": "hit", "to_id": hit["id"]}]
    values = ARREST | {"basis": "hit"}
    error = officer("POST", "/api/arrests", 409, json=field.body(values, links=links))["error"]
    assert "confirmed" in error["sentence"]
    urgent = values | {"urgent": True, "urgent_reason": "he draws a weapon"}
    made = officer("POST", "/api/arrests", 201, json=field.body(urgent, links=links))
    assert made["line"]["urgent"] is True
    keeper("POST", f"/api/hits/{hit['id']}/decision", json={"decision": "confirmed", "reason": "it is ours"})
    made = officer("POST", "/api/arrests", 201, json=field.body(values, links=links))
    assert liaison("GET", f"/api/arrests/{made['id']}")["links"] == links
    no_such = [links[0] | {"to_id": str(uuid7())}]
    unknown = officer("POST", "/api/arrests", 404, json=field.body(values, links=no_such))["error"]
    own = keeper("POST", "/api/records/vehicle", 201, json={"content": content | {"plate": "H" + plate}})
    hidden = [{"relation": "reference", "to_kind": "vehicle", "to_id": own["id"]}]
    refused = officer("POST", "/api/arrests", 404, json=field.body(ARREST, links=hidden))["error"]
    assert {**refused, "request": ""} == {**unknown, "request": ""}


def test_links_are_added_later_and_a_group_has_its_members(field: Field) -> None:
    officer = field.desk(OFFICER)
    group = {"name": "Los Inventados", "criteria": ["three_or_more"], "disrupted": True}
    made = officer("POST", "/api/groups", 201, json=field.body(group))
    arrest = officer("POST", "/api/arrests", 201, json=field.body(ARREST))
    link = {"relation": "member_of", "to_kind": "group", "to_id": made["id"]}
    for _ in range(2):
        done = officer("POST", f"/api/arrests/{arrest['id']}/links", json={"links": [link]})
        assert done["links"] == [link]
    shown = field.desk(ANALYST, party=field.theirs)("GET", f"/api/arrests/{arrest['id']}")
    assert shown["links"] == [link], "they read the group too"


def test_the_chain_of_custody_grows_and_shows_when_it_was_touched(field: Field, database: Servers) -> None:
    officer = field.desk(OFFICER)
    items = [{"category": "document", "quantity": 12}, {"category": "cash", "quantity": "15.50", "currency": "USD"}]
    made = officer("POST", "/api/seizures", 201, json=field.body({"items": items}))
    address = f"/api/seizures/{made['id']}/custody"
    entry = {
        "id": str(uuid7()), "item": 1, "at": made["happened_at"], "act": "seized", "by_officer": "Ana", "place": "quay",
    }  # fmt: skip
    first = officer("POST", address, 201, json=entry)
    assert officer("POST", address, 200, json=entry) == first
    officer("POST", address, 422, json=entry | {"id": str(uuid7())})  # seized twice
    officer("POST", address, 422, json=entry | {"id": str(uuid7()), "item": 3})
    sealed = entry | {"id": str(uuid7()), "act": "sealed", "seal": "S-1"}
    second = officer("POST", address, 201, json=sealed)
    assert (second["number"], second["digest"] == first["digest"]) == (2, False)
    field.desk(LIAISON, party=field.theirs)("POST", address, 403, json=sealed | {"id": str(uuid7())})
    seen = officer("GET", f"/api/seizures/{made['id']}")
    assert [one["act"] for one in seen["custody"]] == ["seized", "sealed"]
    assert seen["custody_whole"] is True
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local row_security = off")
        owner.exec_driver_sql("alter table custody_entry no force row level security")
        owner.exec_driver_sql("update custody_entry set seal = 'S-2' where id = %(id)s", {"id": sealed["id"]})
        owner.exec_driver_sql("alter table custody_entry force row level security")
    assert officer("GET", f"/api/seizures/{made['id']}")["custody_whole"] is False


def test_lists_are_filtered_by_codes_of_the_line_and_go_on_where_they_stopped(field: Field) -> None:
    officer = field.desk(OFFICER)
    for colour in ("blue", "red", "blue"):
        values = {"colour": colour, "addressed_to": "national_bureau", "subject": "person"}
        officer("POST", "/api/notice-requests", 201, json=field.body(values))
    query = {"operation": str(field.operation.id), "colour": "blue", "limit": 1}
    page = officer("GET", "/api/notice-requests", params=query)
    more = officer("GET", "/api/notice-requests", params={**query, "after": page["next"]})
    assert len({one["id"] for one in page["occurrences"] + more["occurrences"]}) == 2
    assert more["next"] is None
    assert officer("GET", "/api/notice-requests", params={"party": field.theirs.code})["occurrences"] == []
    officer("GET", "/api/notice-requests", 422, params={"nationality": "VEN"})
    assert officer("GET", "/api/notice-requests", params={"state": "withdrawn"})["occurrences"] == []


def test_a_line_goes_to_whom_it_was_meant_for(field: Field) -> None:
    officer = field.desk(OFFICER)
    made = officer("POST", "/api/arrests", 201, json=field.body(ARREST, audience={"line": {"kind": "own"}}))
    field.desk(ANALYST, party=field.theirs)("GET", f"/api/arrests/{made['id']}", 404)
    parties = {"kind": "parties", "parties": [field.theirs.code]}
    body = field.body(ARREST, audience={"line": parties, "body": {"kind": "own"}})
    made = officer("POST", "/api/arrests", 201, json=body)
    seen = field.desk(ANALYST, party=field.theirs)("GET", f"/api/arrests/{made['id']}")
    assert (seen["body"], seen["own"]) == (None, False)


def test_a_sheet_is_taken_row_by_row_and_the_same_sheet_again_files_nothing(field: Field) -> None:
    officer, operation = field.desk(OFFICER), str(field.operation.id)
    query = {"operation": operation, "as": "xlsx", "template": "true"}
    template = officer.client.get("/api/incidents/sheet", params=query)
    book = openpyxl.load_workbook(io.BytesIO(template.content))
    headings = [cell.value for cell in book["reports"][1]]
    assert {"happened_at", "post", "category", "persons"} <= set(headings)
    assert not {"informant", "names"} & set(headings)
    at = field.body({})["happened_at"][:19]
    lines = [
        {"happened_at": at, "category": "rescue", "persons": "3", "remarks": "=HYPERLINK(1)"},
        {"happened_at": at, "category": "picnic"}, {"happened_at": "soon", "category": "death"},
        {"happened_at": at, "category": "rescue", "persons": "3", "remarks": "=HYPERLINK(1)"},
    ]  # fmt: skip
    text = io.StringIO()
    writer = csv.DictWriter(text, [str(one) for one in headings])
    writer.writeheader()
    writer.writerows(lines)
    sheet = {"operation": operation, "file": base64.b64encode(text.getvalue().encode()).decode(), "timezone": "UTC"}
    taken = officer("POST", "/api/incidents/sheet", json=sheet)
    assert (taken["filed"], taken["repeated"], taken["refused"]) == (2, 0, 2)
    refused = {one["row"]: one["field"] for one in taken["rows"] if one["fate"] == "refused"}
    assert refused == {3: "category", 4: "happened_at"}
    again = officer("POST", "/api/incidents/sheet", json=sheet)
    assert (again["filed"], again["repeated"], again["refused"]) == (0, 2, 2)
    out = officer.client.get("/api/incidents/sheet", params={"operation": operation, "as": "csv"})
    found = list(csv.DictReader(io.StringIO(out.content.decode("utf-8-sig"))))
    assert {one["id"] for one in taken["rows"] if one["id"]} <= {row["id"] for row in found}
    assert "HYPERLINK" not in out.text, "no free text leaves in a sheet"


def test_nothing_leads_from_a_detection_to_a_hit_a_record_or_an_arrest(field: Field, database: Servers) -> None:
    """Migrants are not suspects: not by the rules, and not in the database either."""
    officer = field.desk(OFFICER, Role.CONTRIBUTOR)
    made = officer("POST", "/api/detections", 201, json=field.body(DETECTION))
    record = officer(
        "POST", "/api/records/vehicle", 201, json={"content": {"status": "stolen", "plate": "AB12", "country": "PRY"}}
    )
    for kind in ("hit", "person", "vehicle", "arrest"):
        for relation in ("led_by", "reference", "concerns", "same_person_as"):
            link = {"relation": relation, "to_kind": kind, "to_id": record["id"]}
            officer("POST", f"/api/detections/{made['id']}/links", 422, json={"links": [link]})
    arrest = officer("POST", "/api/arrests", 201, json=field.body(ARREST))
    link = {"relation": "reference", "to_kind": "detection", "to_id": made["id"]}
    officer("POST", f"/api/arrests/{arrest['id']}/links", 422, json={"links": [link]})
    with as_owner(database) as owner:
        found = rows(owner, "select pg_get_constraintdef(oid) from pg_constraint where conname = %(name)s",
                     name="migrants_are_no_suspects")  # fmt: skip
    assert all(kind in found[0][0] for kind in ("detection", "victim", "interview", "incident"))
    assert not any(kind in found[0][0] for kind in ("hit", "person", "arrest"))


def test_neither_log_nor_trail_holds_what_was_reported(field: Field, database: Servers) -> None:
    specialist = field.desk(SPECIALIST)
    made = specialist("POST", "/api/detections", 201, json=field.body(DETECTION))
    specialist("POST", f"/api/detections/{made['id']}/sealed/names/opening", json=OPENING)
    with as_owner(database) as owner:
        trail = rows(owner, "select act, object_kind, to_jsonb(audit)::text from audit where object_id = %(id)s",
                     id=UUID(made["id"]))  # fmt: skip
        kept = rows(owner, "select body::text, line::text from occurrence o join occurrence_body b"
                    " on b.occurrence = o.id where o.id = %(id)s", id=UUID(made["id"]))  # fmt: skip
    assert {row[0] for row in trail} == {"file_detection", "open_identity"}
    assert not any("Zarz" in row[2] for row in trail)
    assert "Zarzuela" not in str(kept), "a name is never in clear"
    assert "Zarzamora" not in kept[0][1], "a line has no text"


def test_forms_are_told_as_data(field: Field) -> None:
    forms = {one["kind"]: one for one in field.desk(VIEWER)("GET", "/api/forms")["forms"]}
    assert len(forms) == 11
    nationality = next(one for one in forms["detection"]["fields"] if one["name"] == "nationality")
    assert (nationality["kind"], nationality["part"]) == ("country", "line")
