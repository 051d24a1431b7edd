"""The tables of records: written by their owner, read by whom row-level security lets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.errors import SerializationFailure
from sqlalchemy.exc import OperationalError

from tripoint.base.database import Session
from tripoint.records.codec import content_to_json, digest_of, notice_to_json, text_of
from tripoint.records.codec_terms import grading_to_json, spec_of, terms_digest
from tripoint.records.model import Content, MaskedPerson, Person, RecordKind, RecordSet, Revision, Terms
from tripoint.words.documents import normalise_number

# The columns in which marks stand, by kind; they are named as the content's own fields.
MARKS = {
    RecordKind.DOCUMENT: ("number", "issuer", "type", "status", "reported", "circumstances"),
    RecordKind.VEHICLE: ("status", "vin", "plate", "country", "make", "model", "colour", "reported"),
    RecordKind.FIREARM: (
        "status", "serial", "make", "model", "calibre", "country", "reported", "type", "made_in", "importer",
        "import_country", "import_year", "illicit", "other_marks", "event_date", "event_place", "case_reference",
        "recheck",
    ),
    RecordKind.PERSON: ("source_key", "status", "content", "digest"),
}  # fmt: skip
HEADER = ("id", "owner", "set_number", "terms", "version", "changed_at", "changed_by", "retain_until", "ended_at")
# The table of documents is cut by this column, which a table cannot make by itself.
MADE = {RecordKind.DOCUMENT: {"number_key": "mark_key(%(number)s)"}}
WRITTEN = ("id", "owner", "set_number", "terms", "changed_at", "changed_by", "retain_until")


def insert_of(kind: RecordKind) -> str:
    """The statement that keeps a new record; built from the fixed names above, values go as parameters."""
    values = {name: f"%({name})s" for name in (*WRITTEN, *MARKS[kind])} | MADE.get(kind, {})
    return f"insert into {kind.value} ({', '.join(values)}) values ({', '.join(values.values())})"  # noqa: S608


def revise_of(kind: RecordKind) -> str:
    """The statement that writes a record's next version, if it still is at the expected one."""
    columns = ("terms", "changed_at", "changed_by", "retain_until", *MARKS[kind])
    values = {name: f"%({name})s" for name in columns} | MADE.get(kind, {})
    changes = ", ".join(f"{name} = {value}" for name, value in values.items())
    return (
        f"update {kind.value} set version = version + 1, {changes}"  # noqa: S608
        " where id = %(id)s and version = %(expected)s and ended_at is null"
    )


def select_of(kind: RecordKind) -> str:
    """The statement that finds one record, with the set's id and its terms as far as the reader may know them."""
    columns = ", ".join(f"r.{name}" for name in (*HEADER, *MARKS[kind]) if name != "digest")
    return (
        f"select {columns}, s.id as set_id, p.code as owner_code, t.spec, g.* from {kind.value} r"  # noqa: S608
        " join party p on p.number = r.owner left join record_set s on s.number = r.set_number"
        " left join terms t on t.id = r.terms cross join lateral grading_of(r.terms) g where r.id = %(id)s"
    )


def end_of(kind: RecordKind) -> str:
    """The statement that ends a record, if it still is at the expected version."""
    return (
        f"update {kind.value} set version = version + 1, changed_at = %(at)s, changed_by = %(by)s,"  # noqa: S608
        " ended_at = %(at)s where id = %(id)s and version = %(expected)s and ended_at is null"
    )


INSERT = {kind: insert_of(kind) for kind in RecordKind}
REVISE = {kind: revise_of(kind) for kind in RecordKind}
SELECT = {kind: select_of(kind) for kind in RecordKind}
END = {kind: end_of(kind) for kind in RecordKind}
ADD_TERMS = """
insert into terms (owner, digest, spec, operation, readers, meets_blind, meets_pointer, meets_full, handling,
                   source_grade, information_grade, confidence, purpose)
select %(owner)s, %(digest)s, %(spec)s::jsonb, %(operation)s, nobody, nobody, nobody, nobody, %(handling)s,
       %(source_grade)s, %(information_grade)s, %(confidence)s, %(purpose)s
  from (select repeat('0', 256)::bit(256) as nobody) as masks
on conflict (owner, digest) do nothing
"""
TERMS = "select id from terms where owner = %(owner)s and digest = %(digest)s"
ADD_SET = """
insert into record_set (id, owner, name, kind, terms) values (%(id)s, %(owner)s, %(name)s, %(kind)s, %(terms)s)
on conflict (owner, name) do nothing
"""
SET_NAMED = "select number, kind, id from record_set where owner = %(owner)s and name = %(name)s"
# Who may know of a set is told how fresh it is: a record shared otherwise than the set must not move that.
COUNT_IN_SET = """
update record_set set records = greatest(0, records + %(change)s),
                      as_of = case when as_of is null or terms = %(terms)s then %(at)s else as_of end
 where number = %(number)s
"""
SETS = """
select s.id, s.name, s.kind, p.code, s.as_of, case when s.owner = %(reader)s then s.records end
  from record_set s join party p on p.number = s.owner order by p.code, s.kind, s.name
"""
SAME_KEY = """
select id from person where set_number = %(set_number)s and source_key = %(source_key)s and ended_at is null limit 1
"""
ADD_NOTICE = """
insert into notice (id, person, owner, terms, colour, reference, issuer, charges, action, issued, remarks)
values (%(id)s, %(person)s, %(owner)s, %(terms)s, %(colour)s, %(reference)s, %(issuer)s, %(charges)s::jsonb,
        %(action)s, %(issued)s, %(remarks)s)
"""
ADD_PERSON_DOCUMENT = """
insert into person_document (person, owner, terms, number, issuer, type)
values (%(person)s, %(owner)s, %(terms)s, %(number)s, %(issuer)s, %(type)s)
"""
ADD_HISTORY = """
insert into record_history (kind, record, version, owner, act, content, changed_at, changed_by)
values (%(kind)s, %(record)s, %(version)s, %(owner)s, %(act)s, %(content)s::jsonb, %(changed_at)s, %(changed_by)s)
"""
HISTORY = """
select version, changed_at, changed_by, act, content from record_history
 where kind = %(kind)s and record = %(record)s order by version desc
"""


@dataclass(frozen=True, slots=True)
class Writing:
    """One record as it is to stand in its table."""

    id: UUID
    owner: int
    set_number: int
    terms: int
    content: Content
    changed_at: datetime
    changed_by: UUID | None
    retain_until: date
    digest: bytes | None = None  # of a sealed person: keyed, because a plain one could be guessed at


def terms_for(session: Session, owner: int, terms: Terms, operation: UUID | None) -> int:
    """The row of these terms, made where the owner has none equal; the database compiles its masks.

    Looked for first: what is tried in vain uses up a number too, and the index has a place for each.
    """
    row = {
        "owner": owner, "digest": terms_digest(terms), "spec": json.dumps(spec_of(terms)), "operation": operation,
        **grading_to_json(terms.grading, terms.purpose),
    }  # fmt: skip
    known = {"owner": owner, "digest": row["digest"]}
    number = session.exec_driver_sql(TERMS, known).scalar()
    if number is None:
        session.exec_driver_sql(ADD_TERMS, row)
        number = session.exec_driver_sql(TERMS, known).scalar_one()
    return int(number)


def set_for(session: Session, owner: int, name: str, kind: RecordKind, terms: int, new_id: UUID) -> tuple[int, str]:
    """The number and kind of the owner's set of this name, made with these terms where there is none."""
    row = {"id": new_id, "owner": owner, "name": name, "kind": kind.value, "terms": terms}
    session.exec_driver_sql(ADD_SET, row)
    number, found_kind, _ = session.exec_driver_sql(SET_NAMED, {"owner": owner, "name": name}).one()
    return int(number), str(found_kind)


def count_in_set(session: Session, number: int, change: int, terms: int, at: datetime) -> None:
    """Let a set say that it has more or fewer records; and how fresh it is, where they are shared on its own terms."""
    session.exec_driver_sql(COUNT_IN_SET, {"number": number, "change": change, "terms": terms, "at": at})


def sets(session: Session, reader: int) -> list[RecordSet]:
    """The sets the reader's party may know of; how many records one holds is told to its owner only."""
    rows = session.exec_driver_sql(SETS, {"reader": reader}).all()
    return [
        RecordSet(id, name, RecordKind(kind), owner, as_of, records) for id, name, kind, owner, as_of, records in rows
    ]


def marks_of(content: Content) -> dict[str, Any]:
    """The columns of a record's content."""
    values = content_to_json(content)
    if isinstance(content, Person | MaskedPerson):
        return {
            "source_key": content.source_key, "status": content.status.value, "digest": digest_of(values),
            "content": json.dumps(values, ensure_ascii=False),
        }  # fmt: skip
    kind = next(kind for kind, marks in MARKS.items() if set(values) <= set(marks))
    return {name: values.get(name) for name in MARKS[kind]}


def row_of(record: Writing) -> dict[str, Any]:
    """All columns of a record."""
    row = {name: getattr(record, name) for name in WRITTEN} | marks_of(record.content)
    return row | ({"digest": record.digest} if record.digest is not None else {})


def add(session: Session, kind: RecordKind, record: Writing) -> None:
    """Keep a new record."""
    session.exec_driver_sql(INSERT[kind], row_of(record))
    if isinstance(record.content, Person | MaskedPerson):
        add_parts(session, record, record.content)


def revise(session: Session, kind: RecordKind, record: Writing, expected: int) -> bool:
    """Write a record's next version; False when it is not at the expected one any more."""
    row = row_of(record) | {"expected": expected}
    if not written(session, REVISE[kind], row):
        return False
    if isinstance(record.content, Person | MaskedPerson):
        remove_parts(session, record.id, ("notice", "person_document"))
        add_parts(session, record, record.content)
    return True


def end(session: Session, kind: RecordKind, which: UUID, expected: int, at: datetime, by: UUID) -> bool:
    """End a record, so that no check meets it; False when it is not at the expected version any more."""
    row = {"id": which, "expected": expected, "at": at, "by": by}
    if not written(session, END[kind], row):
        return False
    if kind is RecordKind.PERSON:
        remove_parts(session, which, ("person_document",))
    return True


def written(session: Session, statement: str, row: Mapping[str, Any]) -> bool:
    """Whether the statement changed its one row.

    False also where that row goes to another part of its table at this moment, because somebody corrects its number:
    the transaction is then over, and only its end remains.
    """
    try:
        return session.exec_driver_sql(statement, dict(row)).rowcount == 1
    except OperationalError as error:
        if isinstance(error.orig, SerializationFailure):
            return False
        raise


def remove_parts(session: Session, person: UUID, tables: Iterable[str]) -> None:
    """Take away what hangs on a person."""
    for table in tables:
        session.exec_driver_sql(f"delete from {table} where person = %(person)s", {"person": person})  # noqa: S608


def add_parts(session: Session, record: Writing, person: Person | MaskedPerson) -> None:
    """Keep a person's notices and documents; of a sealed one no document, by which it could be met."""
    hangs_on = {"person": record.id, "owner": record.owner, "terms": record.terms}
    for place, notice in enumerate(person.notices):
        session.exec_driver_sql(ADD_NOTICE, hangs_on | {
            "id": notice_id(record.id, place, notice_to_json(notice)), "colour": notice.colour.value, "reference": notice.reference,
            "issuer": notice.issuer, "charges": json.dumps(notice.charges, ensure_ascii=False),
            "action": notice.action.value, "issued": text_of(notice.issued), "remarks": notice.remarks,
        })  # fmt: skip
    for document in () if isinstance(person, MaskedPerson) else person.description.documents:
        session.exec_driver_sql(ADD_PERSON_DOCUMENT, hangs_on | {
            "number": normalise_number(document.number), "issuer": document.issuer,
            "type": document.type.value if document.type else None,
        })  # fmt: skip


def notice_id(person: UUID, place: int, values: Mapping[str, Any]) -> UUID:
    """The id of a person's notice: the same for the same one in the same place (version 8 of RFC 9562)."""
    made = int.from_bytes(digest_of({**values, "person": str(person), "place": place})[:16], "big")
    return UUID(int=made & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62)


def has_source_key(session: Session, set_number: int, source_key: str) -> UUID | None:
    """The live person of a set under this reference."""
    row = {"set_number": set_number, "source_key": source_key}
    return session.exec_driver_sql(SAME_KEY, row).scalar()


def find(session: Session, kind: RecordKind, which: UUID) -> dict[str, Any] | None:
    """One record with its header, as far as the reader may see it."""
    row = session.exec_driver_sql(SELECT[kind], {"id": which}).mappings().first()
    if row is None or (kind is RecordKind.PERSON and "erased" in row["content"]):
        return None
    return {str(name): value for name, value in row.items()}


def stayed(session: Session, gone: UUID) -> UUID | None:
    """The record of the reader's own that a merged one became part of."""
    return session.exec_driver_sql("select kept from record_merged where gone = %(gone)s", {"gone": gone}).scalar()


def keep_history(session: Session, kind: RecordKind, row: Mapping[str, Any], act: str, content: Content) -> None:
    """Keep a record's state before it changes; `act` is what had made that state."""
    session.exec_driver_sql(ADD_HISTORY, {
        "kind": kind.value, "record": row["id"], "version": row["version"], "owner": row["owner"], "act": act,
        "content": json.dumps(content_to_json(content), ensure_ascii=False), "changed_at": row["changed_at"],
        "changed_by": row["changed_by"],
    })  # fmt: skip


def plain(content: Content) -> dict[str, object]:
    """A content as history keeps it."""
    return dict(content_to_json(content))


def history(session: Session, kind: RecordKind, which: UUID) -> list[Revision]:
    """The earlier states of a record of the reader's own, newest first."""
    rows = session.exec_driver_sql(HISTORY, {"kind": kind.value, "record": which}).all()
    return [Revision(*row) for row in rows]
