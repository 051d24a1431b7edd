"""A right that is taken away is gone within a second, everywhere: requests, checks, open streams, in every process.

And it is gone at one moment: no act is ever acknowledged that was kept after the commit which took its right away.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import httpx2
import psycopg
import pytest

from tests.desks.checks.lists import list_record
from tests.hub import operation
from tests.promises.cast import World, build, cheapen_passwords
from tests.promises.knocking import Street
from tests.town import PASSWORD, as_owner, employ, found
from tripoint.access.door import COOKIE
from tripoint.access.model import Party, Role
from tripoint.base.database import make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

SOON = 1.0  # seconds, as promised
TIMES = 3  # streams are cut so often by each revocation, and half of the times at least must keep the promise
ROUNDS = 25


@pytest.fixture(scope="module")
def two_processes(database: Servers, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The address of a hub of two web processes with its relay and its follower, as it is installed."""
    place = tmp_path_factory.mktemp("hub")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (place / "address").write_text(database.app)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")} | {
        "TRIPOINT_DATABASE_FILE": str(place / "address"), "TRIPOINT_ADMIN_DATABASE": database.admin,
        "TRIPOINT_RELAY_DATABASE": database.relay, "TRIPOINT_INDEX_DATABASE": database.index,
        "TRIPOINT_SEALER_DATABASE": database.sealer, "TRIPOINT_SECOND_FACTOR": "offered",
    }  # fmt: skip
    command = [sys.executable, "-c", "from tripoint.doors.cli import app; app()", "serve", "--workers", "2"]
    with (place / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--data", str(place)], env=environment, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: ready(address), 300, lambda: (place / "log").read_text())
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def ready(address: str) -> bool:
    with suppress(httpx2.HTTPError):
        health = httpx2.get(f"{address}/api/health", timeout=2)
        return health.status_code == 200 and health.json()["index"] == "ready"
    return False


def until(true: Callable[[], bool], seconds: float, said: Callable[[], str] = str) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, said()
        time.sleep(0.02)


def within_a_second(true: Callable[[], bool], what: str) -> None:
    """True of whatever is asked from a second after now on: asked ten times more, of either process."""
    ends = time.monotonic() + SOON
    while (began := time.monotonic()) and not true():
        assert began < ends, what
        time.sleep(0.01)
    assert all(true() for _ in range(10)), f"{what}: not in every process"


class Officer:
    """An officer at his browser; each request takes a new connection, so that either process may answer."""

    def __init__(self, address: str, name: str) -> None:
        self.address = address
        answer = httpx2.post(f"{address}/api/sign-in", json={"name": name, "password": PASSWORD}, timeout=10)
        assert answer.status_code == 200, answer.text
        self.headers = {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}", "x-csrf-token": answer.json()["csrf"]}
        self.id = answer.json()["officer"]["id"]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        sent = {"connection": "close", **self.headers, **headers}
        return httpx2.request(method, self.address + path, json=body, headers=sent, timeout=10)

    def status(self, path: str) -> int:
        return self.ask("GET", path).status_code

    def levels(self, question: dict[str, Any]) -> list[str]:
        body = {"id": str(uuid7()), "purpose": "border_control", **question}
        return [hit["level"] for hit in self.ask("POST", "/api/checks", body).json()["hits"]]

    @contextmanager
    def following(self, streams: int = 4) -> Iterator[Callable[[], float]]:
        """Streams to either process; gives when the last of them was bidden goodbye, waiting for it."""
        over: list[float] = []
        begun = threading.Barrier(streams + 1, timeout=30)

        def follow() -> None:
            with httpx2.stream("GET", f"{self.address}/api/feed", headers=self.headers, timeout=30) as feed:
                lines = feed.iter_lines()
                next(lines)
                begun.wait()
                over.extend(time.monotonic() for line in lines if line == "event: goodbye")

        threads = [threading.Thread(target=follow, daemon=True) for _ in range(streams)]
        for thread in threads:
            thread.start()
        begun.wait()

        def last() -> float:
            for thread in threads:
                thread.join(timeout=10)
            assert len(over) == streams, "a stream outlives its right"
            return max(over)

        yield last


def test_several_processes_are_one_hub(two_processes: str, database: Servers) -> None:
    """Whatever process answers, each check is kept, and told to whoever follows either."""
    ana = Officer(two_processes, employ(database, found(database), Role.LIAISON_OFFICER).sign_in_name)
    with httpx2.stream("GET", f"{two_processes}/api/feed", headers=ana.headers, timeout=15) as feed:
        lines = feed.iter_lines()
        assert next(lines).startswith("id: ")
        for _ in range(6):
            assert ana.levels({"vehicle": {"plate": "W0RKERS"}}) == []
        told = 0
        while told < 6:
            line = next(lines)
            if line.startswith('data: {"n": '):
                told += json.loads(line.removeprefix("data: "))["n"]
    assert told == 6


@pytest.mark.slow
def test_every_right_that_is_taken_away_is_gone_within_a_second(two_processes: str, database: Servers) -> None:
    asker, holder = found(database), found(database)
    chief = Officer(two_processes, employ(database, asker, Role.PARTY_ADMINISTRATOR).sign_in_name)
    role_goes(two_processes, database, asker, chief)
    device_goes(two_processes, database, asker)
    audience_and_operation_go(two_processes, database, asker, holder)
    party_goes(two_processes, database, asker)


def streams_end_within_a_second(enter: Callable[[], Officer], take: Callable[[], Any]) -> None:
    """From the acknowledged revocation to the last line of the last of four streams: the median of several times."""
    taken = []
    for _ in range(TIMES):
        with enter().following() as ended:
            take()
            began = time.monotonic()
            taken.append(ended() - began)
    assert median(taken) <= SOON, taken


def role_goes(address: str, database: Servers, asker: Party, chief: Officer) -> None:
    """An officer loses the role that let him read, then all: requests and streams."""
    account = employ(database, asker, Role.ANALYST)

    def roles(given: str) -> None:
        chief.ask("PUT", f"/api/officers/{account.id}", {"roles": [given]}).raise_for_status()

    def enter() -> Officer:
        roles("analyst")
        return Officer(address, account.sign_in_name)

    streams_end_within_a_second(enter, take=lambda: roles("auditor"))
    ana = enter()
    assert ana.status("/api/hits") == 200
    roles("auditor")
    within_a_second(lambda: ana.status("/api/hits") in (401, 403), "a role that was taken still reads")
    chief.ask("PUT", f"/api/officers/{ana.id}", {"active": False}).raise_for_status()
    within_a_second(lambda: ana.status("/api/session") == 401, "an officer struck off is still signed in")


def device_goes(address: str, database: Servers, asker: Party) -> None:
    """A token is ended by its officer: what bears it is out."""
    ana = Officer(address, employ(database, asker, Role.FIELD_OFFICER).sign_in_name)
    token = Officer.__new__(Officer)
    made: list[str] = []

    def enter() -> Officer:
        asked = {"device": "gate 4", "minutes": 5, "acts": ["list_hits", "follow_feed"]}
        given = ana.ask("POST", "/api/tokens", asked).json()
        made.append(given["id"])
        token.address, token.headers = address, {"authorization": f"Bearer {given['token']}"}
        assert token.status("/api/hits") == 200
        return token

    def take() -> None:
        assert ana.ask("DELETE", f"/api/sign-ins/{made[-1]}").status_code == 204

    streams_end_within_a_second(enter, take)
    enter()
    take()
    within_a_second(lambda: token.status("/api/hits") == 401, "a token that was ended still opens")


def audience_and_operation_go(address: str, database: Servers, asker: Party, holder: Party) -> None:
    """A record is no longer released, and a party no longer takes part: checks by mark and by name meet nothing."""
    engine = make_engine(database.app, pool=1)
    on = operation(database, holder, asker, holder)
    shared = {"kind": "operation", "operation": str(on.id)}
    car = list_record(
        engine, holder, "vehicle", {"plate": "G0NE99", "status": "stolen"}, meeting=shared, readers=shared
    )
    person = {"names": [{"full": "Mireldo Antuvelas Corvey"}], "births": ["1976-05-12"]}
    list_record(engine, holder, "person", person, meeting=shared, readers=shared)
    ana = Officer(address, employ(database, asker, Role.LIAISON_OFFICER).sign_in_name)
    asked = {"vehicle": {"plate": "G0NE99"}}, {"person": {"name": "Mireldo Antuvelas Corvey", "birth": "1976-05-12"}}
    until(lambda: all(ana.levels(one) == ["full"] for one in asked), 30, lambda: "the index does not follow")
    assert ana.status(f"/api/records/vehicle/{car}") == 200
    with transaction(engine) as session:
        stand_under(session, holder.number)
        session.exec_driver_sql(
            "delete from participation where operation = %(on)s and party = %(p)s", {"on": on.id, "p": asker.number}
        )
    within_a_second(lambda: ana.status(f"/api/records/vehicle/{car}") == 404, "a record is read after its release")
    within_a_second(lambda: not any(ana.levels(one) for one in asked), "a check meets what is no longer shared")
    at_post = {"vehicle": {"plate": "G0NE99"}, "operation": str(on.id), "id": str(uuid7()), "purpose": "border_control"}
    assert ana.ask("POST", "/api/checks", at_post).status_code == 422
    engine.dispose()


def party_goes(address: str, database: Servers, asker: Party) -> None:
    """A party is laid still: all its officers are out."""
    account = employ(database, asker, Role.ANALYST)

    def lay(active: bool) -> None:
        with as_owner(database) as owner:
            values = {"p": asker.number, "active": active}
            owner.exec_driver_sql("update party set active = %(active)s where number = %(p)s", values)

    def enter() -> Officer:
        lay(True)
        return Officer(address, account.sign_in_name)

    streams_end_within_a_second(enter, take=lambda: lay(False))
    ana = enter()
    lay(False)
    within_a_second(lambda: ana.status("/api/session") == 401, "an officer of a party laid still is signed in")


REVOKE = {
    "role": ("update officer set roles = '{auditor}' where id = %(officer)s",
             "update officer set roles = '{field_officer}' where id = %(officer)s"),
    "officer": ("update officer set active = false where id = %(officer)s",
                "update officer set active = true where id = %(officer)s"),
    "party": ("update party set active = false where number = %(party)s",
              "update party set active = true where number = %(party)s"),
    "sign-in": ("update sign_in set revoked_at = now() where officer = %(officer)s",
                "update sign_in set revoked_at = null where officer = %(officer)s"),
}  # fmt: skip


def test_no_act_is_kept_after_the_commit_that_took_its_right_away(database: Servers) -> None:
    """Acts and revocations race; the database tells in which order they were committed."""
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        street = Street(build(database))
        world = World(database, street.app, street)
        side = world.side("COL", Role.FIELD_OFFICER)
    ana = side.staff[Role.FIELD_OFFICER]
    values = {"officer": ana.session["officer"]["id"], "party": side.party.number}
    kept = 0
    for turn in range(ROUNDS):
        take, give = REVOKE[list(REVOKE)[turn % len(REVOKE)]]
        kept += race(database, lambda: side_question(side, ana), take, values, turn)
        with owner_of(database) as owner:
            owner.execute(give, values)
    street.close()
    assert 0 < kept < ROUNDS * 400  # some acts came before, and were kept


def side_question(side: Any, ana: Any) -> tuple[str, int]:
    body = side.question("vehicle", {"plate": f"9{side.world.number():06d}", "country": "PRY"})
    return str(body["id"]), int(ana("POST", "/api/checks", body).status)


def race(
    database: Servers, act: Callable[[], tuple[str, int]], take: str, values: dict[str, Any], turn: int
) -> int:
    """Act again and again while the right is taken; how many acts were kept. None may be kept after that commit."""
    taken: list[float] = []

    def revoke() -> None:
        time.sleep(0.002 * (turn % 7))
        with owner_of(database) as owner:
            owner.execute(take, values)
            taken.append(time.monotonic())  # the commit has been acknowledged

    revoker = threading.Thread(target=revoke)
    revoker.start()
    statuses: list[int] = []
    while not taken or len(statuses) < 2 or statuses[-1] == 200:
        began = time.monotonic()
        which, status = act()
        statuses.append(status)
        assert not (taken and began > taken[0] and status == 200), f"{which} was begun after {take}, and kept"
        assert len(statuses) < 400
    revoker.join()
    return statuses.count(200)


@contextmanager
def owner_of(database: Servers) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.admin.replace("postgresql+psycopg", "postgresql"), autocommit=True) as owner:
        owner.execute("set row_security = off")
        yield owner


def test_whoever_takes_a_right_away_waits_for_the_act_in_hand(database: Servers) -> None:
    """An act holds its rights until its commit: the revocation comes after, or before the act is recognised."""
    party = found(database)
    officer = employ(database, party, Role.FIELD_OFFICER)
    secret, now = os.urandom(32), datetime.now(UTC)
    app = make_engine(database.app, pool=1)
    with owner_of(database) as owner:
        owner.execute(
            "insert into sign_in (secret_hash, id, kind, officer, idle_for, ends_at) values (%s, %s, 'session', %s,"
            " interval '1 hour', %s)", (secret, uuid7(), officer.id, now + timedelta(hours=1)),
        )  # fmt: skip
        for name, (take, give) in REVOKE.items():
            values = {"officer": officer.id, "party": party.number}
            with transaction(app) as session:
                session.exec_driver_sql("select * from sign_on(hold_rights(%(s)s))", {"s": secret}).one()
                owner.execute("set lock_timeout = '100ms'")
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    owner.execute(take, values)
            owner.execute(take, values)
            with transaction(app) as session:
                found_now = session.exec_driver_sql("select roles from sign_on(hold_rights(%(s)s))", {"s": secret})
                assert [row[0] for row in found_now] == ([["auditor"]] if name == "role" else []), name
            owner.execute(give, values)
    app.dispose()


def test_the_proof_would_find_a_right_that_is_not_held(database: Servers) -> None:
    """Recognised without holding its rights, an act keeps no revocation waiting: that is what is proven above."""
    officer = employ(database, found(database), Role.FIELD_OFFICER)
    app = make_engine(database.app, pool=1)
    with transaction(app) as session, owner_of(database) as owner:
        session.exec_driver_sql("select * from sign_on(%(s)s)", {"s": b"nobody"}).all()
        owner.execute("set lock_timeout = '100ms'")
        owner.execute("update officer set active = false where id = %(id)s", {"id": officer.id})
    app.dispose()
