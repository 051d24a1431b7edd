"""Each announcement is handed on exactly once, whatever happens to a relay; and nothing stops it for good."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine

from tests.town import as_owner, rows
from tripoint.base import relay as relay_module
from tripoint.base.announcements import Announcement, announce, read_feed
from tripoint.base.database import RELAY_ROLE, Session, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import Unavailable
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay, Wiring

OUR, THEIR = 3, 4


@pytest.fixture
def engine_of(own_database: Servers) -> Generator[Callable[[], Engine]]:
    made: list[Engine] = []

    def make() -> Engine:
        made.append(make_engine(own_database.relay, role=RELAY_ROLE, pool=2))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def application(own_database: Servers) -> Generator[Engine]:
    engine = make_engine(own_database.app, pool=2)
    yield engine
    engine.dispose()


def tell(application: Engine, *refs: UUID, parties: tuple[int, ...] = (OUR, THEIR), kind: str = "hit") -> None:
    with transaction(application) as session:
        stand_under(session, OUR)
        for ref in refs:
            announce(session, Announcement(kind, parties, ref, "raised"))


def told(database: Servers, party: int = OUR) -> list[UUID]:
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local role tripoint_relay")
        return [entry.ref for entry in read_feed(owner, party, 0, 1_000_000) if entry.ref]


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.02)


def test_what_was_announced_reaches_each_party_in_its_order(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine
) -> None:
    refs = [uuid7() for _ in range(50)]
    tell(application, *refs)
    assert Relay(engine_of(), Wiring({})).look() is False
    assert told(own_database) == told(own_database, THEIR) == refs


def test_two_relays_at_once_hand_on_each_exactly_once(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine
) -> None:
    heard: list[UUID] = []

    def listen(session: Session, found: Sequence[Announcement]) -> None:
        heard.extend(one.ref for one in found)

    def one_by_one(part: list[UUID]) -> None:
        for ref in part:
            tell(application, ref)

    relays = [Relay(engine_of(), Wiring({"hit": listen}), pause=0.001) for _ in range(2)]
    for relay in relays:
        relay.start()
    try:
        refs = [uuid7() for _ in range(400)]
        writers = [threading.Thread(target=one_by_one, args=(part,)) for part in (refs[::2], refs[1::2])]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        until(lambda: len(told(own_database)) >= len(refs))
    finally:
        for relay in relays:
            relay.stop()
    assert Counter(told(own_database)) == Counter(refs)
    assert Counter(heard) == Counter(refs)


def test_a_relay_that_dies_in_the_middle_leaves_all_to_the_next(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine
) -> None:
    refs = [uuid7() for _ in range(20)]
    tell(application, *refs)

    def die(session: Session, _: Sequence[Announcement]) -> None:
        backend = session.exec_driver_sql("select pg_backend_pid()").scalar_one()
        with psycopg.connect(own_database.admin.replace("+psycopg", ""), autocommit=True) as owner:
            owner.execute("select pg_terminate_backend(%s)", (backend,))

    with pytest.raises(Unavailable):
        Relay(engine_of(), Wiring({"hit": die})).look()
    assert told(own_database) == []
    Relay(engine_of(), Wiring({})).look()
    assert told(own_database) == refs


def test_a_listener_that_fails_is_tried_again_and_nothing_is_lost(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "AFTER_A_FAILURE", 0.01)
    failures = iter([True, True])

    def stumble(session: Session, _: Sequence[Announcement]) -> None:
        if next(failures, False):
            raise ValueError("a fault of ours")

    relay = Relay(engine_of(), Wiring({"hit": stumble}), pause=0.001)
    relay.start()
    try:
        refs = [uuid7() for _ in range(3)]
        tell(application, *refs)
        until(lambda: told(own_database) == refs)
    finally:
        relay.stop()
    assert next(failures, "none left") == "none left"


def test_a_chore_that_fails_holds_up_neither_feeds_nor_other_chores(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine
) -> None:
    done: list[str] = []

    def broken(session: Session) -> None:
        session.exec_driver_sql("select 1 / 0")

    relay = Relay(engine_of(), Wiring({}, chores=(broken, lambda _: done.append("other"))), pause=0.001)
    relay.start()
    try:
        ref = uuid7()
        tell(application, ref)
        until(lambda: told(own_database) == [ref] and done == ["other"])
    finally:
        relay.stop()


def test_a_relay_waits_for_a_database_that_went_away(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "AFTER_A_FAILURE", 0.05)
    relay = Relay(engine_of(), Wiring({}), pause=0.001)
    relay.start()
    try:
        with as_owner(own_database) as owner:
            rows(
                owner,
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                " and datname = current_database()",
            )
        ref = uuid7()
        try:
            tell(application, ref)
        except Unavailable:
            tell(application, ref)
        until(lambda: told(own_database) == [ref])
    finally:
        relay.stop()


def test_more_than_one_transaction_takes_at_once_is_handed_on_all_the_same(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "AT_ONCE", 3)
    refs = [uuid7() for _ in range(7)]
    tell(application, *refs)
    relay = Relay(engine_of(), Wiring({}))
    assert [relay.look() for _ in range(3)] == [True, True, False]
    assert told(own_database) == refs


def test_counted_kinds_become_one_line_a_look(
    own_database: Servers, engine_of: Callable[[], Engine], application: Engine
) -> None:
    tell(application, *(uuid7() for _ in range(5)), kind="checks", parties=(OUR,))
    Relay(engine_of(), Wiring({}, frozenset({"checks"}))).look()
    with as_owner(own_database) as owner:
        owner.exec_driver_sql("set local role tripoint_relay")
        assert [(entry.kind, entry.count, entry.ref) for entry in read_feed(owner, OUR, 0)] == [("checks", 5, None)]
