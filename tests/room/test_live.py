"""The live picture: what each reader may know of is counted once, in the right place, and only changes are sent."""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.records.occurrences.field import ARREST, DETECTION, Field, in_the_field
from tests.relayed import relay_all
from tests.town import as_owner, browser, employ, found, rows
from tripoint.access.model import Role
from tripoint.base.database import RELAY_ROLE, make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

OFFICER, ANALYST = Role.FIELD_OFFICER, Role.ANALYST
REMEMBERED = 0.55  # seconds; a little more than the hub's short memory
Json = dict[str, Any]


@pytest.fixture(scope="module")
def field(database: Servers) -> Generator[Field]:
    with in_the_field(database) as field:
        yield field


def live(field: Field, *roles: Role, expect: int = 200, **query: Any) -> Any:
    """The picture as our analyst sees it now, not as the hub remembers it."""
    time.sleep(REMEMBERED)
    named = {name.rstrip("_"): value for name, value in query.items()}
    return field.desk(*(roles or (ANALYST,)))(
        "GET", "/api/room/live", expect, params={"operation": str(field.operation.id), **named}
    )


def of(picture: Json, kind: str) -> Json:
    (figure,) = (one for one in picture["kinds"] if one["kind"] == kind)
    return dict(figure)


def post_of(field: Field) -> str:
    (post,) = [str(post.id) for post in field.operation.posts if post.party == field.ours.code]
    return post


def test_a_record_stands_everywhere_it_counts(field: Field) -> None:
    officer, post = field.desk(OFFICER), post_of(field)
    before = live(field)
    body = field.body(DETECTION, post=post)
    officer("POST", "/api/detections", 201, json=body)
    officer("POST", "/api/detections", 201, json=field.body(DETECTION | {"nationality": None, "age": 30}, post=post))
    after = live(field)
    was, now = of(before, "detection"), of(after, "detection")
    grown = {name: now[name] - was[name] for name in ("n", "preliminary", "final", "unknown", "children")}
    assert grown == {"n": 2, "preliminary": 2, "final": 0, "unknown": 1, "children": 1}
    (party,) = (one for one in after["parties"] if one["code"] == field.ours.code)
    assert next(one for one in party["reported"] if one["kind"] == "detection")["n"] == now["n"]
    assert next(one for one in after["posts"] if one["id"] == post)["reported"]["detection"] == now["n"]
    assert sum(step["counts"].get("detection", 0) for step in after["timeline"]) == now["n"]
    assert {"came_from": "COL", "went_to": "PAN", "detections": now["n"], "interviews": 0} in after["routes"]
    assert {"code": None, "n": 1} in after["nationalities"]
    assert body["id"] in {event["id"] for event in after["events"]}
    assert not any({"names", "remarks"} & event["line"].keys() for event in after["events"])


def test_parties_that_have_nothing_are_in_the_list_with_nothing(field: Field) -> None:
    (theirs,) = (one for one in live(field)["parties"] if one["code"] == field.theirs.code)
    assert (theirs["checks"], theirs["reported"], theirs["as_of"]) == (0, [], None)


def test_what_is_not_shared_changes_nothing_not_even_the_tag(field: Field) -> None:
    officer, stranger = field.desk(OFFICER), field.desk(ANALYST, party=field.theirs)
    query = {"operation": str(field.operation.id), "begin": "2023-11-27T00:00:00Z", "end": "2023-11-28T00:00:00Z"}

    def look() -> tuple[str, bytes]:
        time.sleep(REMEMBERED)
        answer = stranger.client.get("/api/room/live", params={**query, "from": query["begin"]})
        picture = {name: part for name, part in answer.json().items() if name not in ("as_of", "checks")}
        marks = answer.headers["etag"].strip('"').split(".")
        return ".".join(marks[1:]), repr(picture).encode()  # the first is of the checks: it goes with the minute

    before = look()
    officer("POST", "/api/arrests", 201, json=field.body(ARREST, audience={"line": {"kind": "own"}}))
    assert look() == before
    officer("POST", "/api/arrests", 201, json=field.body(ARREST))
    assert look() != before


def test_only_the_parts_that_changed_are_sent_again(field: Field) -> None:
    desk = field.desk(ANALYST)
    # The minute is the checks' own: a look that falls into the next one may differ in it.
    query = {"operation": str(field.operation.id), "party": field.ours.code}
    time.sleep(REMEMBERED)
    first = desk.client.get("/api/room/live", params=query)
    assert None not in first.json().values()
    again = desk.client.get("/api/room/live", params=query, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 or set(filled(again.json())) == {"checks"}
    field.desk(OFFICER)("POST", "/api/incidents", 201, json=field.body({"category": "rescue", "persons": 4}))
    time.sleep(REMEMBERED)
    changed = desk.client.get("/api/room/live", params=query, headers={"if-none-match": first.headers["etag"]})
    assert {"kinds", "parties", "timeline", "events"} <= set(filled(changed.json()))
    assert {"routes", "posts", "hits", "nationalities"}.isdisjoint(filled(changed.json()))
    whole = desk.client.get("/api/room/live", params=query, headers={"if-none-match": '"something else"'})
    assert None not in whole.json().values()


def filled(picture: Json) -> list[str]:
    head = ("as_of", "begin", "end", "step_seconds")
    return [name for name, part in picture.items() if part is not None and name not in head]


def test_many_looks_of_one_party_are_one_count(field: Field) -> None:
    operation = {"operation": str(field.operation.id)}
    one, other = field.desk(ANALYST), field.desk(Role.LIAISON_OFFICER)
    time.sleep(REMEMBERED)
    moments = {desk("GET", "/api/room/live", params=operation)["as_of"] for desk in (one, other, one)}
    theirs = field.desk(ANALYST, party=field.theirs)("GET", "/api/room/live", params=operation)["as_of"]
    assert len(moments) == 1
    assert theirs not in moments


def test_results_of_several_count_once_in_the_whole_and_for_each_in_its_line(field: Field) -> None:
    joint, before = str(uuid7()), live(field, kind="arrest")
    for party in (field.ours, field.theirs):
        field.desk(OFFICER, party=party)("POST", "/api/arrests", 201, json=field.body(ARREST, joint=joint))
    after = live(field)
    assert of(after, "arrest")["n"] == of(before, "arrest")["n"] + 1

    def each(picture: Json, code: str) -> int:
        (party,) = (one for one in picture["parties"] if one["code"] == code)
        return sum(one["n"] for one in party["reported"] if one["kind"] == "arrest")

    for party in (field.ours, field.theirs):
        assert each(after, party.code) == each(before, party.code) + 1
    alone = live(field, party=field.theirs.code)
    assert of(alone, "arrest")["n"] == each(after, field.theirs.code)


def test_a_withdrawn_record_is_counted_no_more(field: Field) -> None:
    made = field.desk(OFFICER)("POST", "/api/arrests", 201, json=field.body(ARREST))
    before = of(live(field), "arrest")
    decision = {"state": "withdrawn", "reason": "entered twice"}
    field.desk(Role.COORDINATOR)("POST", f"/api/arrests/{made['id']}/state", json=decision)
    picture = live(field)
    assert of(picture, "arrest")["n"] == before["n"] - 1
    assert made["id"] not in {event["id"] for event in picture["events"]}


def test_a_period_a_post_and_a_kind_narrow_the_picture(field: Field, database: Servers) -> None:
    post = post_of(field)
    earlier = field.body(ARREST, post=post) | {"happened_at": (datetime.now(UTC) - timedelta(minutes=50)).isoformat()}
    field.desk(OFFICER)("POST", "/api/arrests", 201, json=earlier)
    cut = datetime.now(UTC) - timedelta(minutes=30)
    all_of_it = of(live(field, post=post), "arrest")["n"]
    until, since = live(field, to=cut.isoformat(), post=post), live(field, from_=cut.isoformat(), post=post)
    assert of(until, "arrest")["n"] + of(since, "arrest")["n"] == all_of_it
    assert of(until, "arrest")["n"] >= 1
    assert {event["kind"] for event in live(field, kind="arrest")["events"]} == {"arrest"}
    assert [one["id"] for one in until["posts"]] == [post]
    assert until["timeline"] == since["timeline"]  # it shows more than the period, whichever that is


def test_checks_by_the_hour_are_those_by_the_minute(field: Field, database: Servers, engine: Engine) -> None:
    question = {"operation": str(field.operation.id), "post": post_of(field), "purpose": "border_control"}
    for plate in ("ROOM1", "ROOM2", "ROOM3"):
        body = {"id": str(uuid7()), **question, "vehicle": {"plate": plate, "country": "PRY"}}
        field.desk(OFFICER)("POST", "/api/checks", json=body)
        relay_all(database)
    relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    with relay.begin() as session:
        session.exec_driver_sql("update check_count set checks = checks + 4, persons = persons + 4")
    relay.dispose()
    with as_owner(database) as owner:
        (hours,) = rows(owner, "select sum(checks), sum(persons), sum(vehicles) from check_hour")
        (minutes,) = rows(owner, "select sum(checks), sum(persons), sum(vehicles) from check_count")
    assert tuple(hours) == tuple(minutes) != (None, None, None)
    picture = live(field)
    begin = datetime.fromisoformat(picture["begin"]) + timedelta(seconds=30)
    by_minute = live(field, from_=begin.isoformat())
    assert picture["checks"]["total"] == by_minute["checks"]["total"] == minutes[0]
    assert picture["checks"]["by_kind"]["vehicle"] == minutes[2] == 3
    assert sum(step["counts"].get("checks", 0) for step in picture["timeline"]) == minutes[0]


def test_what_came_in_is_read_page_by_page(field: Field) -> None:
    query: Json = {"operation": str(field.operation.id), "limit": 3}
    seen: list[str] = []
    desk, after = field.desk(ANALYST), None
    while True:
        page = desk("GET", "/api/room/events", params=query | ({"after": after} if after else {}))
        seen += [event["id"] for event in page["events"]]
        if (after := page["next"]) is None:
            break
    assert len(seen) == len(set(seen)) > 3
    assert seen == [event["id"] for event in desk("GET", "/api/room/events", params=query | {"limit": 200})["events"]]


def test_a_stranger_sees_nothing_of_an_operation_not_his(field: Field, database: Servers) -> None:
    stranger = browser(field.app, employ(database, found(database), Role.VIEWER))
    picture = stranger("GET", "/api/room/live", params={"operation": str(field.operation.id)})
    shown = ("parties", "posts", "routes", "nationalities", "events")
    assert {name: picture[name] for name in shown} == {name: [] for name in shown}
    assert picture["checks"]["total"] == sum(one["n"] for one in picture["kinds"]) == 0


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"from": "2023-12-01T00:00:00Z", "to": "2023-11-27T00:00:00Z"}, "to"),
        ({"begin": "1950-01-01T00:00:00Z"}, "begin"),
    ],
)
def test_a_period_that_is_none_is_refused_with_its_remedy(field: Field, query: Json, wrong: str) -> None:
    problem = field.desk(ANALYST)("GET", "/api/room/live", 422, params=query)["error"]
    assert problem["field"] == wrong
    assert problem["remedy"]
