"""The authorisation matrix: every role at every route, answered as the policy in policy.cedar says, by the real hub.

The expected answers do not come from the hub's own rules: policy.cedar states them a second time.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.promises import oracle
from tests.promises.cast import World, build, cheapen_passwords
from tests.promises.declared import Declared, commands_of, routes_of, stream_kinds
from tests.promises.knocking import Answer, Street
from tests.promises.oracle import Asked
from tests.promises.rows import COMMANDS, ROWS, STREAMS, TABLE, Row, wanted
from tests.promises.sending import send
from tripoint.access.model import Act, PartyKind, Role
from tripoint.access.rules import OPEN, WHO_MAY
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.cli import app as command_line

IN_A_COUNTRY = tuple(role for role in Role if role is not Role.HUB_OPERATOR)
# Acts of the hub itself and of commands: no route does them.
BEHIND_THE_SCENES = {"raise_hit", "expire_hit"}


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        app = build(database)
        street = Street(app)
        world = World(database, app, street)
        world.side("COL", *IN_A_COUNTRY)
        world.side("BRA")
        world.side("HUB", Role.HUB_OPERATOR, kind=PartyKind.BODY)
        yield world
        street.close()


@pytest.fixture(scope="module")
def routes(world: World) -> list[Declared]:
    """The routes that have a row; that all have one is proven by the first test."""
    return [route for route in routes_of(world.app) if route.name in ROWS]


def test_every_route_has_its_row_and_every_row_its_route(world: World) -> None:
    declared = {route.name for route in routes_of(world.app)}
    missing = sorted(declared - ROWS.keys())
    assert not missing, "\n".join(wanted(name) for name in missing)
    gone = sorted(ROWS.keys() - declared - PAGES)
    assert not gone, f"{TABLE} has rows of routes that are gone: {', '.join(gone)}"


PAGES = {"GET /assets", "GET /", "GET /field", "GET /look", "GET /field-worker.js"}  # where they are built


def test_every_command_has_its_row() -> None:
    declared = set(commands_of(command_line))
    missing = sorted(declared - COMMANDS.keys())
    assert not missing, f"{TABLE} wants a row in COMMANDS for: {', '.join(missing)}"
    assert not COMMANDS.keys() - declared, f"{TABLE} has rows of commands that are gone"


def test_every_kind_of_stream_has_its_row() -> None:
    missing = sorted(stream_kinds() - STREAMS.keys())
    assert not missing, f"{TABLE} wants a row in STREAMS for: {', '.join(missing)}"
    assert not STREAMS.keys() - stream_kinds()


def test_each_route_declares_the_act_its_row_names(routes: list[Declared]) -> None:
    for route in routes:
        row = ROWS[route.name]
        if row.act is None:
            assert route.act is None or route.act in OPEN, f"{route.name} needs a sign-in, its row says none"
        else:
            assert route.act is not None, route.name
            assert route.act.value == row.act, route.name


def test_the_policy_and_the_hub_speak_of_the_same_acts_and_roles() -> None:
    """Both statements of who may do what are compared whole: each act that the hub knows, for each role."""
    spoken_of = oracle.acts_known()
    lacking = {act.value for act in WHO_MAY} - spoken_of - BEHIND_THE_SCENES
    assert not lacking, f"tests/promises/policy.cedar wants a word on: {', '.join(sorted(lacking))}"
    questions = {
        (role, act): Asked(frozenset({role.value}), 0, act.value)
        for role in Role
        for act in Act
        if act.value in spoken_of
    }
    said = oracle.decide(questions.values(), {})
    differ = [
        f"{role.value} {act.value}: the policy says {said[asked]}"
        for (role, act), asked in questions.items()
        if said[asked] != (role in WHO_MAY.get(act, frozenset()))
    ]
    assert not differ, "\n".join(differ)


@pytest.mark.slow
def test_every_role_at_every_route_is_answered_as_the_policy_says(world: World, routes: list[Declared]) -> None:
    cells = 0
    wrong: list[str] = []
    questions = {
        (side.code, role, route.name): Asked(frozenset({role.value}), side.party.number, ROWS[route.name].act or "")
        for side in world.sides.values()
        for role in side.staff
        for route in routes
    }
    said = oracle.decide((asked for asked in questions.values() if asked.action), {})
    named = {route.name: route for route in routes}
    for (code, role, name), asked in questions.items():
        side, row = world.sides[code], ROWS[name]
        allowed = row.act is None or said[asked]
        answer = send(named[name], row, side, side.staff[role], valid=allowed)
        cells += 1
        if not as_told(answer, row, allowed=allowed):
            wrong.append(f"{code} {role.value} {name}: policy {allowed}, hub {answer.status} {answer.text[:200]}")
        if row.ends_session and allowed:
            side.staff[role].sign_in(side.names[role])
    assert not wrong, "\n".join(wrong)
    print(f"\n{cells} cells of role and route")
    assert cells >= 10 * len(ROWS)


def as_told(answer: Answer, row: Row, *, allowed: bool) -> bool:
    """Whether the hub answered so: the row's own status where it is allowed, else a refusal that names nothing."""
    if allowed:
        return answer.status == row.good
    return answer.status == 403 and answer.json()["error"]["code"] == "not_allowed"


def test_nobody_who_has_not_signed_in_comes_further_than_the_door(world: World, routes: list[Declared]) -> None:
    stranger = world.sides["COL"]
    for route in routes:
        row = ROWS[route.name]
        for headers in ({}, {"cookie": "__Host-tripoint=guess"}, {"authorization": "Bearer guess"}):
            answer = send(route, row, stranger, None, valid=False, headers=headers)
            if row.act is None:
                assert answer.status in (row.good, 401), route.name  # a sign-in with a wrong password
            else:
                assert answer.status == 401, f"{route.name}: {answer.status} {answer.text}"
