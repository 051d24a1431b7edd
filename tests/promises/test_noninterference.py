"""Non-interference: what a reader may not know changes nothing of what he sees, to the byte, at any route.

The same sessions are played in two worlds. In the second, two parties whose business is none of the readers' hold
records, blind ones among them that the readers' own checks meet, and live through every route of the hub beside them:
sign in and fail to, check, refer, decide, change, end, plan, export, ask who read what. Every officer's session goes
over every route of the table. Answers, streams and the work they cost must be the same.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.desks.checks.lists import list_record
from tests.promises.cast import SHARED, Side, World, build, cheapen_passwords, relaying
from tests.promises.declared import Declared, routes_of
from tests.promises.fate import MASKS, Fate, Tally, Told, plain
from tests.promises.knocking import Knock, Street
from tests.promises.oracle import Asked, decide
from tests.promises.rows import ROWS
from tests.promises.rows_ballistics import work_on
from tests.promises.sending import Request, prepare
from tripoint.access.model import PartyKind, Role
from tripoint.access.proof import nobodys_hash
from tripoint.base.database import transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.relay import Relay

OF_COUNTRIES = tuple(role for role in Role if role is not Role.HUB_OPERATOR)
SEE_NO_CONTENT = (Role.PARTY_ADMINISTRATOR, Role.AUDITOR, Role.HUB_OPERATOR, Role.PRESS_OFFICER)
THE_OTHERS = ("PER", "ECU")
HELD_ALIKE = (("PER", "blind", "everyone"), ("ECU", "nothing", "everyone"), ("PER", "full", "own"))
TURNS = 2  # officers of the first party who each do what they may, at every route; every officer looks everywhere
BEHIND = 120  # seconds; the hub's clock comes less than that forward
OTHERS_ACT_EVERY = 10  # requests of a reader
# What is everybody's by design: only the status and the names of the headers are compared.
PUBLIC_KEYS = "the witnesses' keys and signatures are public, or nobody could check them"
OF_EVERYBODY = {"GET /api/audit/witnesses": PUBLIC_KEYS, "GET /api/audit/countersignatures": PUBLIC_KEYS}
# What no country does: the operator of the hub loads rates, which are everybody's to read.
OF_THE_HUB = {"POST /api/exchange-rates"}
# One log for the whole hub, so that nobody can be shown another. Its published heads are compared with their sizes and
# moments, its entries and proofs with all they tell; only this is taken out of the answers of its routes.
SEALED_LOG = "/api/audit/"
OF_THE_LOG: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{128})\b"), "hash",
        "a root is the hash of everybody's rows with their random ids, and a signature covers it: none can guess them",
    ),
    (
        re.compile(r'"countersigned_by":\[[^]]*\]'), "witnesses",
        "who countersigned a head is public, as the witnesses' keys are",
    ),
    (re.compile(r"^content-length: .*$", re.M), "length", "goes with the number of witnesses"),
)  # fmt: skip
Line = tuple[str, str]


@dataclass
class Others:
    """Two parties of whom the readers learn nothing; and what their own parties do that their role must not see."""

    world: World
    relay: Relay
    turn: Iterator[Declared]
    did: set[str] = field(default_factory=set)

    def act(self) -> None:
        """One of them takes the next route of the table, as its most able officer."""
        route = next(self.turn)
        side = self.world.sides["PER"]
        row = ROWS[route.name]
        able: tuple[Callable[[], Knock], ...] = (lambda: side.keeper, lambda: side.chief, side.analyst)
        for of in able:
            who = of()
            answer = prepare(route, row, side, who, valid=True).send(who)
            if answer.status == row.good:
                self.did.add(route.name)
                if row.ends_session:
                    who.sign_in(who.session["name"])
                return

    def hold(self, request: Request) -> None:
        """What the reader is about to ask for or to enter, they hold too: hidden, unmeetable, and met blind."""
        for kind, values in marks_in(request.body):
            for code, level, meeting in HELD_ALIKE:
                party, engine = self.world.sides[code].party, self.world.app.state.door.engine
                list_record(engine, party, kind, values, level=level, meeting={"kind": meeting})
            self.world.app.state.door.persons.stale = True


def twin(side: Side, world: World) -> Side:
    """The same party at another application of the same hub."""
    keeper, chief = (world.browser(knock.session["name"], world.street) for knock in (side.keeper, side.chief))
    return Side(world, side.party, keeper, chief)


def marks_in(body: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The marks of a request, as records that bear them."""
    asked = body if isinstance(body, dict) else {}
    if "vehicle" in asked:
        yield "vehicle", {**asked["vehicle"], "status": "stolen"}
    if "queries" in asked:
        names = asked["queries"]["q"]["properties"]["name"]
        yield "person", {"names": [{"full": names[0]}], "births": ["1976-05-12"]}
    content = asked.get("content", {})
    for kind, mark in (("vehicle", "plate"), ("firearm", "serial"), ("document", "number")):
        if mark in content:
            yield kind, content
    if "names" in content:
        yield "person", content


@dataclass
class Play:
    """One world's readers at work, and what they were told."""

    database: Servers
    fate: Fate
    others: bool
    lines: list[Line] = field(default_factory=list)
    told: Told = field(init=False)
    turns: dict[str, list[Role]] = field(default_factory=dict)

    def run(self) -> list[Line]:
        """Play the day."""
        self.told = Told(self.fate.begins + timedelta(seconds=BEHIND))
        with ExitStack() as left, pytest.MonkeyPatch.context() as patch, relaying(self.database) as relay:
            cheapen_passwords(patch)
            nobodys_hash()  # made once in a process: not by the dice of the first world alone
            app = build(self.database)
            beside = build(self.database, app.state.door.persons)
            self.street, street = Street(app), Street(beside)
            left.callback(self.street.close)
            left.callback(street.close)
            self.tally = Tally(self.database)
            left.callback(self.tally.close)
            self.fate.rule(app)
            self.routes = [route for route in routes_of(app) if route.name in ROWS]
            self.relay = relay
            with self.fate.holds():
                self.found(app)
            self.meet(World(self.database, beside, street), relay)
            for side, role in readers(self.world):
                if role is SEE_NO_CONTENT[0] and side.code == "COL" and self.others:
                    self.fill()
                self.session(side, role)
        return self.lines

    def found(self, app: Any) -> None:
        """All parties, the same in each world: who takes part is no secret, nor is what the others share."""
        self.world = World(self.database, app, self.street, now=self.fate.clock)
        self.world.side("COL", *OF_COUNTRIES)
        self.world.side("BRA", *OF_COUNTRIES)
        self.world.side("HUB", Role.HUB_OPERATOR, kind=PartyKind.BODY)
        for code in THE_OTHERS:
            self.world.side(code).record("vehicle", **SHARED)

    def meet(self, world: World, relay: Relay) -> None:
        """The others at the same hub with their own luck; only in one world do they do anything."""
        world.numbers = itertools.count(500_000)
        both = {"kind": "parties", "parties": list(THE_OTHERS)}
        world.shared = {"readers": both, "meeting": both, "level": "full"}
        for code in THE_OTHERS:
            world.sides[code] = twin(self.world.sides[code], world)
        turn = itertools.cycle(self.routes)
        self.beside = Others(world, relay, turn)
        if self.others:  # into a set that the readers know of
            world.sides["PER"].record("vehicle", set_name="vehicle shared")

    def fill(self) -> None:
        """The readers' own parties take in records and meet them: nothing to those who see no content."""
        for code in ("COL", "BRA"):
            side = twin(self.world.sides[code], self.beside.world)
            record = side.record("vehicle", readers={"kind": "everyone"})
            side.keeper.done("POST", "/api/checks", side.question("vehicle", record["content"]))
        while self.relay.look():
            pass

    def session(self, side: Side, role: Role) -> None:
        """One officer's way over every route."""
        with self.fate.holds():
            who = self.world.browser(side.names[role])
        side.staff[role] = who
        said = decide(
            (Asked(frozenset({role.value}), side.party.number, ROWS[route.name].act or "see_session")
             for route in self.routes), {},
        )  # fmt: skip
        for at, route in enumerate(self.routes):
            row = ROWS[route.name]
            allowed = said[Asked(frozenset({role.value}), side.party.number, row.act or "see_session")]
            if allowed and route.method != "GET" and not self.is_turn_of(side, role, route):
                continue
            with self.fate.holds():
                request = prepare(route, row, self.maker(side), who, valid=allowed)
            self.search_scans()  # in both worlds before anybody else works on them
            if self.others:
                if allowed:
                    self.beside.hold(request)
                if at % OTHERS_ACT_EVERY == 0:
                    self.beside.act()
            self.look()
            self.ask(f"{side.code} {role.value} {route.name}", request, who)
            self.look()
            if row.ends_session and allowed:
                with self.fate.holds():
                    who.sign_in(side.names[role])

    def is_turn_of(self, side: Side, role: Role, route: Declared) -> bool:
        """Whether this officer does what the route does: what it writes is the same whatever lets him do it."""
        done = self.turns.setdefault(route.name, [])
        if side.code == "BRA" or len(done) >= TURNS:
            return False
        done.append(role)
        return True

    def maker(self, side: Side) -> Side:
        """Who makes the objects of a request: the hub's own body holds nothing."""
        return self.world.sides["COL"] if side.code == "HUB" else side

    def look(self) -> None:
        """Scans that wait are searched, the relay does what waits, where anything does, and the index follows."""
        self.search_scans()
        while self.tally.rows.waits():
            self.relay.look()
        self.world.app.state.door.persons.catch_up()

    def search_scans(self) -> None:
        """Whatever scans wait, and whoever's."""
        with transaction(self.relay.engine) as session:
            waits = session.exec_driver_sql("select ballistics_waits()").scalar_one()
        if waits:
            work_on(self.database)

    def ask(self, name: str, request: Request, who: Knock) -> None:
        """Send the request; keep the answer, and the work it took."""
        self.fate.steps += 1
        assert self.fate.clock() < self.told.since, "BEHIND must be more"
        mark = self.tally.mark()
        with self.fate.holds(), self.tally.counting():
            answer = request.send(who)
        if any(name.endswith(common) for common in OF_EVERYBODY):
            self.lines.append((name, f"{answer.status} {[header for header, _ in answer.headers]}"))
            return
        told = self.told(answer)
        self.lines.append((name, unsealed(told) if SEALED_LOG in name else told))
        work = [f"{len(self.tally.statements)} statements", *self.tally.statements]
        work += [f"{deed}: {n} rows" for deed, n in self.tally.written(mark).items()]
        self.lines.append((f"{name}, its work", "\n".join(work)))


def unsealed(text: str) -> str:
    """An answer about the sealed log without what is everybody's in it."""
    for pattern, word, _ in OF_THE_LOG:
        text = pattern.sub(word, text)
    return text


def readers(world: World) -> Iterator[tuple[Side, Role]]:
    """Every role at two parties; last those who see no content, for whom their own party's content is another's too."""
    every = [(side, role) for side in world.sides.values() for role in side.names]
    return iter(sorted(every, key=lambda one: one[1] in SEE_NO_CONTENT))


@pytest.mark.slow
def test_what_a_reader_may_not_know_changes_nothing_he_sees(database: Servers, own_database: Servers) -> None:
    # Always behind the database's own clock, which goes on by itself: what the one dates never mixes with the other.
    begins = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=BEHIND)
    alone = Play(database, Fate(begins), others=False)
    among = Play(own_database, Fate(begins), others=True)
    first, second = alone.run(), among.run()
    assert [name for name, _ in first] == [name for name, _ in second]
    differ = [
        difference(name, one, other) for (name, one), (_, other) in zip(first, second, strict=True) if one != other
    ]
    assert not differ, f"{len(differ)} answers differ:\n" + "\n".join(differ[:40])
    undone = {route.name for route in among.routes} - among.beside.did - OF_EVERYBODY.keys() - OF_THE_HUB
    assert not undone, f"the others could not do: {', '.join(sorted(undone))}"
    print(f"\n{len(first) // 2} answers of {len(list(readers(alone.world)))} officers are the same in both worlds")


def difference(name: str, one: str, other: str) -> str:
    """The lines in which two tellings differ, the first few."""
    mine, theirs = (text.replace('{"', '\n{"').splitlines() for text in (one, other))  # one long line else
    found = difflib.unified_diff(mine, theirs, "alone", "among others", lineterm="", n=0)
    return "\n".join([f"== {name}", *(line[:600] for line in itertools.islice(found, 2, 10))])


def test_the_comparison_can_fail() -> None:
    """What is masked is little: a count, an id, an order or another header is seen."""
    assert plain('{"n": 1}') != plain('{"n": 2}')
    assert plain('["a", "b"]') != plain('["b", "a"]')
    assert plain('"2026-03-01T00:00:00Z"') != plain('"2026-03-01T00:00:01Z"')
    assert plain('"2026-03-01T00:00:00.1Z"') == plain('"2026-03-02T00:00:01.25Z"')
    assert unsealed('{"size":1024,"seq":3}') != unsealed('{"size":2048,"seq":3}') != unsealed('{"size":2048,"seq":4}')
    assert all(reason for _, _, reason in (*MASKS, *OF_THE_LOG))
