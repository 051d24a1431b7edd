"""The matrix over records: role, route, class, kind and state, each cell asked of the real hub and of policy.cedar.

Classes are what a record is to the party that asks: its own, readable, met as a pointer, met blind, hidden, barred by
name. States: active, ended, shared with an operation that is on, over, not begun, or another's.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.promises.cast import Side, World, build, cheapen_passwords, relaying
from tests.promises.knocking import Answer, Street
from tests.promises.oracle import Asked, decide
from tests.town import as_owner, rows
from tripoint.access.model import PartyKind, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.operations.model import Plan
from tripoint.desks.operations.work import found_operation

CLASSES = {  # audience of readers, audience of checks, level; X stands for the audience of the state
    "own": ("X", "X", "full"), "readable": ("X", "X", "full"), "pointer": ("own", "X", "pointer"),
    "blind": ("own", "X", "blind"), "hidden": ("own", "own", "full"), "barred": ("barred", "barred", "full"),
}  # fmt: skip
KINDS = {
    "wanted": "person", "missing": "person", "victim": "person", "minor": "person", "document": "document",
    "vehicle": "vehicle", "firearm": "firearm",
}  # fmt: skip
STATES = ("active", "ended", "operation on", "operation over", "operation to come", "operation of others")
STATED = ("vehicle",)  # tried in every state; the other kinds are tried active
WHY = {"purpose": "investigation"}
SAID = "case 12"
HERE = tuple(role for role in Role if role is not Role.HUB_OPERATOR)
PERSONS: dict[str, dict[str, Any]] = {
    "wanted": {"status": "wanted"}, "missing": {"status": "missing"}, "victim": {"status": "victim"},
    "minor": {"status": "missing", "births": ["2016-02-03"]},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One record of the proof, as the policy knows it."""

    id: str
    what: str
    kind: str
    owner: Side
    content: dict[str, Any]
    attributes: dict[str, Any]

    @property
    def name(self) -> str:
        return f'Record::"{self.id}"'


@pytest.fixture(scope="module")
def world(database: Servers) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        app = build(database)
        street = Street(app)
        world = World(database, app, street)
        world.side("COL", *HERE)
        world.side("BRA", Role.LIAISON_OFFICER)
        world.side("PAN", Role.LIAISON_OFFICER)
        world.side("HUB", Role.HUB_OPERATOR, kind=PartyKind.BODY)
        yield world
        street.close()


@pytest.fixture(scope="module")
def cells(world: World) -> list[Cell]:
    states = audiences(world)
    every = [(word, state) for word in KINDS for state in (STATES if word in STATED else STATES[:1])]
    made = [
        enter(world, which, word, state, states[state]) for which in CLASSES for word, state in every
    ]
    ended = [cell.id for cell in made if cell.attributes["ended"]]
    with as_owner(world.database) as owner:
        for table in ("person", "vehicle"):
            owner.exec_driver_sql("set local role tripoint_app")
            for side in world.sides.values():
                owner.exec_driver_sql("select set_config('tripoint.party', %(p)s, true)", {"p": str(side.party.number)})
                owner.exec_driver_sql(
                    f"update {table} set ended_at = now() where id = any(%(ids)s::uuid[])", {"ids": ended}
                )
    world.app.state.door.persons.stale = True
    return made


def audiences(world: World) -> dict[str, tuple[dict[str, Any], set[int], bool]]:
    """For each state an audience, the parties it means, and whether terms with it are in force."""
    everybody = {side.party.number for side in world.sides.values()}
    with as_owner(world.database) as owner:
        everybody |= {row[0] for row in rows(owner, "select number from party where active")}
    plain = ({"kind": "everyone"}, everybody, True)
    found: dict[str, tuple[dict[str, Any], set[int], bool]] = {"active": plain, "ended": plain}
    times = {"on": (-1, 1), "over": (-2, -1), "to come": (1, 2), "of others": (-1, 1)}
    for word, (begins, ends) in times.items():
        codes = ("BRA", "PAN") if word == "of others" else ("COL", "BRA", "PAN")
        which = operation(world, word, begins, ends, codes)
        audience = {"kind": "operation", "operation": which}
        members = {world.sides[code].party.number for code in codes}
        found[f"operation {word}"] = (audience, members, word in ("on", "of others"))
    return found


def operation(world: World, name: str, begins: int, ends: int, codes: tuple[str, ...]) -> str:
    now = datetime.now(UTC)
    plan = Plan(name, now + timedelta(days=begins), now + timedelta(days=ends), codes)
    with as_owner(world.database) as owner:
        return str(found_operation(owner, world.sides["BRA"].party, plan).id)


def enter(
    world: World, which: str, word: str, state: str, shared: tuple[dict[str, Any], set[int], bool]
) -> Cell:
    """One record of this class, kind and state."""
    audience, members, in_force = shared
    owner = world.sides["COL" if which == "own" else "BRA"]
    kind = KINDS[word]
    content = owner.content(kind, world.number(), **PERSONS.get(word, {}))
    mine = {owner.party.number}
    if which == "own" and state == "operation of others":
        audience, members, in_force = {"kind": "own"}, mine, True
    barred = ({"kind": "everyone", "barred": ["COL"]}, {n for n in members if n != world.sides["COL"].party.number})
    choice = {"X": (audience, members), "own": ({"kind": "own"}, mine), "barred": barred}
    readers, meeting, level = CLASSES[which]
    engine: Engine = world.app.state.door.engine
    made = list_record(
        engine, owner.party, kind, dict(content), level=level, meeting=choice[meeting][0], readers=choice[readers][0]
    )
    attributes = {
        "owner": owner.party.number, "kind": kind, "status": content["status"], "level": level,
        "child": word == "minor",
        "readers": sorted(choice[readers][1] | mine), "meeting": sorted(choice[meeting][1] | mine),
        "in_force": in_force or not {readers, meeting} & {"X"}, "ended": state == "ended",
    }  # fmt: skip
    return Cell(str(made), f"{which} {word} {state}", kind, owner, content, attributes)


def officers(world: World) -> Iterator[tuple[Side, Role]]:
    return ((side, role) for side in world.sides.values() for role in side.staff)


def policy(world: World, cells: list[Cell], *actions: str) -> dict[tuple[str, Role, str, str], bool]:
    """What the policy says to each officer, action and record; an act is asked of the hub, the rest of the record."""
    asked = {
        (side.code, role, action, cell.id): Asked(frozenset({role.value}), side.party.number, action, cell.name)
        for (side, role), action, cell in itertools.product(officers(world), actions, cells)
    }
    said = decide(asked.values(), {cell.name: cell.attributes for cell in cells})
    return {key: said[one] for key, one in asked.items()}


def acts(world: World, *names: str) -> dict[tuple[str, Role, str], bool]:
    asked = {
        (side.code, role, act): Asked(frozenset({role.value}), side.party.number, act)
        for (side, role), act in itertools.product(officers(world), names)
    }
    said = decide(asked.values(), {})
    return {key: said[one] for key, one in asked.items()}


def test_reading_and_history_of_every_record_by_every_role(world: World, cells: list[Cell]) -> None:
    may = acts(world, "read_record", "read_history")
    said = policy(world, cells, "see", "see_history", "see_terms", "see_who")
    wrong = []
    for (side, role), cell in itertools.product(officers(world), cells):
        who, key = side.staff[role], (side.code, role)
        place = f"/api/records/{cell.kind}/{cell.id}"
        seen = said[(*key, "see", cell.id)]
        read = who("GET", place, query=WHY, x_reason=SAID)
        wanted = 200 if may[(*key, "read_record")] and seen else 404 if may[(*key, "read_record")] else 403
        history = who("GET", f"{place}/history", query=WHY, x_reason=SAID)
        past = (
            403 if not may[(*key, "read_history")] else 404 if not seen
            else 200 if said[(*key, "see_history", cell.id)] else 403
        )  # fmt: skip
        if (read.status, history.status) != (wanted, past):
            wrong.append(f"{side.code} {role.value} {cell.what}: {read.status} {history.status}, not {wanted} {past}")
        elif read.status == 200 and not shown_rightly(read, cell, key, said):
            wrong.append(f"{side.code} {role.value} {cell.what}: {read.text}")
    assert not wrong, "\n".join(wrong)
    tell(len(cells) * len(list(officers(world))) * 2, "reading and history")


def shown_rightly(
    read: Answer, cell: Cell, key: tuple[str, Role], said: dict[tuple[str, Role, str, str], bool]
) -> bool:
    """Terms to the owner alone; who a victim is to those who must know."""
    body = read.json()
    terms_right = (body["terms"] is not None) == said[(*key, "see_terms", cell.id)]
    hidden = not said[(*key, "see_who", cell.id)]
    name = cell.content["names"][0]["full"] if cell.kind == "person" else None
    return terms_right and body["masked"] == hidden and not (hidden and name and name in read.text)


def test_changing_and_ending_of_every_record_by_every_role(world: World, cells: list[Cell]) -> None:
    """Changes are made from a version that never was: what may be altered says so, the rest says less."""
    may = acts(world, "change_record", "end_record")
    said = policy(world, cells, "see", "alter")
    wrong = []
    for (side, role), cell in itertools.product(officers(world), cells):
        who, key = side.staff[role], (side.code, role)
        content = {**cell.content, **({"issuer": side.code} if cell.kind == "document" else {})}
        tries = {
            "change_record": who(
                "PUT", f"/api/records/{cell.kind}/{cell.id}", {"content": content, "version": 99}
            ),
            "end_record": who("POST", f"/api/records/{cell.kind}/{cell.id}/end", {"version": 99, "reason": "over"}),
        }
        for act, answer in tries.items():
            seen, alter = said[(*key, "see", cell.id)], said[(*key, "alter", cell.id)]
            own = cell.owner is side
            wanted = 403 if not may[(*key, act)] else 404 if not seen else 409 if own else 403
            right = answer.status == wanted
            if right and wanted == 409:
                right = ("ended" in answer.json()["error"]["sentence"]) == (not alter)
            if not right:
                wrong.append(f"{side.code} {role.value} {act} {cell.what}: {answer.status} {answer.text}, not {wanted}")
    assert not wrong, "\n".join(wrong)
    tell(len(cells) * len(list(officers(world))) * 2, "changing and ending")


def test_checks_of_every_role_meet_what_they_may_and_hits_open_to_whom_they_may(
    world: World, cells: list[Cell]
) -> None:
    may = acts(world, "ask_check", "read_hit")
    said = policy(world, cells, "learn_all", "learn_whom_to_ask", "be_counted")
    wrong, asked = [], 0
    asking = world.sides["COL"]
    first: dict[str, str] = {}
    with relaying(world.database) as relay:
        for role, cell in itertools.product(asking.staff, cells):
            question = asking.question(cell.kind, cell.content)
            answer = asking.staff[role]("POST", "/api/checks", question)
            asked += 1
            key = (asking.code, role)
            if not may[(*key, "ask_check")]:
                right = answer.status == 403
            else:
                first.setdefault(cell.id, question["id"])
                learns = [said[(*key, action, cell.id)] for action in ("learn_all", "learn_whom_to_ask")]
                right = answer.status == 200 and told(answer, cell) == learns
            if not right:
                wrong.append(f"{role.value} asks for {cell.what}: {answer.text}")
        while relay.look():
            pass
        relay.look()
    hits = hits_of(world, first)
    for cell in cells:
        if (cell.id in hits) != said[(asking.code, Role.ANALYST, "be_counted", cell.id)]:
            wrong.append(f"{cell.what}: a hit is {'' if cell.id in hits else 'not '}kept for its owner")
    assert not wrong, "\n".join(wrong)
    tell(asked, "asking")
    look_at_hits(world, cells, hits, may)


def told(answer: Answer, cell: Cell) -> list[bool]:
    """Whether the answer tells everything of the record, and whether it tells whom to ask."""
    body = answer.json()
    mine = [hit for hit in body["hits"] if hit["owner"]["code"] == cell.owner.code]
    exact = [hit for hit in mine if hit["level"] == "full" and hit["grade"] == "strong"]
    pointed = [hit for hit in mine if hit["level"] == "pointer"]
    return [bool(exact), bool(exact or pointed)]


def hits_of(world: World, checks: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The hit of each record's first check, and its level, as the database keeps it."""
    with as_owner(world.database) as owner:
        owner.exec_driver_sql("set local role tripoint_relay")
        found = rows(owner, "select check_id, record, id, level from hit")
    kept = {(str(check), str(record)): (str(which), str(level)) for check, record, which, level in found}
    return {record: kept[(check, record)] for record, check in checks.items() if (check, record) in kept}


def look_at_hits(
    world: World, cells: list[Cell], hits: dict[str, tuple[str, str]], may: dict[tuple[str, Role, str], bool]
) -> None:
    """Every hit opened by every officer."""
    asker = world.sides["COL"].party.number
    things = {
        f'Hit::"{hits[cell.id][0]}"': {"owner": cell.attributes["owner"], "asker": asker, "level": hits[cell.id][1]}
        for cell in cells
        if cell.id in hits
    }
    wrong = []
    asked = {
        (side.code, role, action, name): Asked(frozenset({role.value}), side.party.number, action, name)
        for (side, role), action, name in itertools.product(officers(world), ("see", "see_beneath"), things)
    }
    said = decide(asked.values(), things)
    for (side, role), name in itertools.product(officers(world), things):
        answer = side.staff[role]("GET", f"/api/hits/{name[6:-1]}")
        seen = said[asked[(side.code, role, "see", name)]]
        wanted = 403 if not may[(side.code, role, "read_hit")] else 200 if seen else 404
        beneath = answer.status == 200 and answer.json()["held"] is not None
        if answer.status != wanted or beneath > said[asked[(side.code, role, "see_beneath", name)]]:
            wrong.append(f"{side.code} {role.value} {things[name]}: {answer.status} {answer.text}, not {wanted}")
    assert not wrong, "\n".join(wrong)
    tell(len(things) * len(list(officers(world))), "opening hits")


def tell(count: int, what: str) -> None:
    assert count > 100
    print(f"\n{count} cells of {what}")
