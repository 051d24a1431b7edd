"""The tables of sealed fields: wrapped data keys, boxes, blind forms; each party's own alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.records.sealed.model import Box, DataKeyRow, Mark

KEYS_OF = "select record, slot, owner_key, wrapped from data_key where record = any(%(records)s::uuid[])"
ADD_KEYS = """
insert into data_key (record, owner, slot, owner_key, wrapped)
select record, %(owner)s, slot, owner_key, wrapped
  from unnest(%(record)s::uuid[], %(slot)s::bigint[], %(owner_key)s::integer[], %(wrapped)s::bytea[]) as made (record, slot, owner_key, wrapped)
"""
ADD_BOXES = """
insert into sealed_field (record, version, field, owner, nonce, ciphertext)
select record, version, field, %(owner)s, nonce, ciphertext
  from unnest(%(record)s::uuid[], %(version)s::integer[], %(field)s::text[], %(nonce)s::bytea[], %(ciphertext)s::bytea[])
       as made (record, version, field, nonce, ciphertext)
"""
ADD_MARKS = """
insert into sealed_mark (record, owner, kind, index_key, mark)
select record, %(owner)s, kind, index_key, mark
  from unnest(%(record)s::uuid[], %(kind)s::text[], %(index_key)s::integer[], %(mark)s::bytea[]) as made (record, kind, index_key, mark)
on conflict do nothing
"""
DROP_MARKS = "delete from sealed_mark where record = any(%(records)s::uuid[])"
BOXES = """
select record, version, field, nonce, ciphertext from sealed_field
 where record = %(record)s and version = %(version)s and (%(field)s::text is null or field = %(field)s)
"""
PERSON = "select version, owner, content from person where id = %(id)s"
CLEAR_STATES = """
select version, content from record_history
 where kind = 'person' and record = %(record)s and not content ? 'sealed' order by version
"""
SEAL_STATE = "select seal_state(%(record)s, %(version)s, %(content)s::jsonb)"
SEAL_FINDINGS = "select seal_findings(%(records)s::uuid[])"
FOUND = """
select p.id, p.status, array_agg(distinct m.kind order by m.kind), p.changed_at from sealed_mark m join person p on p.id = m.record
 where m.owner = me() and m.mark = any(%(marks)s::bytea[]) and p.ended_at is null group by p.id order by p.id limit 50
"""
OLD_KEYS = """
select record, slot, owner_key, wrapped from data_key
 where owner = me() and owner_key <> %(key)s and record > %(after)s order by record limit %(most)s
"""
WRAP_ANEW = """
update data_key d set owner_key = %(key)s, wrapped = made.wrapped
  from unnest(%(record)s::uuid[], %(wrapped)s::bytea[]) as made (record, wrapped) where d.record = made.record
"""
KEYS_BY_NUMBER = "select owner_key, count(*) from data_key where owner = me() group by owner_key order by owner_key"
MARKS_BY_NUMBER = "select index_key, count(distinct record) from sealed_mark where owner = me() group by index_key order by index_key"
OLD_MARKS = """
select distinct m.record from sealed_mark m where m.owner = me() and m.record > %(after)s
   and not exists (select from sealed_mark n where n.record = m.record and n.index_key = %(key)s) order by m.record limit %(most)s
"""
DROP_OLD_MARKS = "delete from sealed_mark where owner = me() and index_key <> %(key)s"
ALL_KEYS = "select record, slot, owner_key, wrapped from data_key where owner = me() and record > %(after)s order by record limit %(most)s"
UNSEALED = """
select id, version, content from person
 where owner = me() and not content ?| array['sealed', 'erased'] and status = any(%(statuses)s) and id > %(after)s order by id limit %(most)s
"""
MASK_PERSON = "update person set content = %(content)s::jsonb, digest = %(digest)s where id = %(id)s"
CHORE_DONE = "select exists (select from chore_done where chore = %(chore)s)"
NOTE_CHORE = "insert into chore_done (chore, day) values (%(chore)s, %(day)s) on conflict (chore) do nothing"
DROP_PARTS = ("delete from person_document where person = %(id)s", "delete from notice where person = %(id)s")
# A merge of a list keeps what it is about to write in a temporary table (records/loading/merging).
WAITING = """
select d.id, coalesce(p.version, 0) + 1, d.content from difference d left join person p on p.id = d.id
 where d.act <> 'end' and d.status = any(%(statuses)s) order by d.id
"""
REPLACE_WAITING = """
update difference d set content = made.content::jsonb from unnest(%(record)s::uuid[], %(content)s::text[]) as made (record, content)
 where d.id = made.record
"""
DROP_MARKS_OF_UNSEALED = """
delete from sealed_mark m using difference d where d.id = m.record and d.act = 'change' and not d.content ? 'sealed'
"""


def keys_of(session: Session, records: Iterable[UUID]) -> dict[UUID, DataKeyRow]:
    """The wrapped data keys of those of the party's records that have one."""
    rows = session.exec_driver_sql(KEYS_OF, {"records": list(records)}).all()
    return {row[0]: key_row(row) for row in rows}


def key_row(row: Sequence[Any]) -> DataKeyRow:
    """A wrapped data key from its row."""
    return DataKeyRow(row[0], row[1], row[2], bytes(row[3]))


def columns(rows: Iterable[Any], *names: str) -> dict[str, list[Any]]:
    """The attributes of rows, each as one list."""
    every = list(rows)
    return {name: [getattr(row, name) for row in every] for name in names}


def add_keys(session: Session, owner: int, rows: Sequence[DataKeyRow]) -> None:
    """Keep new wrapped data keys."""
    session.exec_driver_sql(ADD_KEYS, {"owner": owner, **columns(rows, "record", "slot", "owner_key", "wrapped")})


def add_boxes(session: Session, owner: int, rows: Sequence[Box]) -> None:
    """Keep sealed fields."""
    values = columns(rows, "record", "version", "field", "nonce", "ciphertext")
    session.exec_driver_sql(ADD_BOXES, {"owner": owner, **values})


def put_marks(session: Session, owner: int, records: Iterable[UUID], rows: Sequence[Mark]) -> None:
    """Let records be looked up by these blind forms, and by no earlier ones."""
    session.exec_driver_sql(DROP_MARKS, {"records": list(records)})
    add_marks(session, owner, rows)


def add_marks(session: Session, owner: int, rows: Sequence[Mark]) -> None:
    """Let records be looked up by these blind forms too."""
    session.exec_driver_sql(ADD_MARKS, {"owner": owner, **columns(rows, "record", "kind", "index_key", "mark")})


def drop_marks(session: Session, records: Iterable[UUID]) -> None:
    """Let records be looked up no more."""
    session.exec_driver_sql(DROP_MARKS, {"records": list(records)})


def boxes(session: Session, record: UUID, version: int, field: str | None = None) -> list[Box]:
    """The fields of a record that were sealed at a version, or the one named."""
    rows = session.exec_driver_sql(BOXES, {"record": record, "version": version, "field": field}).all()
    return [Box(found, at, name, bytes(nonce), bytes(text)) for found, at, name, nonce, text in rows]


def person(session: Session, which: UUID) -> tuple[int, int, dict[str, Any]] | None:
    """Version, owner and content of a person that the reader may see."""
    row = session.exec_driver_sql(PERSON, {"id": which}).first()
    return None if row is None else (row[0], row[1], row[2])


def clear_states(session: Session, record: UUID) -> list[tuple[int, dict[str, Any]]]:
    """Earlier states of a person that are not sealed."""
    return [(row[0], row[1]) for row in session.exec_driver_sql(CLEAR_STATES, {"record": record}).all()]


def seal_state(session: Session, record: UUID, version: int, content: dict[str, Any]) -> None:
    """Put masked content in the place of an earlier state's."""
    values = {"record": record, "version": version, "content": json.dumps(content, ensure_ascii=False)}
    session.exec_driver_sql(SEAL_STATE, values)


def seal_findings(session: Session, records: Iterable[UUID]) -> None:
    """Take out of hits what they hold of these records' persons."""
    session.exec_driver_sql(SEAL_FINDINGS, {"records": list(records)})


def found(session: Session, marks: Sequence[bytes]) -> list[tuple[UUID, str, tuple[str, ...], datetime]]:
    """The own party's live records with one of these blind forms."""
    rows = session.exec_driver_sql(FOUND, {"marks": list(marks)}).all()
    return [(row[0], row[1], tuple(row[2]), row[3]) for row in rows]


def old_keys(session: Session, key: int, after: UUID, most: int) -> list[DataKeyRow]:
    """Data keys of the party that are wrapped by another of its keys than this one, by record."""
    rows = session.exec_driver_sql(OLD_KEYS, {"key": key, "after": after, "most": most}).all()
    return [key_row(row) for row in rows]


def all_keys(session: Session, after: UUID, most: int) -> list[DataKeyRow]:
    """The party's data keys, by record."""
    return [key_row(row) for row in session.exec_driver_sql(ALL_KEYS, {"after": after, "most": most}).all()]


def wrap_anew(session: Session, key: int, rows: Sequence[DataKeyRow]) -> None:
    """Keep data keys as they are wrapped by another key."""
    session.exec_driver_sql(WRAP_ANEW, {"key": key, **columns(rows, "record", "wrapped")})


def keys_by_number(session: Session) -> dict[int, int]:
    """How many data keys each of the party's keys wraps."""
    return {row[0]: row[1] for row in session.exec_driver_sql(KEYS_BY_NUMBER).all()}


def marks_by_number(session: Session) -> dict[int, int]:
    """How many of the party's records can be looked up under each index key."""
    return {row[0]: row[1] for row in session.exec_driver_sql(MARKS_BY_NUMBER).all()}


def old_marks(session: Session, key: int, after: UUID, most: int) -> list[UUID]:
    """Records of the party that cannot be looked up under this index key yet."""
    rows = session.exec_driver_sql(OLD_MARKS, {"key": key, "after": after, "most": most}).all()
    return [row[0] for row in rows]


def drop_old_marks(session: Session, key: int) -> None:
    """Forget the blind forms under every index key but this one."""
    session.exec_driver_sql(DROP_OLD_MARKS, {"key": key})


def unsealed(session: Session, statuses: Iterable[str], after: UUID, most: int) -> list[tuple[UUID, int, dict[str, Any]]]:
    """The party's persons of these statuses that are held in clear, by id."""
    values = {"statuses": list(statuses), "after": after, "most": most}
    return [(row[0], row[1], row[2]) for row in session.exec_driver_sql(UNSEALED, values).all()]


def mask_person(session: Session, which: UUID, content: dict[str, Any], digest: bytes) -> None:
    """Put masked content in the place of a person's, whose documents are met by number no more."""
    values = {"id": which, "content": json.dumps(content, ensure_ascii=False), "digest": digest}
    session.exec_driver_sql(MASK_PERSON, values)
    for statement in DROP_PARTS:
        session.exec_driver_sql(statement, {"id": which})


def about_to_be_written(session: Session, statuses: Iterable[str]) -> list[tuple[UUID, int, dict[str, Any]]]:
    """Persons of these statuses that a merge will write: record, version, content."""
    rows = session.exec_driver_sql(WAITING, {"statuses": list(statuses)}).all()
    return [(row[0], row[1], row[2]) for row in rows]


def replace_waiting(session: Session, records: Sequence[UUID], contents: Sequence[dict[str, Any]]) -> None:
    """Put masked contents in the place of those that wait."""
    texts = [json.dumps(content, ensure_ascii=False) for content in contents]
    session.exec_driver_sql(REPLACE_WAITING, {"record": list(records), "content": texts})


def drop_marks_of_unsealed(session: Session) -> None:
    """Let records that a merge writes in clear be looked up by blind forms no more."""
    session.exec_driver_sql(DROP_MARKS_OF_UNSEALED)


def chore_done(session: Session, chore: str) -> bool:
    """Whether a work that is done once was done. For the tables' owner only."""
    return bool(session.exec_driver_sql(CHORE_DONE, {"chore": chore}).scalar_one())


def note_chore(session: Session, chore: str, day: date) -> None:
    """Write down that a work was done. For the tables' owner only."""
    session.exec_driver_sql(NOTE_CHORE, {"chore": chore, "day": day})
