"""The whole sealed trail read from the database in the order a verifier wants it, at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from tripoint.access.model import Act
from tripoint.access.sealing.checking import Filler, Item, Sealed, Waiting
from tripoint.access.sealing.model import SignedHead
from tripoint.access.sealing.reading_store import countersignatures, witnesses
from tripoint.access.sealing.store import HEAD, head_from, ids_as_text, keys, newest_head
from tripoint.base.database import Engine, Session, transaction
from tripoint.engines.merkle.canonical import filled

EVERY = 2**31
AT_ONCE = 2_000  # rows fetched together
LEAVES = """
select l.position as sealed_position, l.seq as sealed_seq, l.hash as sealed_hash, l.filler as sealed_filler, a.*
  from audit_leaf l left join audit a on a.seq = l.seq order by l.position
"""
WITHOUT = "select a.* from audit a where not exists (select from audit_leaf l where l.seq = a.seq) order by a.seq"
FILLERS = "select count(*) from audit_leaf where filler is not null"
SIZE = "select coalesce(max(size), 0) from audit_head"
NOTE = """
insert into audit (request, device, act, reason, object_kind) values (%(request)s, 'command line', %(act)s, %(reason)s, 'audit')
"""
WAITING = """
select count(*) from audit a where a.seq > coalesce((select settled from audit_head where settled > 0 order by size desc limit 1), 0)
   and not exists (select from audit_leaf l where l.seq = a.seq)
"""


@contextmanager
def one_moment(engine: Engine) -> Iterator[Session]:
    """A transaction that sees one moment from its first query to its last and changes nothing."""
    with transaction(engine) as session:
        session.exec_driver_sql("set transaction isolation level repeatable read, read only")
        session.exec_driver_sql("set local enable_hashjoin = off; set local enable_sort = off")  # in order, row by row
        yield session


def note(session: Session, act: Act, request: UUID, reason: str | None) -> None:
    """Write into the trail what the command line did with it."""
    session.exec_driver_sql(NOTE, {"request": request, "act": act.value, "reason": reason})


def size(session: Session) -> int:
    """How many leaves are sealed, fillers too."""
    return int(session.exec_driver_sql(SIZE).scalar_one())


def fillers(session: Session) -> int:
    """How many of the leaves are fillers."""
    return int(session.exec_driver_sql(FILLERS).scalar_one())


def newest(session: Session) -> SignedHead | None:
    """The newest head."""
    return newest_head(session)


def waiting(session: Session) -> int:
    """How many rows are not sealed yet."""
    return int(session.exec_driver_sql(WAITING).scalar_one())


def items(session: Session) -> Iterator[Item]:
    """Everything of the trail: keys, witnesses, countersignatures; leaves with each head after the last it signs; rest."""
    yield from keys(session)
    yield from witnesses(session)
    yield from countersignatures(session, None, EVERY)
    with ids_as_text(session):
        heads = heads_of(session)
        head = next(heads, None)
        for leaf in leaves_of(session):
            while head and head.head.size <= leaf.position:
                yield head
                head = next(heads, None)
            yield leaf
        while head:
            yield head
            head = next(heads, None)
        for row in stream(session, WITHOUT):
            yield Waiting(filled(row))


def heads_of(session: Session) -> Iterator[SignedHead]:
    """Every head, smallest first."""
    options = {"stream_results": True, "yield_per": AT_ONCE}
    found = session.exec_driver_sql(f"{HEAD} order by h.size", execution_options=options)
    return (head_from(row) for row in found.mappings())


def leaves_of(session: Session) -> Iterator[Sealed | Filler]:
    """Every leaf in order: a filler, or with its row where that is still there."""
    for row in stream(session, LEAVES):
        position, seq, leaf = row.pop("sealed_position"), row.pop("sealed_seq"), bytes(row.pop("sealed_hash"))
        nonce = row.pop("sealed_filler")
        if nonce is not None:
            yield Filler(position, bytes(nonce), leaf)
        else:
            yield Sealed(position, seq, leaf, filled(row) or None)


def stream(session: Session, query: str) -> Iterator[dict[str, Any]]:
    """The rows of a query, some thousand in memory at a time."""
    found = session.exec_driver_sql(query, execution_options={"stream_results": True, "yield_per": AT_ONCE})
    names = tuple(found.keys())
    for part in found.partitions():
        for row in part:
            yield dict(zip(names, row, strict=True))
