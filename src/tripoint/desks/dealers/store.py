"""The tables of the dealers' desk; every row is the party's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.dealers.model import (
    BookFile,
    Entry,
    Indicator,
    IndicatorState,
    Inspection,
    Item,
    LicenceState,
    Measure,
    Scope,
    Visited,
    Whereabouts,
)

AT_ONCE = 5_000
ADD_FILE = """
insert into book_file (id, owner, digest, name, book, columns, dates, refused, loaded_at, loaded_by)
values (%(id)s, %(owner)s, %(digest)s, %(name)s, %(book)s, %(columns)s::jsonb, %(dates)s, %(refused)s, %(at)s, %(by)s)
on conflict (owner, digest, book) do nothing
"""
FILE_OF = "select id from book_file where digest = %(digest)s and book = %(book)s and owner = %(owner)s"
ADD_ENTRIES = """
insert into book_entry (file, owner, line, book, dealer, serial, make, day, cells)
select %(file)s, %(owner)s, e.line, %(book)s, e.dealer, e.serial, e.make, e.day, e.cells
  from jsonb_to_recordset(%(entries)s::jsonb) as e(line integer, dealer text, serial text, make text, day date, cells jsonb)
on conflict (file, line) do nothing
"""
LICENCES = """
select dealer, state, from_day, to_day, name, town from licence_state order by dealer, from_day, state limit 2000
"""
ADD_LICENCE = """
insert into licence_state (owner, dealer, state, from_day, to_day, name, town)
values (%(owner)s, %(dealer)s, %(state)s, %(from_day)s, %(to_day)s, %(name)s, %(town)s)
on conflict (owner, dealer, state, from_day) do update
   set to_day = excluded.to_day, name = excluded.name, town = excluded.town
"""
# What is missing is reckoned as the first rule does: acquired, neither disposed of nor in the latest whole count.
WHEREABOUTS = """
with counted as (
  select distinct on (dealer) id, dealer, day from inspection where scope = 'full' order by dealer, day desc, made_at desc
),
held as (select c.dealer, i.serial from counted c join inspected_item i on i.inspection = c.id),
bought as (
  select dealer, serial, min(day) as day from book_entry where book = 'acquisition' group by dealer, serial
),
gone as (
  select distinct dealer, serial from book_entry where book = 'disposition'
),
books as (
  select dealer, count(*) filter (where book = 'acquisition') as acquired, count(*) filter (where book = 'disposition') as disposed
    from book_entry where book in ('acquisition', 'disposition') group by dealer
),
lost as (
  select b.dealer, count(*) as missing from bought b join counted c on c.dealer = b.dealer and b.day <= c.day - 7
   where not exists (select from gone g where g.dealer = b.dealer and g.serial = b.serial)
     and not exists (select from held h where h.dealer = b.dealer and h.serial = b.serial) group by b.dealer
),
stocked as (select dealer, count(*) as stock from held group by dealer)
select k.dealer, coalesce((select max(l.name) from licence_state l where l.dealer = k.dealer), '') as name, k.acquired, k.disposed,
       coalesce(s.stock, 0) as stock, coalesce(m.missing, 0) as missing
  from books k left join stocked s using (dealer) left join lost m using (dealer)
 order by coalesce(m.missing, 0) desc, k.dealer limit 200
"""
HELD = """
select a.serial, a.make from book_entry a
 where a.book = 'acquisition' and a.dealer = %(dealer)s and a.day <= %(day)s
   and not exists (select from book_entry d where d.book = 'disposition' and d.dealer = a.dealer and d.serial = a.serial and d.day <= %(day)s)
"""
ADD_INSPECTION = """
insert into inspection (id, owner, dealer, day, scope, counted, matched, missing, unbooked, seals, violations, action, follow_up, made_at, made_by)
values (%(id)s, %(owner)s, %(dealer)s, %(day)s, %(scope)s, %(counted)s, %(matched)s, %(missing)s, %(unbooked)s, %(seals)s, %(violations)s,
        %(action)s, %(follow_up)s, %(at)s, %(by)s)
"""
ADD_ITEMS = """
insert into inspected_item (inspection, owner, number, serial, make)
select %(id)s, %(owner)s, i.number, i.serial, i.make
  from jsonb_to_recordset(%(items)s::jsonb) as i(number integer, serial text, make text)
"""
INSPECTIONS = """
select id, dealer, day, scope, counted, matched, missing, unbooked, seals, violations, action, follow_up
  from inspection order by day desc, id limit 200
"""
FILES = "select id, name, book, columns, dates from book_file order by id"
ENTRIES = "select line, cells from book_entry where file = %(file)s order by line"
COUNTS = """
select n.id, n.dealer, n.day, n.scope, i.number, i.serial, i.make
  from inspection n left join inspected_item i on i.inspection = n.id order by n.id, i.number
"""
INDICATORS = """
select id, rule, version, dealer, subject, fact, score, parameters, rows, base, found_at, state, reason, decided_at
  from indicator
 where (%(state)s::text is null or state = %(state)s) and (%(rule)s::smallint is null or rule = %(rule)s) and (%(which)s::uuid is null or id = %(which)s)
 order by score desc, dealer, rule, id limit %(limit)s
"""
KNOWN_ONES = "select id, rule, dealer, subject, state, rows from indicator where owner = %(owner)s"
ADD_INDICATOR = """
insert into indicator (id, owner, rule, version, dealer, subject, fact, score, parameters, rows, base, found_at)
values (%(id)s, %(owner)s, %(rule)s, %(version)s, %(dealer)s, %(subject)s, %(fact)s, %(score)s, %(parameters)s::jsonb, %(rows)s::jsonb,
        %(base)s::jsonb, %(at)s)
"""
RENEW_INDICATOR = """
update indicator set version = %(version)s, fact = %(fact)s, score = %(score)s, parameters = %(parameters)s::jsonb,
       rows = %(rows)s::jsonb, base = %(base)s::jsonb, found_at = %(at)s,
       state = case when %(again)s then 'open' else state end, reason = case when %(again)s then null else reason end,
       decided_by = case when %(again)s then null else decided_by end, decided_at = case when %(again)s then null else decided_at end
 where id = %(id)s
"""
DECIDE = """
update indicator set state = %(state)s, reason = %(reason)s, decided_by = %(by)s, decided_at = %(at)s
 where id = %(which)s and owner = %(owner)s and state = 'open'
"""
MOST = 500


def add_file(
    session: Session, file: BookFile, owner: int, digest: bytes, refused: int, at: datetime, by: UUID
) -> tuple[UUID, bool]:
    """Keep what a file is; the id under which it is known, and whether it is new."""
    row = {
        "id": file.id, "owner": owner, "digest": digest, "name": file.name, "book": file.book,
        "columns": json.dumps(dict(file.columns), ensure_ascii=False), "dates": file.dates, "refused": refused, "at": at, "by": by,
    }  # fmt: skip
    if session.exec_driver_sql(ADD_FILE, row).rowcount == 1:
        return file.id, True
    return session.exec_driver_sql(FILE_OF, row).scalar_one(), False


def add_entries(session: Session, file: UUID, owner: int, book: str, entries: Sequence[Entry]) -> int:
    """Keep rows of a file; those already there stay as they are. How many are new."""
    new = 0
    for first in range(0, len(entries), AT_ONCE):
        portion = [
            {"line": one.line, "dealer": one.dealer, "serial": one.serial, "make": one.make,
             "day": one.day.isoformat() if one.day else None, "cells": dict(one.cells)}
            for one in entries[first : first + AT_ONCE]
        ]  # fmt: skip
        written = json.dumps(portion, ensure_ascii=False)
        new += session.exec_driver_sql(ADD_ENTRIES, {"file": file, "owner": owner, "book": book, "entries": written}).rowcount
    return new


def add_licences(session: Session, owner: int, states: Iterable[LicenceState]) -> None:
    """Keep what licences were; the same from the same day is renewed."""
    for one in states:
        session.exec_driver_sql(ADD_LICENCE, {
            "owner": owner, "dealer": one.dealer, "state": one.state, "from_day": one.from_day, "to_day": one.to_day,
            "name": one.name, "town": one.town,
        })  # fmt: skip


def licences(session: Session) -> list[LicenceState]:
    """Every licence with its states by date."""
    return [LicenceState(**row) for row in session.exec_driver_sql(LICENCES).mappings().all()]


def whereabouts(session: Session) -> list[Whereabouts]:
    """Where the firearms of each dealer are, those with most missing first."""
    return [Whereabouts(**row) for row in session.exec_driver_sql(WHEREABOUTS).mappings().all()]


def held(session: Session, dealer: str, day: date) -> list[Item]:
    """What a dealer should have in stock on a day, by his own books."""
    rows = session.exec_driver_sql(HELD, {"dealer": dealer, "day": day}).all()
    return [Item(serial, make or "") for serial, make in rows]


def add_inspection(
    session: Session, which: UUID, owner: int, visited: Visited, found: tuple[int, int, int], at: datetime, by: UUID
) -> None:
    """Keep an inspection with the firearms counted."""
    matched, missing, unbooked = found
    session.exec_driver_sql(ADD_INSPECTION, {
        "id": which, "owner": owner, "dealer": visited.dealer, "day": visited.day, "scope": visited.scope.value,
        "counted": len(visited.items), "matched": matched, "missing": missing, "unbooked": unbooked,
        "seals": list(visited.seals), "violations": list(visited.violations), "action": visited.action.value,
        "follow_up": visited.follow_up, "at": at, "by": by,
    })  # fmt: skip
    items = [{"number": n, "serial": one.serial, "make": one.make} for n, one in enumerate(visited.items, 1)]
    session.exec_driver_sql(ADD_ITEMS, {"id": which, "owner": owner, "items": json.dumps(items, ensure_ascii=False)})


def inspections(session: Session) -> list[Inspection]:
    """The inspections, the latest first."""
    return [
        Inspection(**(dict(row) | {
            "scope": Scope(row["scope"]), "action": Measure(row["action"]), "seals": tuple(row["seals"]),
            "violations": tuple(row["violations"]),
        }))
        for row in session.exec_driver_sql(INSPECTIONS).mappings().all()
    ]  # fmt: skip


def files(session: Session) -> list[BookFile]:
    """The files that were handed in."""
    return [BookFile(**row) for row in session.exec_driver_sql(FILES).mappings().all()]


def entries(session: Session, file: UUID) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file by line."""
    return [(line, cells) for line, cells in session.exec_driver_sql(ENTRIES, {"file": file}).all()]


def counts(session: Session) -> list[Row]:
    """Every inspection with every firearm it counted."""
    return list(session.exec_driver_sql(COUNTS).mappings().all())


def indicators(
    session: Session, *, state: IndicatorState | None = None, rule: int | None = None,
    which: UUID | None = None,
) -> list[Indicator]:  # fmt: skip
    """The indicators asked for, the strongest first."""
    row = {"state": state.value if state else None, "rule": rule, "limit": MOST, "which": which}
    return [
        Indicator(**(dict(found) | {"state": IndicatorState(found["state"]), "rows": tuple(found["rows"])}))
        for found in session.exec_driver_sql(INDICATORS, row).mappings().all()
    ]


def known_indicators(session: Session, owner: int) -> dict[tuple[int, str, str], Row]:
    """What was found before, by rule, dealer and subject."""
    rows = session.exec_driver_sql(KNOWN_ONES, {"owner": owner}).mappings().all()
    return {(row["rule"], row["dealer"], row["subject"]): row for row in rows}


def add_indicator(session: Session, which: UUID, owner: int, found: Mapping[str, Any], at: datetime) -> None:
    """Keep a new indicator, open."""
    session.exec_driver_sql(ADD_INDICATOR, written(found) | {"id": which, "owner": owner, "at": at})


def renew_indicator(session: Session, which: UUID, found: Mapping[str, Any], at: datetime, *, again: bool) -> None:
    """Keep the newest rows of an indicator; `again` opens one that was decided."""
    session.exec_driver_sql(RENEW_INDICATOR, written(found) | {"id": which, "at": at, "again": again})


def written(found: Mapping[str, Any]) -> dict[str, Any]:
    """What a rule found as the table takes it."""
    made = {name: json.dumps(found[name], ensure_ascii=False) for name in ("parameters", "rows", "base")}
    return dict(found) | made


def decide(
    session: Session, owner: int, which: UUID, state: IndicatorState, reason: str, by: UUID, at: datetime
) -> bool:
    """Decide an indicator; False for one that is not open."""
    row = {"which": which, "owner": owner, "state": state.value, "reason": reason, "by": by, "at": at}
    return session.exec_driver_sql(DECIDE, row).rowcount == 1
