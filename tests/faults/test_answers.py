"""An answer that is lost after the commit: the client sends the same again, and nothing is done twice.

The requests come from the proofs' own table (tests/promises/rows.py), so that a new route is in the drill by itself.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import pytest

from tests.promises.cast import Side, World, build, cheapen_passwords
from tests.promises.declared import Declared, routes_of
from tests.promises.knocking import Answer, Knock, Street
from tests.promises.rows import ROWS
from tests.promises.sending import Request, request_of
from tests.town import as_owner, rows
from tripoint.access.door import CHANGES
from tripoint.access.model import Act, Role
from tripoint.access.rules import WHO_MAY
from tripoint.base import failpoints
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.doors import batch as doors_batch, express

# Changing routes that are not behind the door, and so know no key of the client's: why nothing is doubled there.
OPENS_A_SESSION = "each success opens a session of its own; the unknown one ends by itself, idle"
ONE_QUESTION = "a question is answered once, and a new one costs nothing"
OWN_WAY = {
    "POST /api/checks/batch": "each line carries its own id, like a single check; drilled below",
    "POST /api/sign-in": OPENS_A_SESSION,
    "POST /api/sign-in/passkey": OPENS_A_SESSION,
    "POST /api/sign-in/passkey/question": ONE_QUESTION,
    "POST /api/sign-in/issuer/{name}": ONE_QUESTION,
    "POST /api/devices/enrolment": "an invitation's code is good once; whoever lost the answer is invited again",
    "POST /api/devices/{which}/challenge": ONE_QUESTION,
    "POST /api/devices/{which}/token": OPENS_A_SESSION,
    "POST /api/first": "there is one first administrator; the code is good once",
    "POST /api/session/proof": "a proven session takes the place of the one before; who lost it signs in",
}
GROWS = {"audit", "done_once", "sign_in_attempt", "budget"}  # it was asked again, and so the trail says
NAMES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
CONTENT = "select '{0}', count(*)::text || coalesce(md5(string_agg(md5({1}), '' order by md5({1}))), '') from {0} t"
SEEN = {"sign_in": "id::text || coalesce(revoked_at::text, '')"}  # when it was last seen changes with every request
DOUBLED = (
    "POST /api/records/vehicle", "POST /api/operations", "POST /api/operations/{which}/posts", "POST /api/tokens",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        street = Street(build(database))
        made = World(database, street.app, street)
        made.side("COL", *(role for role in Role if role is not Role.HUB_OPERATOR))
        made.side("BRA")
        yield made
        street.close()


@pytest.fixture(autouse=True)
def disarmed() -> Generator[None]:
    yield
    failpoints.arm("")


def all_there_is(database: Servers) -> dict[str, str]:
    """A digest of the content of every table."""
    with as_owner(database) as owner:
        names = sorted({row[0] for row in rows(owner, NAMES)} - GROWS)
        query = " union all ".join(CONTENT.format(name, SEEN.get(name, "t::text")) for name in names)
        return {str(name): str(digest) for name, digest in rows(owner, query.replace("%", "%%"))}


def trail(database: Servers) -> int:
    with as_owner(database) as owner:
        return int(rows(owner, "select count(*) from audit")[0][0])


def is_behind_the_door(route: Declared) -> bool:
    return "behind_the_door" in route.endpoint.__qualname__


def drilled(world: World) -> list[Declared]:
    """The routes whose request succeeds as it stands in the table. Rates are the hub operator's alone."""
    found = [route for route in routes_of(world.app) if route.method in CHANGES and route.name in ROWS]
    found = [route for route in found if route.act is not Act.LOAD_RATES]
    return [route for route in found if is_behind_the_door(route) and ROWS[route.name].good < 300]


def asker(side: Side, route: Declared) -> tuple[Role, Knock]:
    """An officer of a role that may do it."""
    assert route.act is not None
    role = next(role for role in sorted(WHO_MAY[route.act]) if role in side.staff)
    return role, side.staff[role]


def send(request: Request, who: Knock, key: str) -> Answer:
    return replace(request, headers={**request.headers, "idempotency_key": key}).send(who)


def lose_and_send_again(
    world: World, route: Declared, *, key_kept: bool
) -> tuple[dict[str, str], dict[str, str], Answer]:
    """The hub's content after the lost answer and after the second sending, and what that was answered."""
    side, key = world.sides["COL"], secrets.token_urlsafe(16)
    role, who = asker(side, route)
    request = request_of(route, ROWS[route.name], side, who)
    before = trail(world.database)
    failpoints.arm("answer=drop@1")
    with pytest.raises(failpoints.BrokenOff):
        send(request, who, key)
    assert trail(world.database) > before, f"{route.name} was not done before its answer was lost: no proof"
    first = all_there_is(world.database)
    again = send(request, who, key if key_kept else secrets.token_urlsafe(16))
    second = all_there_is(world.database)
    if ROWS[route.name].ends_session:
        who.sign_in(side.names[role])
    return first, second, again


@pytest.mark.slow
def test_a_lost_answer_is_had_by_sending_again_and_nothing_is_done_twice(world: World) -> None:
    routes = drilled(world)
    assert len(routes) > 40
    wrong = []
    for route in routes:
        first, second, again = lose_and_send_again(world, route, key_kept=True)
        row = ROWS[route.name]
        expected = {row.good, 401} if row.ends_session else {row.good}
        changed = [name for name in first if first[name] != second[name]]
        if again.status not in expected or changed:
            wrong.append(f"{route.name}: {again.status} {again.text[:150]}, changed again: {changed}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", DOUBLED)
def test_without_the_same_key_the_drill_finds_the_doubling(world: World, name: str) -> None:
    route = next(route for route in drilled(world) if route.name == name)
    first, second, _ = lose_and_send_again(world, route, key_kept=False)
    assert first != second


def batch_of(side: Side) -> list[dict[str, Any]]:
    """Five questions, of which one meets a listed car."""
    listed = side.world.sides["BRA"].record("vehicle", **side.world.shared)["content"]
    others = [{"plate": f"7{side.world.number():06d}", "country": "PRY"} for _ in range(4)]
    return [side.question("vehicle", vehicle) for vehicle in (*others[:2], listed, *others[2:])]


def lines_of(questions: list[dict[str, Any]]) -> bytes:
    return "\n".join(map(json.dumps, questions)).encode()


def lose_a_batch(world: World, monkeypatch: pytest.MonkeyPatch, chunk: int) -> tuple[list[dict[str, Any]], Knock]:
    """A batch in chunks of two, whose answers are lost after the commit of the chunk of this number."""
    monkeypatch.setattr(doors_batch, "CHUNK", 2)
    side = world.sides["COL"]
    who, questions = side.staff[Role.FIELD_OFFICER], batch_of(side)
    failpoints.arm(f"chunk {doors_batch.BATCH}=drop@{chunk}")
    with pytest.raises(failpoints.BrokenOff):
        who("POST", "/api/checks/batch", lines_of(questions))
    failpoints.arm("")
    kept = "select count(*) from check_made where id = any(%(ids)s::uuid[])"
    with as_owner(world.database) as owner:
        assert rows(owner, kept, ids=[one["id"] for one in questions])[0][0] == min(2 * chunk, 5)
    return questions, who


@pytest.mark.parametrize("chunk", [1, 2, 3])
def test_a_batch_whose_answers_are_lost_is_sent_again_and_each_line_is_done_once(
    world: World, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    questions, who = lose_a_batch(world, monkeypatch, chunk)
    again = who("POST", "/api/checks/batch", lines_of(questions))
    first = all_there_is(world.database)
    answers = [json.loads(line) for line in again.text.splitlines()]
    assert [answer["id"] for answer in answers] == [question["id"] for question in questions]
    assert [len(answer["hits"]) for answer in answers] == [0, 0, 1, 0, 0]
    once_more = who("POST", "/api/checks/batch", lines_of(questions))
    assert [json.loads(line)["repeated"] for line in once_more.text.splitlines()] == [True] * 5
    assert all_there_is(world.database) == first


def test_without_the_same_ids_the_drill_finds_the_doubled_batch(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    questions, who = lose_a_batch(world, monkeypatch, 3)
    first = all_there_is(world.database)
    assert who("POST", "/api/checks/batch", lines_of([one | {"id": str(uuid7())} for one in questions])).status == 200
    assert all_there_is(world.database) != first


def test_the_short_way_of_a_check_loses_its_answer_and_gives_it_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[str] = []
    plainly = express.answer_plainly

    def watched(*arguments: Any) -> Any:
        ways.append("short")
        return plainly(*arguments)

    monkeypatch.setattr(express, "answer_plainly", watched)
    side = world.sides["COL"]
    who, question = side.staff[Role.FIELD_OFFICER], batch_of(side)[2]
    failpoints.arm("answer POST /api/checks=drop@1")
    with pytest.raises(failpoints.BrokenOff):
        who("POST", "/api/checks", question)
    first = all_there_is(world.database)
    again = who("POST", "/api/checks", question)
    assert (again.status, again.json()["id"], len(again.json()["hits"])) == (200, question["id"], 1)
    assert (all_there_is(world.database), ways) == (first, ["short", "short"])


def test_every_changing_route_is_behind_the_door_or_says_how_it_is_done_once(world: World) -> None:
    changing = [route for route in routes_of(world.app) if route.method in CHANGES]
    outside = {route.name for route in changing if not is_behind_the_door(route)}
    assert outside - OWN_WAY.keys() == set(), "say in OWN_WAY why nothing is doubled there"
    assert OWN_WAY.keys() - {route.name for route in changing} == set(), "these routes are gone"
