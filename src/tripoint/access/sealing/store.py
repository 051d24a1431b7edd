"""What the sealer reads and adds: rows not sealed yet, leaves, nodes, heads, keys, and the heads of the hours."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg.types.string import TextLoader
from psycopg.types.uuid import UUIDLoader

from tripoint.access.sealing.model import LogKey, SignedHead
from tripoint.base.database import Row, Session
from tripoint.engines.merkle.heads import TreeHead, log_id
from tripoint.engines.merkle.tree import TILE, Node

ONE_SEALER = 7_261_003  # the advisory lock that the one working sealer holds
# Whoever inserts into the trail holds this lock from before his row's number is drawn until his commit can be seen.
WRITERS = """
select distinct virtualtransaction from pg_locks
 where locktype = 'relation' and relation = 'audit'::regclass and granted
   and database = (select oid from pg_database where datname = current_database())
   and mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""
LAST = "select case when is_called then last_value else 0 end from audit_seq_seq"
FRESH = "select * from audit where seq > %(high)s order by seq limit %(most)s"
LATE = "select * from audit where seq = any(%(gaps)s) order by seq"
ADD_LEAVES = """
insert into audit_leaf (position, seq, hash)
select %(first)s + place - 1, seq, hash from unnest(%(seq)s::bigint[], %(hash)s::bytea[]) with ordinality as t(seq, hash, place)
"""
ADD_NODES = """
insert into audit_node (level, place, hash)
select * from unnest(%(level)s::smallint[], %(place)s::bigint[], %(hash)s::bytea[])
"""
ADD_HEAD = """
insert into audit_head (size, root, at, settled, previous, key, signature)
values (%(size)s, %(root)s, %(at)s, %(settled)s, %(previous)s, %(key)s, %(signature)s)
"""
HEAD = """
select h.size, h.root, h.at, h.settled, h.previous, h.key, h.signature,
       (select public_key from audit_key where number = 1) as first_key from audit_head h
"""
ADD_KEY = """
insert into audit_key (number, public_key, from_size, at, signature)
values (%(number)s, %(public_key)s, %(from_size)s, %(at)s, %(signature)s)
"""
KEYS = "select number, public_key, from_size, at, signature from audit_key order by number"
# Where a sealer that begins finds itself: the highest number sealed, and those beneath that are not.
HIGHEST = """
select coalesce((select max(seq) from audit_leaf), (select greatest(0, min(seq) - 100000) from audit), 0)
"""
GAPS = """
select n from generate_series(%(settled)s::bigint + 1, %(high)s::bigint) as n
 where not exists (select from audit_leaf l where l.seq = n)
"""
LEAF_TILE = "select hash from audit_leaf where position >= %(first)s and position < %(end)s order by position"
NODE_TILE = """
select hash from audit_node where level = %(level)s and place >= %(first)s and place < %(end)s order by place
"""
ADD_FILLERS = """
insert into audit_leaf (position, filler, hash)
select %(first)s + place - 1, nonce, hash from unnest(%(nonce)s::bytea[], %(hash)s::bytea[]) with ordinality as t(nonce, hash, place)
"""
# Published heads say 0: the number would count the rows of all parties.
SETTLED = "select settled from audit_head where settled > 0 order by size desc limit 1"
LAST_HOUR = "select hour, size from audit_hour order by hour desc limit 1"
ADD_HOUR = """
insert into audit_hour (hour, id, size) values (%(hour)s, %(id)s, %(size)s) on conflict (hour) do nothing
"""
ACTIVE = "select number from party where active order by number"


@contextmanager
def ids_as_text(session: Session) -> Generator[None]:
    """Within the block ids are read as the text they are hashed as: twice as many rows a second."""
    connection = cast("psycopg.Connection[Any]", session.connection.driver_connection)
    connection.adapters.register_loader("uuid", TextLoader)
    try:
        yield
    finally:
        connection.adapters.register_loader("uuid", UUIDLoader)


def alone(session: Session) -> bool:
    """Whether no other sealer works until this transaction ends."""
    lock = session.exec_driver_sql("select pg_try_advisory_xact_lock(%(key)s)", {"key": ONE_SEALER})
    return bool(lock.scalar_one())


def wait_alone(session: Session) -> None:
    """Wait until no other sealer works, and keep them out until this transaction ends."""
    session.exec_driver_sql("select pg_advisory_xact_lock(%(key)s)", {"key": ONE_SEALER})


def last_number(session: Session) -> int:
    """The last number drawn for a row of the trail, whether its row can be seen or not."""
    return int(session.exec_driver_sql(LAST).scalar_one())


def writers(session: Session) -> frozenset[str]:
    """The transactions that may be about to add rows to the trail."""
    return frozenset(session.exec_driver_sql(WRITERS).scalars())


def unsealed(session: Session, high: int, gaps: Iterable[int], most: int) -> tuple[list[Row], bool]:
    """Rows not sealed yet: those that came late, and at most `most` above `high`; and whether those were all."""
    wanted = sorted(gaps)
    late = session.exec_driver_sql(LATE, {"gaps": wanted}).mappings().all() if wanted else []
    fresh = session.exec_driver_sql(FRESH, {"high": high, "most": most}).mappings().all()
    return [*late, *fresh], len(fresh) < most


def add_leaves(session: Session, first: int, leaves: Sequence[tuple[int, bytes]]) -> None:
    """Add leaves (the row's number, its hash) from position `first` on."""
    seqs, hashes = zip(*leaves, strict=True)
    session.exec_driver_sql(ADD_LEAVES, {"first": first, "seq": list(seqs), "hash": list(hashes)})


def add_fillers(session: Session, first: int, fillers: Sequence[tuple[bytes, bytes]]) -> None:
    """Add fillers (nonce, hash) from position `first` on."""
    nonces, hashes = zip(*fillers, strict=True)
    session.exec_driver_sql(ADD_FILLERS, {"first": first, "nonce": list(nonces), "hash": list(hashes)})


def add_nodes(session: Session, nodes: Sequence[Node]) -> None:
    """Add whole subtrees."""
    if nodes:
        columns = {
            "level": [node.level for node in nodes], "place": [node.index for node in nodes],
            "hash": [node.hash for node in nodes],
        }  # fmt: skip
        session.exec_driver_sql(ADD_NODES, columns)


def add_head(session: Session, signed: SignedHead) -> None:
    """Add the newest head."""
    head = signed.head
    session.exec_driver_sql(ADD_HEAD, {
        "size": head.size, "root": head.root, "at": head.at, "settled": head.settled, "previous": head.previous,
        "key": signed.key, "signature": signed.signature,
    })  # fmt: skip


def newest_head(session: Session) -> SignedHead | None:
    """The newest head, None before the first."""
    row = session.exec_driver_sql(f"{HEAD} order by h.size desc limit 1").mappings().first()
    return head_from(row) if row else None


def head_from(row: Row) -> SignedHead:
    """A row of heads."""
    previous = bytes(row["previous"]) if row["previous"] else None
    head = TreeHead(
        log_id(bytes(row["first_key"])), row["size"], bytes(row["root"]), row["at"], row["settled"], previous
    )
    return SignedHead(head, row["key"], bytes(row["signature"]))


def keys(session: Session) -> list[LogKey]:
    """The log's keys in order."""
    return [
        LogKey(number, bytes(public_key), from_size, at, bytes(signature) if signature else None)
        for number, public_key, from_size, at, signature in session.exec_driver_sql(KEYS)
    ]


def add_key(session: Session, key: LogKey) -> None:
    """Add the next key."""
    session.exec_driver_sql(ADD_KEY, {
        "number": key.number, "public_key": key.public_key, "from_size": key.from_size, "at": key.at,
        "signature": key.signature,
    })  # fmt: skip


def settled(session: Session) -> int:
    """The number at which and below which no row will come any more, as the newest head says that says any."""
    return int(session.exec_driver_sql(SETTLED).scalar() or 0)


def standing(session: Session, settled: int) -> tuple[int, frozenset[int]]:
    """The highest number sealed, and those between `settled` and it that are not."""
    high = int(session.exec_driver_sql(HIGHEST).scalar_one())
    return high, frozenset(session.exec_driver_sql(GAPS, {"settled": settled, "high": high}).scalars())


def tile(session: Session, level: int, number: int) -> list[bytes]:
    """The kept hashes of a level, 256 at most, numbered from 256 * `number` on."""
    values: dict[str, Any] = {"level": level, "first": number * TILE, "end": (number + 1) * TILE}
    found = session.exec_driver_sql(NODE_TILE if level else LEAF_TILE, values)
    return [bytes(hash) for hash in found.scalars()]


def last_hour(session: Session) -> tuple[datetime | None, int]:
    """The hour whose head was published last, and its size; None and 0 before the first."""
    row = session.exec_driver_sql(LAST_HOUR).first()
    return (row[0], row[1]) if row else (None, 0)


def add_hour(session: Session, hour: datetime, which: UUID, size: int) -> bool:
    """Keep the head of an hour; False when that hour has one."""
    row = {"hour": hour, "id": which, "size": size}
    return session.exec_driver_sql(ADD_HOUR, row).rowcount == 1


def active_parties(session: Session) -> tuple[int, ...]:
    """The numbers of the parties that take part."""
    return tuple(session.exec_driver_sql(ACTIVE).scalars())
