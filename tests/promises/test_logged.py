"""The six operations of Directive (EU) 2016/680, Art. 25: every route that touches data about people says so.

The routes come from the table of the proofs, the operations from the table of data-protection.md, so that both grow
with the hub: a route whose act is one of the six and whose request leaves no line fails here.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from tests.papers.within import DISCLOSURE, OPERATIONS
from tests.promises.cast import Side, World, build, cheapen_passwords
from tests.promises.declared import Declared, routes_of
from tests.promises.knocking import Knock, Street
from tests.promises.rows import ROWS, Row
from tests.promises.sending import Request, request_of, send
from tests.town import as_owner, rows
from tripoint.access.model import Act, PartyKind, Role
from tripoint.access.rules import RECEIVING, WHO_MAY
from tripoint.base.embedded_postgres import Servers

STAFF = tuple(role for role in Role if role is not Role.HUB_OPERATOR)
LINES = """
select act, at, party, officer, sign_in, request, purpose, reason, object_kind, object_id, object_owner, recipients,
       outcome
  from audit where seq > %(mark)s order by seq
"""
# Disclosures to no other party: to the person himself, to the own desk, or only once a second pair of eyes agrees.
TO_NO_PARTY = {"answer_subject_request", "admit_subject_request", "export_records", "release_record", "fetch_export",
               "export_occurrences",  # what others' reports go out with it has lines of its own
               "draft_purple"}  # filed with the own party; its release has lines of its own
# Routes of a disclosing act that send nothing yet: what stays with the own party, and a draft that stays one.
SEND_NOTHING = {"POST /api/traces/suggestions", "GET /api/traces/beginnings/{recovered}",
                "PUT /api/traces/contexts/{recovered}", "PUT /api/traces/{which}"}


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        street = Street(build(database))
        world = World(database, street.app, street)
        world.side("COL", *STAFF)
        world.side("BRA", *STAFF)
        world.side("HUB", Role.HUB_OPERATOR, kind=PartyKind.BODY)
        yield world
        street.close()


def touching(world: World) -> list[Declared]:
    """The routes whose act is one of the six operations."""
    return [route for route in routes_of(world.app) if route.name in ROWS and ROWS[route.name].act in OPERATIONS]


def lines_after(world: World, mark: int) -> list[Any]:
    with as_owner(world.database) as owner:
        return list(owner.exec_driver_sql(LINES, {"mark": mark}).mappings())


def mark_of(world: World) -> int:
    with as_owner(world.database) as owner:
        return int(rows(owner, "select coalesce(max(seq), 0) from audit")[0][0])


def test_every_route_that_touches_data_about_people_is_logged_as_what_it_is(world: World) -> None:
    side, wrong = world.sides["COL"], []
    for route in touching(world):
        act = Act(ROWS[route.name].act or "")
        role = next(role for role in STAFF if role in WHO_MAY[act])
        who, mark = side.staff[role], mark_of(world)
        answer = send(route, ROWS[route.name], side, who, valid=True)
        if answer.status == ROWS[route.name].good >= 400:
            continue  # a route under which nothing stands to be opened
        if answer.status >= 300:
            wrong.append(f"{route.name}: {answer.status} {answer.text[:200]}")
            continue
        found = faults(lines_after(world, mark), act, side.party.number, sends=route.name not in SEND_NOTHING)
        wrong += [f"{route.name}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


def faults(lines: list[Any], act: Act, party: int, *, sends: bool) -> list[str]:
    """What is missing in the lines of one request."""
    own = [line for line in lines if line["act"] == act.value]
    if not own:
        return [f"no line of {act.value}, only {sorted({line['act'] for line in lines})}"]
    found = []
    if any(None in (line["at"], line["officer"], line["sign_in"], line["request"]) for line in own):
        found.append("a line without moment, officer, sign-in or request")
    if any(line["party"] != party for line in own):
        found.append("a line of another party")
    discloses = sends and DISCLOSURE in OPERATIONS[act.value] and act.value not in TO_NO_PARTY
    if discloses and not any(line["recipients"] for line in own):
        found.append("a disclosure without its recipients")
    others = [line for line in own if line["object_owner"] not in (None, party)]
    if act in RECEIVING and not all(line["recipients"] for line in others):
        found.append("another's record came without a recipient")
    return found


COUNTS = """
select string_agg(format('select %%L as name, count(*) as n, sum(hashtextextended(t::text, 0)) from %%I t',
                         relname, relname), ' union all ' order by relname)
  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
   and relname not in ('sign_in', 'sign_in_attempt', 'budget') -- what counts attempts counts those that fail as well
"""


def state(world: World) -> list[Any]:
    """What every table holds, in short."""
    with as_owner(world.database) as owner:
        return list(rows(owner, rows(owner, COUNTS)[0][0]))


def prepared(route: Declared, row: Row, side: Side) -> tuple[Request, Knock]:
    """A valid request and an officer who may make it; some rows want one role of those that may."""
    said = None
    if not WHO_MAY[Act(row.act or "")] & set(side.staff):
        side = side.world.sides["HUB"]
    for role in side.staff:
        if role in WHO_MAY[Act(row.act or "")]:
            try:
                return request_of(route, row, side, side.staff[role]), side.staff[role]
            except AssertionError as error:
                said = error
    raise AssertionError(f"{route.name}: nobody can make a valid request") from said


def test_without_the_trail_no_route_does_anything(world: World) -> None:
    """While its line cannot be written each route says so and leaves every table as it was."""
    side, wrong, ready, stopped = world.sides["COL"], [], [], 0
    for route in routes_of(world.app):
        row = ROWS.get(route.name)
        if row is not None and row.act is not None:
            ready.append((route, *prepared(route, row, side)))
    before = state(world)
    with as_owner(world.database) as owner:
        owner.exec_driver_sql("revoke insert on audit from tripoint_app")
    try:
        for route, request, who in ready:
            answer = request.send(who)
            stopped += "trail_failed" in answer.text
            if answer.status < 400 and "trail_failed" not in answer.text:
                wrong.append(f"{route.name}: {answer.status} {answer.text[:200]}")
    finally:
        with as_owner(world.database) as owner:
            owner.exec_driver_sql("grant insert on audit to tripoint_app")
    assert not wrong, "\n".join(wrong)
    assert stopped > len(ready) * 3 // 4  # the others were refused before, as some rows are meant to be
    assert [one for one in state(world) if one not in before] == []


def test_the_justification_of_opening_a_person_is_kept(world: World) -> None:
    owner, reader = world.sides["BRA"], world.sides["COL"]
    person = owner.record("person", readers={"kind": "everyone"}, meeting={"kind": "everyone"}, level="full")
    mark = mark_of(world)
    path = f"/api/records/person/{person['id']}"
    who = reader.staff[Role.ANALYST]
    assert who("GET", path).status == 422
    why, said = {"purpose": "wanted_persons"}, "named in case 7: %C3%B3"
    assert who("GET", path, None, why, x_reason=said).status == 200
    (line,) = [line for line in lines_after(world, mark) if line["outcome"] == "done"]
    assert (line["purpose"], line["reason"]) == ("wanted_persons", "named in case 7: ó")
    assert (line["object_owner"], line["recipients"]) == (owner.party.number, [reader.party.number])
    assert str(line["officer"]) == str(reader.ids[Role.ANALYST])


def test_every_operation_has_an_act() -> None:
    assert {word for said in OPERATIONS.values() for word in said.split(", ")} == {
        "collection", "alteration", "consultation", "disclosure", "combination", "erasure",
    }  # fmt: skip
