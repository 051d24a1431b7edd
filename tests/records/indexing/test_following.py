"""Following the database: nothing lost, nothing doubled, in whichever order transactions end, whenever it is killed."""

from __future__ import annotations

import random
import threading
from collections.abc import Generator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine

from tests.desks.checks.lists import NOBODY, list_record
from tests.records.indexing.pocket import Pocket
from tests.town import as_owner, found, rows
from tripoint.access.model import Party
from tripoint.base.database import INDEX_ROLE, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.records.indexing import following, store
from tripoint.records.indexing.following import Following
from tripoint.records.indexing.model import Late, Position, Snapshot

ANA: dict[str, Any] = {"names": [{"full": "Mireldo Antuvelas Corvey"}], "births": ["1976-05-12"]}
COPY = """
insert into person (id, owner, set_number, terms, source_key, status, content, digest, retain_until)
select uuid7(), owner, set_number, terms, source_key || n, status, content, digest || int4send(n), retain_until
  from person, generate_series(1, %(times)s) n where id = %(id)s
"""
HELD = "select id, terms from person where ended_at is null"


@pytest.fixture
def database(own_database: Servers) -> Servers:
    return own_database


@pytest.fixture
def engine(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.app)
    yield engine
    engine.dispose()


@pytest.fixture
def follower(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.index, role=INDEX_ROLE, pool=2)
    yield engine
    engine.dispose()


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


def begin(follower: Engine, writer: Pocket | None = None) -> Following:
    with store.one_moment(follower) as session:
        return Following.begin(writer or Pocket(), session)


def catch_up(following: Following, follower: Engine) -> dict[UUID, int]:
    while following.step(follower):
        pass
    return published(following)


def published(following: Following) -> dict[UUID, int]:
    assert isinstance(following.writer, Pocket)
    return following.writer.published


def held(database: Servers) -> dict[UUID, int]:
    with as_owner(database) as owner:
        owner.exec_driver_sql("set session_replication_role = replica")
        return dict(rows(owner, HELD))


def add(engine: Engine, party: Party, pattern: UUID, times: int = 1) -> None:
    with transaction(engine) as session:
        stand_under(session, party.number)
        session.exec_driver_sql(COPY, {"id": pattern, "times": times})


def end(session: Connection, who: UUID) -> None:
    session.exec_driver_sql("update person set ended_at = now() where id = %(id)s", {"id": who})


def test_it_takes_in_what_stands_there_and_follows(
    database: Servers, engine: Engine, follower: Engine, party: Party
) -> None:
    first = list_record(engine, party, "person", ANA)
    mine = begin(follower)
    assert not published(mine)
    assert set(catch_up(mine, follower)) == {first}
    second = list_record(engine, party, "person", ANA)
    assert set(catch_up(mine, follower)) == {first, second}
    with transaction(engine) as session:
        stand_under(session, party.number)
        end(session, first)
    assert set(catch_up(mine, follower)) == {second}


def test_a_transaction_that_ends_late_is_never_passed_over(
    database: Servers, engine: Engine, follower: Engine, party: Party
) -> None:
    pattern = list_record(engine, party, "person", ANA)
    mine = begin(follower)
    catch_up(mine, follower)
    with transaction(engine) as slow:
        stand_under(slow, party.number)
        slow.exec_driver_sql(COPY, {"id": pattern, "times": 1})
        add(engine, party, pattern)  # begun later, ended earlier
        assert len(catch_up(mine, follower)) == 2
        assert len(catch_up(mine, follower)) == 2
    assert len(catch_up(mine, follower)) == 3
    assert published(mine) == held(database)


def test_a_transaction_that_is_taken_back_leaves_nothing(engine: Engine, follower: Engine, party: Party) -> None:
    pattern = list_record(engine, party, "person", ANA)
    mine = begin(follower)
    catch_up(mine, follower)
    with engine.connect() as connection:
        stand_under(connection, party.number)
        connection.exec_driver_sql(COPY, {"id": pattern, "times": 2})
        catch_up(mine, follower)
        connection.rollback()
    assert set(catch_up(mine, follower)) == {pattern}


def test_other_terms_are_followed_without_describing_anew(
    database: Servers, engine: Engine, follower: Engine, party: Party
) -> None:
    one, other = list_record(engine, party, "person", ANA), list_record(engine, party, "person", ANA, meeting=NOBODY)
    mine = begin(follower)
    terms = catch_up(mine, follower)
    assert terms[one] != terms[other]
    assert isinstance(mine.writer, Pocket)
    mine.writer.appended.clear()
    with transaction(engine) as session:
        stand_under(session, party.number)
        session.exec_driver_sql("update person set terms = %(t)s where id = %(id)s", {"t": terms[other], "id": one})
    assert catch_up(mine, follower)[one] == terms[other]
    assert not mine.writer.appended


def test_a_large_transaction_lets_others_through_and_is_gone_on_with_after_a_kill(
    database: Servers, engine: Engine, follower: Engine, party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 5)
    pattern = list_record(engine, party, "person", ANA)
    mine = begin(follower)
    catch_up(mine, follower)
    with transaction(engine) as session:
        stand_under(session, party.number)
        session.exec_driver_sql(COPY, {"id": pattern, "times": 23})
    assert mine.step(follower)
    assert mine.position.late
    with transaction(engine) as session:  # one of the many, and one that came meanwhile
        stand_under(session, party.number)
        which = rows(session, "select id from person order by id desc limit 1")[0][0]
        end(session, which)
    quick = list_record(engine, party, "person", ANA)
    mine.step(follower)
    assert quick in published(mine)
    assert len(published(mine)) < 20
    assert isinstance(mine.writer, Pocket)
    again = begin(follower, mine.writer.killed())
    assert again.position == mine.position
    assert catch_up(again, follower) == held(database)
    assert len(published(again)) == 24


def test_a_building_broken_off_goes_on_where_it_was(
    database: Servers, engine: Engine, follower: Engine, party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "BASE_AT_ONCE", 4)
    pattern = list_record(engine, party, "person", ANA)
    other = list_record(engine, party, "person", ANA, meeting=NOBODY)
    with transaction(engine) as session:
        stand_under(session, party.number)
        session.exec_driver_sql(COPY, {"id": pattern, "times": 15})
    mine = begin(follower)
    assert mine.of == 17
    assert mine.step(follower)
    assert not mine.position.whole
    with transaction(engine) as session:  # the last is not in yet: only its terms move
        stand_under(session, party.number)
        last = rows(session, "select id from person order by id desc limit 1")[0][0]
        terms = rows(session, "select terms from person where id = %(id)s", id=other)[0][0]
        session.exec_driver_sql("update person set terms = %(terms)s where id = %(id)s", {"terms": terms, "id": last})
    assert isinstance(mine.writer, Pocket)
    again = begin(follower, mine.writer.killed())
    assert catch_up(again, follower) == held(database)


def test_many_writers_and_a_follower_that_is_killed_all_the_time(
    database: Servers, engine: Engine, follower: Engine, party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writers add, change and end persons, some hold their transaction open, some take it back; the follower is
    killed before or after publishing. In the end the index is what the table is, and each record was there once."""
    monkeypatch.setattr(following, "AT_ONCE", 7)
    monkeypatch.setattr(following, "BASE_AT_ONCE", 7)
    pattern = list_record(engine, party, "person", ANA)
    hidden = list_record(engine, party, "person", ANA, meeting=NOBODY)
    stop, dice = threading.Event(), random.Random(7)

    def write(seed: int) -> None:
        throw = random.Random(seed)
        while not stop.is_set():
            with engine.connect() as connection:
                stand_under(connection, party.number)
                one_act(connection, throw, pattern, hidden)
                stop.wait(throw.random() / 20)
                connection.rollback() if throw.random() < 0.2 else connection.commit()

    threads = [threading.Thread(target=write, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    mine = begin(follower)
    try:
        for _ in range(150):
            mine.step(follower)
            if dice.random() < 0.3:
                assert isinstance(mine.writer, Pocket)
                mine = begin(follower, mine.writer.killed())
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert catch_up(mine, follower) == held(database)
    assert len(published(mine)) > 20


def one_act(session: Connection, throw: random.Random, pattern: UUID, hidden: UUID) -> None:
    values = {"id": pattern, "hidden": hidden, "times": throw.choice((1, 2, 9)), "skip": throw.randrange(20)}
    match throw.randrange(4):
        case 0:
            change = "set terms = (select terms from person where id = %(hidden)s)"
        case 1:
            change = "set ended_at = now()"
        case _:
            session.exec_driver_sql(COPY, values)
            return
    session.exec_driver_sql(
        f"update person {change} where id in (select id from person where ended_at is null and id not in"
        " (%(id)s, %(hidden)s) order by id offset %(skip)s limit 2 for update skip locked)",
        values,
    )


def test_a_person_who_cannot_be_read_keeps_no_other_out(
    database: Servers, engine: Engine, follower: Engine, party: Party
) -> None:
    pattern = list_record(engine, party, "person", ANA)
    add(engine, party, pattern, 4)
    with transaction(engine) as session:
        stand_under(session, party.number)
        session.exec_driver_sql("update person set content = '{\"births\": [\"soon\"]}', digest = '' where id = %(id)s",
                                {"id": pattern})  # fmt: skip
    mine = begin(follower)
    assert isinstance(mine.writer, Pocket)
    mine.writer.refuse = 1
    assert len(catch_up(mine, follower)) == 3
    assert mine.left_out == 2


def test_positions_and_snapshots_are_read_as_written() -> None:
    for text in ("10:20:10,14,15", "20:20:", "3:9:3"):
        assert str(Snapshot.read(text)) == text
    assert str(Snapshot.read("20:20:").without([7, 25])) == "7:20:7"
    kept = Position("here", "20:20:").at(Snapshot.read("22:22:"), None, {9: Late("x", (1, 2))})
    assert Position.read(str(kept)) == kept
    assert Position.read("") is None


def test_the_role_reads_persons_and_terms_and_nothing_else(database: Servers, follower: Engine) -> None:
    with as_owner(database) as owner:
        readable = rows(
            owner,
            "select distinct table_name from information_schema.column_privileges where grantee = 'tripoint_index'"
            " and table_schema = 'public'",
        )
        may = rows(
            owner,
            "select distinct privilege_type from information_schema.column_privileges where grantee = 'tripoint_index'",
        )
        member = rows(owner, "select pg_has_role('tripoint_app', 'tripoint_index', 'member')")
    assert {row[0] for row in readable} == {"person", "terms"}
    assert [row[0] for row in may] == ["SELECT"]
    assert member == [(False,)]
