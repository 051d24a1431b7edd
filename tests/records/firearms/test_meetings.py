"""A recovery and a listed firearm meet, whichever comes first; each party learns what the other's terms let it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from uuid import uuid4

import pytest

from tests.records.occurrences.field import Field, in_the_field
from tests.relayed import relay_all
from tests.town import as_owner
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers

OFFICER, LIAISON, ANALYST = Role.FIELD_OFFICER, Role.LIAISON_OFFICER, Role.ANALYST
EVERYONE = {"meeting": {"kind": "everyone"}, "level": "full"}
GUN = {
    "acquired_by": "seized", "type": "pistol_semi_automatic", "make": "Glock", "model": "17", "calibre": "9mm Para",
    "marked_status": "full", "illicit_grounds": ["transferred_without_licence"],
}  # fmt: skip


@pytest.fixture(scope="module")
def field(database: Servers) -> Generator[Field]:
    with in_the_field(database) as made:
        yield made


def recover(field: Field, serial: str, **more: Any) -> dict[str, Any]:
    values = GUN | {"marks": [{"reading": serial, "place": "frame"}]} | more
    found: dict[str, Any] = field.desk(OFFICER)("POST", "/api/recoveries", 201, json=field.body(values))
    return found


def listed(field: Field, serial: str, terms: dict[str, Any] = EVERYONE, **more: Any) -> str:
    content = {"status": "stolen", "serial": serial, "make": "GLOCK", "model": "17", "calibre": "9x19"} | more
    desk = field.desk(LIAISON, party=field.theirs)
    return str(desk("POST", "/api/records/firearm", 201, json={"content": content, "terms": terms})["id"])


def halves(field: Field, own: str, *, theirs: bool = False) -> list[dict[str, Any]]:
    desk = field.desk(ANALYST, **({"party": field.theirs} if theirs else {}))
    found = desk("GET", "/api/firearms/meetings", 200)["meetings"]
    return [one for one in found if one["own"] == own]


def serial() -> str:
    return "K" + uuid4().hex[:7].upper()


@pytest.mark.parametrize("first", ["recovered", "listed"])
def test_both_directions_meet_and_the_listing_owner_decides(field: Field, database: Servers, first: str) -> None:
    number = "KBX" + str(uuid4().int)[:5] + "8"
    looks = number[:-1] + "B"  # the same to the eye
    if first == "listed":
        record, which = listed(field, number), recover(field, looks)["id"]
    else:
        which, record = recover(field, looks)["id"], listed(field, number)
    relay_all(database)
    (mine,), (other,) = halves(field, which), halves(field, record, theirs=True)
    assert (mine["state"], mine["side"], other["side"]) == ("possible", "recovered", "listed")
    assert mine["content"]["listed"]["serial"] == number
    assert other["content"]["recovered"]["reading"] == looks
    assert "confused_number" in {reason["code"] for reason in mine["content"]["reasons"]}
    decision = {"state": "confirmed", "reason": "the examiner compared photographs"}
    path = f"/api/firearms/meetings/{mine['id']}/decision"
    field.desk(ANALYST)("POST", path, 403, json=decision)
    assert field.desk(ANALYST, party=field.theirs)("POST", path, 200, json=decision)["state"] == "confirmed"
    (after,) = halves(field, which)
    assert (after["state"], after["reason"]) == ("confirmed", None)
    field.desk(ANALYST, party=field.theirs)("POST", path, 409, json=decision)


@pytest.mark.parametrize(
    ("terms", "mine", "theirs"),
    [({"level": "full"}, 0, 0), (EVERYONE | {"level": "pointer"}, 1, 1), (EVERYONE | {"level": "blind"}, 0, 1)],
)
def test_nobody_learns_what_was_not_released_to_him(
    field: Field, database: Servers, terms: dict[str, Any], mine: int, theirs: int
) -> None:
    number = serial()
    record, which = listed(field, number, terms), recover(field, number)["id"]
    relay_all(database)
    found = halves(field, which)
    assert (len(found), len(halves(field, record, theirs=True))) == (mine, theirs)
    assert all(one["content"] == {} and number not in str(one) for one in found)


def test_a_recovery_may_keep_itself_to_its_own_party(field: Field, database: Servers) -> None:
    number = serial()
    record, which = listed(field, number), recover(field, number, meets="own")["id"]
    relay_all(database)
    assert (halves(field, which), halves(field, record, theirs=True)) == ([], [])


def test_one_slip_away_needs_make_or_calibre_and_unknown_places_are_met(field: Field, database: Servers) -> None:
    number = "KWT" + str(uuid4().int)[:5]
    near, ground, strange = (
        recover(field, number + "7")["id"], recover(field, number[:-2] + "??", marked_status="partial")["id"],
        recover(field, number + "9", make="Taurus", calibre=".45 ACP", model="PT99")["id"],
    )  # fmt: skip
    listed(field, number)
    relay_all(database)
    assert (len(halves(field, near)), len(halves(field, ground)), len(halves(field, strange))) == (1, 1, 0)


def test_what_is_withdrawn_is_met_no_more(field: Field, database: Servers) -> None:
    number = serial()
    which = recover(field, number)["id"]
    field.desk(ANALYST)("POST", f"/api/recoveries/{which}/state", 200, json={"state": "withdrawn", "reason": "twice"})
    listed(field, number)
    relay_all(database)
    assert halves(field, which) == []


def test_one_firearm_is_opened_with_its_marks_and_goes_through_its_steps(field: Field) -> None:
    number = serial()
    which = recover(field, number[:-2] + "[8B]?", marked_status="partial")["id"]
    desk = field.desk(OFFICER)
    opened = desk("GET", f"/api/firearms/recovered/{which}", 200)
    assert [one["candidates"] for one in opened["marks"][0]["readings"]][-2:] == ["8B", ""]
    assert (opened["facts"]["calibre_id"], opened["facts"]["make_id"], len(opened["steps"])) == ("9x19", "glock", 9)
    path = f"/api/firearms/recovered/{which}/steps/ballistics"
    desk("PUT", path, 422, json={"state": "not_possible"})
    said = desk("PUT", path, 200, json={"state": "done", "note": "no lead"})
    assert next(one for one in said["steps"] if one["step"] == "ballistics")["state"] == "done"
    found = desk("GET", "/api/firearms/recovered", 200, params={"make": "glock", "family": "9mm"})["firearms"]
    assert which in {one["id"] for one in found}


def test_marks_are_searched_and_calibres_explained(field: Field) -> None:
    number = "KZ" + str(uuid4().int)[:6]
    listed(field, number)
    asked = {"query": number[:-2] + "??", "make": "glock"}
    results = field.desk(OFFICER)("POST", "/api/firearms/search", 200, json=asked)["results"]
    assert number in {one["mark"] for one in results}
    read = field.desk(OFFICER)("POST", "/api/firearms/reference/calibre", 200, json={"text": "9mm"})
    assert (read["family"], read["confidence"] < 1, "9x18" in read["look_alikes"]) == ("9mm", True, True)


def test_a_single_mark_does_not_wait_for_a_whole_list(field: Field, database: Servers) -> None:
    relay_all(database)
    waits = "insert into mark_to_meet (mark, many, at) select gen_random_uuid(), %s, now() + interval '1 hour' * %s"
    with as_owner(database) as owner:
        for _ in range(500):
            owner.exec_driver_sql(waits, (True, 0))
        owner.exec_driver_sql(waits, (False, 1))
        left = []
        for _ in range(4):
            owner.exec_driver_sql("select * from marks_to_meet(1000)")
            found = owner.exec_driver_sql("select many, count(*) from mark_to_meet group by many").all()
            left.append(dict(tuple(one) for one in found))
    assert left == [{True: 500}, {True: 300}, {True: 100}, {}]
