"""An answer that is lost after the commit: the client sends the same again, and nothing is done twice.

The requests come from the proofs' own table (tests/promises/rows.py), so that a new route is in the drill by itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator
from dataclasses import replace

import pytest

from tests.promises.cast import Side, World, build, cheapen_passwords
from tests.promises.declared import Declared, routes_of
from tests.promises.knocking import Answer, Knock, Street
from tests.promises.rows import ROWS
from tests.promises.sending import Request, request_of
from tests.town import as_owner, rows
from tripoint.access.door import CHANGES
from tripoint.access.model import Role
from tripoint.access.rules import WHO_MAY
from tripoint.base import failpoints
from tripoint.base.embedded_postgres import Servers

# Changing routes that are not behind the door, and so know no key of the client's: why nothing is doubled there.
OPENS_A_SESSION = "each success opens a session of its own; the unknown one ends by itself, idle"
ONE_QUESTION = "a question is answered once, and a new one costs nothing"
OWN_WAY = {
    "POST /api/checks/batch": "each line carries its own id, like a single check; the kills send batches again",
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
    """The routes whose request succeeds as it stands in the table."""
    found = [route for route in routes_of(world.app) if route.method in CHANGES and route.name in ROWS]
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


def test_every_changing_route_is_behind_the_door_or_says_how_it_is_done_once(world: World) -> None:
    changing = [route for route in routes_of(world.app) if route.method in CHANGES]
    outside = {route.name for route in changing if not is_behind_the_door(route)}
    assert outside - OWN_WAY.keys() == set(), "say in OWN_WAY why nothing is doubled there"
    assert OWN_WAY.keys() - {route.name for route in changing} == set(), "these routes are gone"
