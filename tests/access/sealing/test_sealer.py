"""The sealer over a real database: every row once, late ones too; nothing changed afterwards; one key after another."""

import threading
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tests.town import as_owner, found, rows
from tripoint.access.sealing import reading_store, store
from tripoint.access.sealing.keys import KeyFolder
from tripoint.access.sealing.model import SignedHead
from tripoint.access.sealing.sealer import Sealer
from tripoint.base.database import SEALER_ROLE, Session, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import SetUp
from tripoint.engines.merkle.canonical import plain_row, row_hash
from tripoint.engines.merkle.fillers import LEAST, filler_hash
from tripoint.engines.merkle.heads import key_statement, signed_by
from tripoint.engines.merkle.proofs import consistent, included
from tripoint.engines.merkle.tree import Frontier, Tiles, consistency_proof, inclusion_proof

NONCES = "select filler from audit_leaf where filler is not null order by position"
SEALED = (
    "audit", "audit_key", "audit_leaf", "audit_node", "audit_head", "audit_hour", "witness_key", "countersignature",
)  # fmt: skip


@pytest.fixture
def sealer(own_database: Servers, tmp_path: Path) -> Generator[Sealer]:
    made = Sealer(make_engine(own_database.sealer, role=SEALER_ROLE, pool=2), KeyFolder(tmp_path))
    yield made
    made.engine.dispose()


@pytest.fixture
def app(own_database: Servers) -> Generator[Engine]:
    engine = make_engine(own_database.app)
    yield engine
    engine.dispose()


def act(session: Session, count: int = 1) -> None:
    session.exec_driver_sql(
        "insert into audit (act, object_id) select 'read_record', gen_random_uuid() from generate_series(1, %(n)s)",
        {"n": count},
    )


def acts(app: Engine, count: int = 1) -> None:
    with transaction(app) as session:
        act(session, count)


def leaves(sealer: Sealer) -> list[tuple[int, bytes]]:
    with transaction(sealer.engine) as session:
        found = rows(session, "select seq, hash from audit_leaf where seq is not null order by position")
    return [(seq, bytes(hash)) for seq, hash in found]


def heads_at(now: list[datetime], sealer: Sealer, *minutes: int) -> list[SignedHead]:
    """The heads published when the sealer looks so many minutes after one another."""
    sealer.clock = lambda: now[0]
    for pause in minutes:
        now[0] += timedelta(minutes=pause)
        sealer.look()
    with transaction(sealer.engine) as session:
        hours = reading_store.hours(session, 100)
    return [one.head for one in reversed(hours)]


def test_every_row_is_a_leaf_and_the_head_is_signed(sealer: Sealer, app: Engine) -> None:
    sealer.look()  # publishes the first head: 1,024 fillers stand before all rows
    for count in (1, 300, 700):
        acts(app, count)
        sealer.look()
    with transaction(sealer.engine) as session:
        signed, (key,) = store.newest_head(session), store.keys(session)
        trail = session.exec_driver_sql("select * from audit order by seq").mappings()
        hashes = [row_hash(plain_row(dict(row))) for row in trail]
        tiles = Tiles(lambda level, tile: store.tile(session, level, tile))
        assert signed is not None
        head = signed.head
        proofs = [inclusion_proof(LEAST + place, head.size, tiles.subtree) for place in (0, 400, 1000)]
        grown = consistency_proof(LEAST + 301, head.size, tiles.subtree)
        fillers = [bytes(row[0]) for row in rows(session, NONCES)]
    assert signed_by(key.public_key, signed.signature, head.statement())
    assert [hash for _, hash in leaves(sealer)] == hashes
    everything = [*map(filler_hash, fillers), *hashes]
    assert (len(fillers), head.root) == (LEAST, Frontier().extended(everything)[0].root())
    assert head.settled == 1001
    for position, proof in zip((0, 400, 1000), proofs, strict=True):
        assert included(hashes[position], LEAST + position, head.size, proof, head.root)
    before = Frontier().extended(everything[: LEAST + 301])[0].root()
    assert consistent(LEAST + 301, head.size, before, head.root, grown)


def test_a_row_that_commits_late_gets_a_later_place(sealer: Sealer, app: Engine) -> None:
    with app.connect() as slow:
        long = slow.begin()
        act(slow)  # number 1, not to be seen yet
        acts(app, 3)
        sealer.look()
        assert [seq for seq, _ in leaves(sealer)] == [2, 3, 4]
        acts(app)
        sealer.look()
        long.commit()
    acts(app)
    sealer.look()
    assert [seq for seq, _ in leaves(sealer)] == [2, 3, 4, 5, 1, 6]
    with transaction(sealer.engine) as session:
        settled = rows(session, "select settled from audit_head order by size")
    assert [row[0] for row in settled] == [0, 0, 0, 4]  # the number 1 was waited for, and nothing settled meanwhile


def test_what_was_rolled_back_is_waited_for_only_as_long_as_it_may_come(sealer: Sealer, app: Engine) -> None:
    with app.connect() as spoilt:
        errand = spoilt.begin()
        act(spoilt)
        acts(app)
        sealer.look()
        errand.rollback()
    acts(app)
    sealer.look()
    acts(app)
    sealer.look()
    place = sealer._place
    assert place is not None
    assert (place.gaps, place.settled >= 3) == (frozenset(), True)
    assert [seq for seq, _ in leaves(sealer)] == [2, 3, 4]


def test_another_sealer_goes_on_where_one_stopped(sealer: Sealer, app: Engine, own_database: Servers) -> None:
    other = Sealer(make_engine(own_database.sealer, role=SEALER_ROLE, pool=1), sealer.folder)
    with app.connect() as slow:
        long = slow.begin()
        act(slow)
        acts(app, 2)
        sealer.look()
        acts(app, 2)
        other.look()
        long.commit()
    sealer.look()
    acts(app)
    other.look()
    other.engine.dispose()
    assert [seq for seq, _ in leaves(sealer)] == [2, 3, 4, 5, 1, 6]


def test_only_one_seals_at_a_time(sealer: Sealer, app: Engine) -> None:
    acts(app)
    with transaction(sealer.engine) as session:
        assert store.alone(session)
        sealer.look()
    assert leaves(sealer) == []
    sealer.look()
    assert len(leaves(sealer)) == 1


def test_no_row_is_missed_under_writers_that_dawdle_and_fail(sealer: Sealer, app: Engine) -> None:
    def write(number: int) -> None:
        for turn in range(25):
            with app.connect() as session:
                errand = session.begin()
                act(session, 1 + (number * turn) % 3)
                session.exec_driver_sql("select pg_sleep(%(s)s)", {"s": (number + turn) % 4 / 400})
                (errand.rollback if (number + turn) % 5 == 0 else errand.commit)()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        sealer.look()
    for thread in threads:
        thread.join()
    sealer.look()
    with transaction(sealer.engine) as session:
        kept = {row[0] for row in rows(session, "select seq from audit")}
    sealed = [seq for seq, _ in leaves(sealer)]
    assert len(sealed) == len(set(sealed))
    assert set(sealed) == kept


def test_a_backlog_is_sealed_in_several_looks(sealer: Sealer, app: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tripoint.access.sealing.sealer.AT_ONCE", 100)
    acts(app, 250)
    assert [sealer.look() for _ in range(3)] == [True, True, False]
    assert len(leaves(sealer)) == 250


def test_nobody_changes_what_is_sealed(database: Servers) -> None:
    with as_owner(database) as owner:
        powerful = rows(owner, "select rolsuper from pg_roles where rolname = current_user")[0][0]
        named = "select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid and attnum = 2"
        columns = dict(map(tuple, rows(owner, named)))
        forms = ("update {0} set {1} = {1}", "delete from {0}", "truncate {0} cascade")
        for statement in (form.format(table, columns[table]) for table in SEALED for form in forms):
            for role in ("tripoint_app", "tripoint_relay", "tripoint_sealer", "none"):
                errand = owner.begin_nested()
                owner.exec_driver_sql(f"set local role {role}")
                if role == "none" and powerful:
                    owner.exec_driver_sql("set local session_replication_role = 'replica'")
                with pytest.raises(DBAPIError, match=r"permission denied|stays as it was written"):
                    owner.exec_driver_sql(statement)
                errand.rollback()


def test_the_sealer_adds_no_row_of_its_own_to_the_trail(sealer: Sealer) -> None:
    with sealer.engine.connect() as session, pytest.raises(DBAPIError, match="row-level security"):
        act(session)


def test_the_head_goes_to_every_party_once_an_hour(sealer: Sealer, app: Engine, own_database: Servers) -> None:
    party = found(own_database)
    now = [datetime.now(UTC).replace(minute=10)]
    acts(app)
    heads = heads_at(now, sealer, 0, 20, 45, 1, 58, 30)  # over two full hours, the second without any act
    assert [one.head.size for one in heads] == [LEAST, 2 * LEAST, 3 * LEAST]
    with as_owner(own_database) as owner:
        kept = rows(owner, "select hour, size from audit_hour order by hour")
        told = rows(owner, "select kind, parties, change from outbox where kind = 'audit_head'")
    assert [row[1] for row in kept] == [LEAST, 2 * LEAST, 3 * LEAST]
    assert [(kind, party.number in parties, change) for kind, parties, change in told] == 3 * [
        ("audit_head", True, "hourly")
    ]


def test_a_published_head_tells_no_more_of_a_busy_hour_than_of_a_quiet_one(sealer: Sealer, app: Engine) -> None:
    now = [datetime.now(UTC).replace(minute=10)]
    first = heads_at(now, sealer, 0)  # before anything was done
    heads_at(now, sealer, 60)
    for _ in range(3):
        acts(app, 250)
        heads_at(now, sealer, 5)
    quiet, busy = heads_at(now, sealer, 50)[1:]
    other = Sealer(sealer.engine, sealer.folder, clock=lambda: now[0])  # one that begins counts on as well
    other.look()
    acts(app, LEAST)
    heads = heads_at(now, other, 61)
    assert [one.head.size for one in heads] == [LEAST, 2 * LEAST, 3 * LEAST, 5 * LEAST]
    assert {one.head.settled for one in heads} == {0}
    chained = {one.head.digest() for one in heads}
    assert not chained & {one.head.previous for one in heads}  # a head between: whether anything happened is not said
    assert (first[0].head.size, quiet.head.size - first[0].head.size, busy.head.size - quiet.head.size) == (LEAST,) * 3
    with transaction(sealer.engine) as session:
        assert store.settled(session) == 750 + LEAST


def test_fillers_are_random_and_none_comes_twice(sealer: Sealer) -> None:
    heads_at([datetime.now(UTC)], sealer, 0, 60)
    with transaction(sealer.engine) as session:
        nonces = [bytes(row[0]) for row in rows(session, NONCES)]
        hashes = [bytes(row[0]) for row in rows(session, "select hash from audit_leaf order by position")]
    assert len(set(nonces)) == len(nonces) == 2 * LEAST
    assert hashes == [filler_hash(nonce) for nonce in nonces]


def test_a_leaf_is_a_rows_or_a_filler(database: Servers) -> None:
    for columns, values in (("seq, filler", "1, sha256('x')"), ("seq", "null"), ("filler", "'short'")):
        with as_owner(database) as owner, pytest.raises(DBAPIError, match="check constraint"):
            owner.exec_driver_sql(
                f"insert into audit_leaf (position, hash, {columns}) values (0, sha256('y'), {values})"
            )


def test_the_log_goes_on_with_a_new_key_that_the_old_one_signed_for(sealer: Sealer, app: Engine) -> None:
    acts(app, 2)
    sealer.look()
    made = sealer.change_key()
    acts(app)
    sealer.look()
    with transaction(sealer.engine) as session:
        first, second = store.keys(session)
        newest = store.newest_head(session)
    assert newest is not None
    statement = key_statement(newest.head.log, 2, second.public_key, LEAST, made.at)
    assert signed_by(first.public_key, second.signature or b"", statement)
    assert newest.key == 2
    assert signed_by(second.public_key, newest.signature, newest.head.statement())
    assert not signed_by(first.public_key, newest.signature, newest.head.statement())


def test_nothing_is_sealed_with_a_strange_or_open_key(sealer: Sealer, app: Engine, tmp_path: Path) -> None:
    acts(app)
    sealer.look()
    file = sealer.folder.file(1)
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    strange = Sealer(sealer.engine, KeyFolder(tmp_path))
    with pytest.raises(SetUp, match="open to other users"):
        strange.look()
    file.unlink()
    with pytest.raises(SetUp, match="cannot be read"):
        Sealer(sealer.engine, KeyFolder(tmp_path)).look()
    KeyFolder(tmp_path).made(1)
    with pytest.raises(SetUp, match="not the key of this trail"):
        Sealer(sealer.engine, KeyFolder(tmp_path)).look()


def test_its_thread_seals_and_ends(sealer: Sealer, app: Engine) -> None:
    sealer.pause = 0.01
    sealer.start()
    acts(app, 5)
    waited = threading.Event()
    for _ in range(1000):
        if len(leaves(sealer)) == 5:
            break
        waited.wait(0.01)
    sealer.stop()
    assert len(leaves(sealer)) == 5


def test_requests_see_the_tree_only_under_a_party(app: Engine, sealer: Sealer, own_database: Servers) -> None:
    acts(app)
    sealer.look()
    party = found(own_database)
    with transaction(app) as session:
        assert rows(session, "select 1 from audit_head") == []
        stand_under(session, party.number)
        assert [row[0] for row in rows(session, "select size from audit_head")] == [LEAST]


def test_the_database_gives_requests_only_what_was_published(
    sealer: Sealer, app: Engine, own_database: Servers
) -> None:
    sealer.look()
    acts(app, 300)
    sealer.look()
    with transaction(sealer.engine) as session:
        assert rows(session, "select max(size) from audit_head") == [(LEAST + 300,)]
    party = found(own_database)
    with transaction(app) as session:
        stand_under(session, party.number)
        ends = {"audit_head": "size", "audit_leaf": "position + 1", "audit_node": "(place + 1) * 256"}
        for table, end in ends.items():
            assert rows(session, f"select max({end}) from {table}") == [(LEAST,)]
