"""The six operations of Directive (EU) 2016/680, Art. 25: every route that touches data about people says so.

The routes come from the table of the proofs, the operations from the table of data-protection.md, so that both grow
with the hub: a route whose act is one of the six and whose request leaves no line fails here.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from tests.papers.within import DISCLOSURE, OPERATIONS
from tests.promises.cast import World, build, cheapen_passwords
from tests.promises.declared import Declared, routes_of
from tests.promises.knocking import Street
from tests.promises.rows import ROWS
from tests.promises.sending import send
from tests.town import as_owner, rows
from tripoint.access.model import Act, Role
from tripoint.access.rules import RECEIVING, WHO_MAY
from tripoint.base.embedded_postgres import Servers

STAFF = tuple(role for role in Role if role is not Role.HUB_OPERATOR)
LINES = """
select act, at, party, officer, sign_in, request, purpose, reason, object_kind, object_id, object_owner, recipients,
       outcome
  from audit where seq > %(mark)s order by seq
"""
# Disclosures to no other party: to the person himself, to the own desk, or only once a second pair of eyes agrees.
TO_NO_PARTY = {"answer_subject_request", "admit_subject_request", "export_records", "release_record", "fetch_export"}


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        street = Street(build(database))
        world = World(database, street.app, street)
        world.side("COL", *STAFF)
        world.side("BRA", *STAFF)
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
        if answer.status >= 300:
            wrong.append(f"{route.name}: {answer.status} {answer.text[:200]}")
            continue
        wrong += [f"{route.name}: {fault}" for fault in faults(lines_after(world, mark), act, side.party.number)]
    assert not wrong, "\n".join(wrong)


def faults(lines: list[Any], act: Act, party: int) -> list[str]:
    """What is missing in the lines of one request."""
    own = [line for line in lines if line["act"] == act.value]
    if not own:
        return [f"no line of {act.value}, only {sorted({line['act'] for line in lines})}"]
    found = []
    if any(None in (line["at"], line["officer"], line["sign_in"], line["request"]) for line in own):
        found.append("a line without moment, officer, sign-in or request")
    if any(line["party"] != party for line in own):
        found.append("a line of another party")
    discloses = DISCLOSURE in OPERATIONS[act.value] and act.value not in TO_NO_PARTY
    if discloses and not any(line["recipients"] for line in own):
        found.append("a disclosure without its recipients")
    others = [line for line in own if line["object_owner"] not in (None, party)]
    if act in RECEIVING and not all(line["recipients"] for line in others):
        found.append("another's record came without a recipient")
    return found


def test_the_justification_of_opening_a_person_is_kept(world: World) -> None:
    owner, reader = world.sides["BRA"], world.sides["COL"]
    person = owner.record("person", readers={"kind": "everyone"}, meeting={"kind": "everyone"}, level="full")
    mark = mark_of(world)
    path = f"/api/records/person/{person['id']}"
    who = reader.staff[Role.ANALYST]
    assert who("GET", path).status == 422
    why = {"purpose": "wanted_persons", "reason": "named in case 7"}
    assert who("GET", path, None, why).status == 200
    (line,) = [line for line in lines_after(world, mark) if line["outcome"] == "done"]
    assert (line["purpose"], line["reason"]) == ("wanted_persons", "named in case 7")
    assert (line["object_owner"], line["recipients"]) == (owner.party.number, [reader.party.number])
    assert str(line["officer"]) == str(reader.ids[Role.ANALYST])


def test_every_operation_has_an_act() -> None:
    assert {word for said in OPERATIONS.values() for word in said.split(", ")} == {
        "collection", "alteration", "consultation", "disclosure", "combination", "erasure",
    }  # fmt: skip
