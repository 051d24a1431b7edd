"""What the follower reads: who it is that changed, since a snapshot of transactions; and on which terms they are held.

A row is new where the transaction that last wrote it (`moved`) was not to be seen in the snapshot kept and is now. That
is exact in whichever order transactions end: one that is still open stands in the kept snapshot and is asked for by its
number. All the functions here read one and the same moment: the transaction is `repeatable read`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg.errors import InsufficientPrivilege
from sqlalchemy.exc import ProgrammingError

from tripoint.base.database import Engine, Session, transaction
from tripoint.base.errors import SetUp
from tripoint.records.indexing.model import Change, Snapshot

REMEDY = "Give it a login of its own: grant tripoint_index to it, and name the address in TRIPOINT_INDEX_DATABASE."
# Which database and which table: after a restore numbers of transactions mean something else.
PLACE = """
select (select system_identifier from pg_control_system()) || '/' || (select oid from pg_database where datname = current_database())
       || '/' || (select timeline_id from pg_control_checkpoint()) || '/' || 'person'::regclass::oid::bigint
"""
# Out of the index: who has ended, and whoever is sealed; the sealed are met by blind forms alone (records/sealed).
TOLD_APART = """
with news as (
  select moved, id, terms from person where moved >= %(end)s::text::xid8
  union all select moved, id, terms from person where moved = any(%(open)s::text[]::xid8[]))
select moved::text, count(*), case when count(*) > %(many)s then array_agg(distinct terms) end from news group by moved
"""
CHANGES = """
select id, terms, (ended_at is not null or content ? 'sealed'), case when not (ended_at is not null or content ? 'sealed') and (%(whole)s or not pg_visible_in_snapshot(described, %(kept)s::text::pg_snapshot)) then content end
  from person where moved = any(%(transactions)s::text[]::xid8[])
"""
OF_ONE = """
select id, terms, (ended_at is not null or content ? 'sealed'), case when not (ended_at is not null or content ? 'sealed') then content end
  from person where moved = %(number)s::text::xid8 and id > %(after)s order by id limit %(most)s
"""
OF_BASE = """
select id, terms, false, content from person
 where id > %(after)s and not (ended_at is not null or content ? 'sealed') and pg_visible_in_snapshot(moved, %(snapshot)s::text::pg_snapshot) order by id limit %(most)s
"""
TERMS_MOVED = """
select exists (select from terms where moved >= %(end)s::text::xid8) or exists (select from terms where moved = any(%(open)s::text[]::xid8[]))
"""
TERMS = """
select id, owner, valid_from = '-infinity', valid_until = 'infinity', extract(epoch from case when isfinite(valid_from) then valid_from end)::float8,
       extract(epoch from case when isfinite(valid_until) then valid_until end)::float8, meets_blind::text, meets_pointer::text, meets_full::text
  from terms order by id
"""
LIVE = "select count(*) from person where not (ended_at is not null or content ? 'sealed')"
SAMPLE = """
select id, 0, false, content from person tablesample bernoulli (%(percent)s)
 where not (ended_at is not null or content ? 'sealed') limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class News:
    """A transaction that became visible: how many persons it wrote, and under which terms if they are many."""

    number: int
    persons: int
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TermsRow:
    """Whose checks may meet what is held on these terms: masks of 256 parties as '0' and '1', moments in seconds."""

    id: int
    owner: int
    begins: float
    ends: float
    blind: str
    pointer: str
    full: str


@contextmanager
def one_moment(engine: Engine) -> Iterator[Session]:
    """A transaction that sees one moment from its first query to its last. Raises SetUp where that is not allowed."""
    try:
        with transaction(engine) as session:
            session.exec_driver_sql("set transaction isolation level repeatable read, read only")
            yield session
    except ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        raise SetUp(
            "The index may not follow the database: its login is no member of tripoint_index.", remedy=REMEDY
        ) from error


def place(session: Session) -> str:
    """Which database this is."""
    return str(session.exec_driver_sql(PLACE).scalar_one())


def snapshot(session: Session) -> Snapshot:
    """Which transactions this moment shows."""
    return Snapshot.read(str(session.exec_driver_sql("select pg_current_snapshot()::text").scalar_one()))


def news(session: Session, kept: Snapshot, *, but: Iterable[int], many: int) -> list[News]:
    """Transactions to be seen now and not in `kept`, those in `but` left out, which wrote persons."""
    numbers = [str(one) for one in kept.open if one not in set(but)]
    rows = session.exec_driver_sql(TOLD_APART, {"end": str(kept.end), "open": numbers, "many": many})
    return [News(int(number), persons, tuple(terms or ())) for number, persons, terms in rows]


def changes(session: Session, transactions: Iterable[int], kept: Snapshot, *, whole: bool) -> Iterator[Change]:
    """The persons these transactions wrote; described where `kept` does not show their description, or all if `whole`."""
    numbers = [str(one) for one in transactions]
    rows = session.exec_driver_sql(CHANGES, {"transactions": numbers, "kept": str(kept), "whole": whole})
    yield from (Change(*row) for row in rows)


def changes_of(session: Session, number: int, after: str, most: int) -> list[Change]:
    """The next `most` persons that one transaction wrote, by id."""
    rows = session.exec_driver_sql(OF_ONE, {"number": str(number), "after": after, "most": most})
    return [Change(*row) for row in rows]


def base(session: Session, shown_by: str, after: str, most: int) -> list[Change]:
    """The next `most` persons by id that did not move since the snapshot."""
    rows = session.exec_driver_sql(OF_BASE, {"snapshot": shown_by, "after": after, "most": most})
    return [Change(*row) for row in rows]


def terms_moved(session: Session, kept: Snapshot) -> bool:
    """Whether any terms were written since."""
    values = {"end": str(kept.end), "open": [str(one) for one in kept.open]}
    return bool(session.exec_driver_sql(TERMS_MOVED, values).scalar_one())


def all_terms(session: Session) -> list[TermsRow]:
    """All terms, by id."""
    return [
        TermsRow(number, owner, *bounds(always, for_ever, begins, ends), *masks)
        for number, owner, always, for_ever, begins, ends, *masks in session.exec_driver_sql(TERMS)
    ]


def bounds(always: bool, for_ever: bool, begins: float | None, ends: float | None) -> tuple[float, float]:
    """From when until when, in seconds; what is infinite the other way round holds never."""
    first = float("-inf") if always else float("inf") if begins is None else begins
    return first, float("inf") if for_ever else float("-inf") if ends is None else ends


def live_persons(session: Session) -> int:
    """How many persons are held."""
    return int(session.exec_driver_sql(LIVE).scalar_one())


def some_persons(session: Session, most: int) -> list[Change]:
    """Some persons from everywhere in the table, at most `most`."""
    percent = min(100.0, 150.0 * most / max(1, live_persons(session)))
    return [Change(*row) for row in session.exec_driver_sql(SAMPLE, {"percent": percent, "most": most})]
