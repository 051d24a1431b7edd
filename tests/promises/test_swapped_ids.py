"""The object that was authorised is the object that changes; foreign, absent and misplaced ids are told alike.

Every id of every request is exchanged: for one of a party that hides it, for one that nothing bears, for one of another
kind. The three answers must be the same to the byte. Then the request is sent as it should be, and only what it names,
and only the own party's, may have been written. No body takes a field that nobody declared.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from tests.promises import fate
from tests.promises.cast import Side, World, build, cheapen_passwords
from tests.promises.declared import Declared, routes_of
from tests.promises.knocking import Answer, Knock, Street
from tests.promises.rows import OBJECTS, ROWS, Row
from tests.promises.sending import Request, nobodys, request_of
from tests.promises.written import Written
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.guard import HEADERS

# What a refused request may write: the trail, and what counts requests.
OF_A_REFUSAL = {"audit", "sign_in", "sign_in_attempt", "budget", "asked_once"}
# Rows that an act writes besides the one it names: counters, lists and queues of the same party.
BESIDE = {"record_set", "outbox", "sign_in", "budget", "officer", "hit", "person"}
PARTS = {"mark": "holder"}  # taken out and written anew with what they belong to, by the column that names it
PARTIES = ("party", "owner", "asker", "asked", "coordinator", "home")
EXTRAS = {
    "owner": "PER", "party": "PER", "id": nobodys(), "roles": ["hub_operator"], "created_at": "2020-01-01T00:00:00Z",
    "seq": 1, "changed_by": nobodys(), "ended_at": None, "active": True, "number": 0, "home": 0, "masked": False,
}  # fmt: skip
REQUEST = re.compile(r"x-request-id: [0-9a-f-]+|\"request\":\"[0-9a-f-]+\"")


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        street = Street(build(database))
        world = World(database, street.app, street)
        for code in ("COL", "BRA", "PER", "ECU"):
            world.side(code)
        yield world
        street.close()


@pytest.fixture(scope="module")
def watch(database: Servers) -> Generator[Written]:
    seen = Written(database)
    yield seen
    seen.close()


def able(side: Side) -> tuple[Knock, ...]:
    """Those of a party who together may do everything."""
    return (side.keeper, side.chief, side.protector())


def requests(world: World, *, of: str = "ids") -> Iterator[tuple[Declared, Row, Knock, Request]]:
    """Each route that names ids, with a valid request and somebody who may send it."""
    side = world.sides["COL"]
    for route in routes_of(world.app):
        row = ROWS.get(route.name)
        if row is None or (of == "ids" and not row.ids):
            continue
        for who in able(side):
            if row.act is None or row.act in who.session["may"]:
                yield route, row, who, request_of(route, row, side, who)
                break


def test_foreign_absent_and_misplaced_ids_are_told_alike(world: World, watch: Written) -> None:
    wrong, swaps = [], 0
    hiding = world.sides["PER"]
    world.partner = lambda side: world.sides["ECU" if side is hiding else "BRA" if side.code == "COL" else "COL"]  # type: ignore[method-assign]
    for route, row, who, request in requests(world):
        for name, kind in row.ids.items():
            stranger = next(one for one in able(hiding) if row.act is None or row.act in one.session["may"])
            other = next(one for one in ("vehicle", "operation") if one != kind)
            ids = {
                "hidden": OBJECTS[kind](hiding, stranger), "absent": nobodys(),
                "misplaced": OBJECTS[other](world.sides["COL"], who),
            }  # fmt: skip
            in_body = route.shape is not None and name in route.shape.model_fields
            mark = watch.mark()
            told = {
                which: plain(request.with_id(name, value, in_body=in_body).send(who), str(value))
                for which, value in ids.items()
            }
            swaps += len(ids)
            if name == "object":  # the trail is asked about objects of every kind
                del told["misplaced"]
            if len(set(told.values())) > 1:
                wrong.append(f"{route.name} {name}: " + "\n  ".join(f"{which}: {said}" for which, said in told.items()))
            written = {table for table, _ in watch.rows(mark)} - OF_A_REFUSAL
            if route.method != "GET" and written:
                wrong.append(f"{route.name} {name} was refused and wrote into {', '.join(sorted(written))}")
    assert not wrong, "\n".join(wrong)
    print(f"\n{swaps} ids exchanged")


def plain(answer: Answer, value: str) -> str:
    headers = "\n".join(f"{name}: {said}" for name, said in answer.headers if name not in HEADERS)
    text = fate.plain(answer.text)
    return REQUEST.sub("", f"{answer.status}\n{headers}\n{text}".replace(value, "THE ID"))


def test_the_object_that_was_authorised_is_the_one_that_changes(world: World, watch: Written) -> None:
    wrong = []
    side = world.sides["COL"]
    for route, row, who, request in requests(world):
        if route.method == "GET" or row.ends_session:
            continue
        named = {str(request.id_of(name)) for name in (*row.ids, "id")} | set(map(str, request.path.values()))
        began, mark = time.time() - 0.001, watch.mark()
        answer = request.send(who)
        if answer.status != row.good:
            wrong.append(f"{route.name}: {answer.status} {answer.text}")
            continue
        for table, written in watch.rows(mark):
            parties = {written[column] for column in PARTIES if isinstance(written.get(column), int | str)}
            if parties and side.party.number not in parties:
                wrong.append(f"{route.name} wrote a row of another party: {table} {written}")
            which = str(written.get("id", ""))
            part_of = str(written.get(PARTS.get(table, ""), which))
            if is_old(which, began) and part_of not in named and table not in BESIDE:
                wrong.append(f"{route.name} names {named} and changed {table} {which}")
    assert not wrong, "\n".join(wrong)


def is_old(which: str, began: float) -> bool:
    """Whether an id was made before that moment; ids of another kind tell nothing."""
    return len(which) == 36 and which[14] == "7" and int(which[:8] + which[9:13], 16) / 1000 < began


def test_no_body_takes_a_field_that_nobody_declared(world: World, watch: Written) -> None:
    wrong, tried = [], 0
    for route, row, who, request in requests(world, of="bodies"):
        if not isinstance(request.body, dict) or row.ends_session:
            continue
        for place in places(request.body):
            for name, value in EXTRAS.items() if not place else [("owner", "PER"), ("id", nobodys())]:
                inner = at(request.body, place)
                declared = route.shape.model_fields if route.shape and not place else {}
                if name in inner or name in declared or "credential" in place:
                    continue  # browsers put more into a passkey's answer than the hub reads
                mark = watch.mark()
                body = with_field(request.body, place, name, value)
                answer = Request(request.method, request.template, request.path, request.query, body, {}).send(who)
                tried += 1
                if row.lenient and answer.status == row.good:
                    continue
                refused = answer.status == 422 and str(answer.json()["error"]["field"]).endswith(name)
                if not refused or {table for table, _ in watch.rows(mark)} - OF_A_REFUSAL:
                    wrong.append(f"{route.name} takes {'.'.join((*place, name))}: {answer.status} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)
    print(f"\n{tried} fields that nobody declared")
    assert tried > 100


def places(body: dict[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where objects stand in a body, the body itself first; maps whose keys are the caller's own are left out."""
    yield place
    for name, value in body.items():
        if isinstance(value, dict) and name not in ("queries", "properties"):
            yield from places(value, (*place, name))


def at(body: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
    for name in place:
        body = body[name]
    return body


def with_field(body: dict[str, Any], place: tuple[str, ...], name: str, value: Any) -> dict[str, Any]:
    """The body with one field more."""
    if not place:
        return {**body, name: value}
    return {**body, place[0]: with_field(body[place[0]], place[1:], name, value)}
