"""The statements that compare an edition with its set and write what is new, changed and gone."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg.sql import SQL, Composed, Identifier, Literal

from tripoint.records.loading.shapes import Shape
from tripoint.records.loading.store import Driver, Loader, seen
from tripoint.records.model import RecordKind

# Rows of the edition, in the order in which the indexes take them quickest. `n` counts them; `place` tells the first
# of those that name the same record.
STAGED = """
select s.*, row_number() over (order by mark, {identity}, line) as n,
       row_number() over (partition by mark, {identity} order by line) as place
  from {stage} s where kept is null
"""
ADD_ALL = """
insert into {table} (id, owner, set_number, terms, retain_until, {filed}{columns})
select run_uuid({moment}, n, {seed}), {owner}, {set}, {terms}, {retain}, {mark}{columns} from ({staged}) s where place = 1
"""
TWICE = "select line, {key} from ({staged}) s where place > 1 order by line"
# What differs: to add, to change, to end. Rows that agree are not in it. What ended is over: listed again, it is new.
DIFFERENCE = """
create temporary table difference on commit drop as
with edition as materialized (select * from ({staged}) s where place = 1),
present as (select * from {table} where owner = {owner} and set_number = {set} and ended_at is null)
select coalesce(p.id, run_uuid({moment}, row_number() over (), {seed})) as id, {taken}, {extra}
       case when p.id is null then 'add' when e.line is null then 'end' else 'change' end as act
  from edition e full join present p on {same}
 where p.id is null
    or (e.line is null and not {partial} and not {kept})
    or (e.line is not null and ({theirs}) is distinct from ({ours}))
"""
KEPT = "exists (select from {stage} k where k.kept = {key})"
# `act` is what had made the state that is kept.
HISTORY = """
insert into record_history (kind, record, version, owner, act, content, changed_at, changed_by)
select {kind}, r.id, r.version, r.owner, case when r.changed_by is null then 'load_set' else 'change_record' end,
       {content}, r.changed_at, r.changed_by
  from {table} r join difference d on d.id = r.id where d.act <> 'add'
"""
CHANGE = """
update {table} r set ({columns}) = row ({taken}), version = version + 1, changed_at = now(), changed_by = null
  from difference d where d.id = r.id and d.act = 'change'
"""
END = """
update {table} r set ended_at = now(), version = version + 1, changed_at = now(), changed_by = null
  from difference d where d.id = r.id and d.act = 'end'
"""
ADD = """
insert into {table} (id, owner, set_number, terms, retain_until, {filed}{columns})
select id, {owner}, {set}, {terms}, {retain}, {mark}{columns} from difference where act = 'add'
"""
# A set shared anew: every record that stood under the set's earlier terms follows.
SHARE_ANEW = "update {table} set terms = {terms} where owner = {owner} and set_number = {set} and terms = {before}"
SHARE_PARTS = """
update {table} c set terms = {terms} from person p
 where p.id = c.person and p.owner = {owner} and p.set_number = {set} and c.terms = {before} and p.terms = {terms}
"""
PARTS_OF_PERSONS = ("notice", "person_document")
CLEAR_PARTS = "delete from {table} c using difference d where c.person = d.id and d.act <> 'add'"
DOCUMENTS = """
insert into person_document (person, owner, terms, number, issuer, type)
select s.id, r.owner, r.terms, p.number, p.issuer, p.type
  from difference s join person r on r.id = s.id
       cross join lateral jsonb_to_recordset(s.content->'documents') as p (number text, issuer text, type document_type)
 where s.act <> 'end'
"""
NOTICES = """
insert into notice (id, person, owner, terms, colour, reference, issuer, charges, action, issued, remarks)
select uuid7(), s.id, r.owner, r.terms, p.colour, p.reference, p.issuer, coalesce(p.charges, '[]'), p.action, p.issued, p.remarks
  from difference s join person r on r.id = s.id
       cross join lateral jsonb_to_recordset(s.content->'notices')
       as p (colour text, reference text, issuer text, charges jsonb, action text, issued date, remarks text)
 where s.act <> 'end'
"""
BEFORE = "select terms, records from record_set where number = %s for update"
AFTER = """
update record_set set terms = %(terms)s, as_of = greatest(as_of, %(as_of)s), records = records + %(more)s where number = %(set)s
"""
COUNTS = "select act, count(*) from difference group by act"
MEMORY = "set local work_mem = '256MB'"


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge: the load, the kind's shape, until when new records are kept, and whether what is missing stays."""

    loader: Loader
    shape: Shape
    retain_until: date
    partial: bool

    def parts(self) -> dict[str, Any]:
        """What the statements are made of."""
        alone = {"identity": self._identity("s"), "stage": seen(self.loader.run)}
        return {
            **alone,
            "staged": SQL(STAGED).format(**alone),
            "table": Identifier(self.shape.kind.value),
            "columns": names(self.shape.columns),
            "owner": Literal(self.loader.owner),
            "set": Literal(self.loader.set_number),
            "terms": Literal(self.loader.terms),
            "retain": Literal(self.retain_until),
            "partial": Literal(self.partial),
            "moment": Literal(time.time_ns() // 1_000_000),
            "seed": Literal(secrets.randbits(63)),
            "kind": Literal(self.shape.kind.value),
            "filed": SQL("{}, ").format(Identifier(self.shape.key)) if self.shape.key else SQL(""),
            "mark": SQL("mark, ") if self.shape.key else SQL(""),
        }

    def _identity(self, of: str) -> Composed:
        return SQL(", ").join(SQL(term.format(of=of)) for term in self.shape.identity)

    def key(self, of: str) -> Composed:
        """The text by which a row that brought nothing names the record to keep."""
        return SQL("concat_ws('|', {})").format(self._identity(of))

    def same(self) -> Composed:
        """The condition that a row `e` of the edition names the record `p`."""
        return SQL(" and ").join(SQL(f"{term.format(of='e')} = {term.format(of='p')}") for term in self.shape.identity)


def names(columns: tuple[str, ...], of: str | None = None) -> Composed:
    """Column names in a row, of a table where one is given."""
    return SQL(", ").join(Identifier(of, name) if of else Identifier(name) for name in columns)


def first_edition(driver: Driver, merge: Merge) -> int:
    """Write a whole edition of objects into an empty set, without comparing; how many records were added."""
    driver.execute(MEMORY)
    return driver.execute(SQL(ADD_ALL).format(**merge.parts())).rowcount


def find_difference(driver: Driver, merge: Merge) -> dict[str, int]:
    """Compare an edition with its set; counts by act: add, change, end. Nothing is written yet."""
    driver.execute(MEMORY)
    shape, parts = merge.shape, merge.parts()
    kept = SQL(KEPT).format(stage=parts["stage"], key=merge.key("p"))
    extra = SQL("") if shape.kind is RecordKind.PERSON else SQL("e.mark,")
    driver.execute(
        SQL(DIFFERENCE).format(
            **parts, kept=kept, extra=extra, same=merge.same(), taken=names(shape.columns, "e"),
            theirs=names(shape.compared, "e"), ours=names(shape.compared, "p"),
        )
    )  # fmt: skip
    driver.execute("analyze difference")
    return dict(driver.execute(COUNTS).fetchall())


def apply_difference(driver: Driver, merge: Merge) -> None:
    """Write what `find_difference` found: earlier states into the history, then changes, endings and additions."""
    shape, parts = merge.shape, merge.parts()
    driver.execute(SQL(HISTORY).format(**parts, content=state(shape)))
    driver.execute(SQL(CHANGE).format(**parts, taken=names(shape.columns, "d")))
    driver.execute(SQL(END).format(**parts))
    driver.execute(SQL(ADD).format(**parts))
    if shape.kind is RecordKind.PERSON:
        for table in PARTS_OF_PERSONS:
            driver.execute(SQL(CLEAR_PARTS).format(table=Identifier(table)))
        for statement in (DOCUMENTS, NOTICES):
            driver.execute(statement)


def state(shape: Shape) -> Composed:
    """The JSON of a record as it stood, in the form of `records.codec`."""
    if shape.kind is RecordKind.PERSON:
        return SQL("{}").format(Identifier("r", "content"))
    pairs = [SQL("{}, r.{}").format(Literal(name), Identifier(name)) for name in shape.columns]
    return SQL("jsonb_strip_nulls(jsonb_build_object({}))").format(SQL(", ").join(pairs))


def rows_given_twice(driver: Driver, merge: Merge) -> list[tuple[int, str]]:
    """Line and key of rows that name a record an earlier line of the edition names already."""
    driver.execute(MEMORY)
    found = driver.execute(SQL(TWICE).format(**merge.parts(), key=merge.key("s")))
    return [(int(line), str(key)) for line, key in found]


def share_anew(driver: Driver, merge: Merge, before: int) -> None:
    """Let the records of the set follow its new terms; those the owner shared otherwise one by one stay as they are."""
    parts = merge.parts() | {"before": Literal(before)}
    driver.execute(SQL(SHARE_ANEW).format(**parts))
    if merge.shape.kind is RecordKind.PERSON:
        for table in PARTS_OF_PERSONS:
            driver.execute(SQL(SHARE_PARTS).format(**(parts | {"table": Identifier(table)})))


def set_before(driver: Driver, set_number: int) -> tuple[int, int]:
    """The terms of a set and how many records it holds, locked until the transaction ends."""
    row = driver.execute(BEFORE, (set_number,)).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def set_after(driver: Driver, loader: Loader, as_of: datetime, more: int) -> None:
    """Note the terms, freshness and number of records (`more` may be negative) of a set."""
    driver.execute(AFTER, {"terms": loader.terms, "as_of": as_of, "more": more, "set": loader.set_number})


def has_records(driver: Driver, merge: Merge) -> bool:
    """Whether the set holds any record that has not ended."""
    statement = SQL(
        "select exists (select from {table} where owner = {owner} and set_number = {set} and ended_at is null)"
    )
    row = driver.execute(statement.format(**merge.parts())).fetchone()
    return bool(row and row[0])
