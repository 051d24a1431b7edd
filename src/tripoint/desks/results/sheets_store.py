"""The table of sheets, and what the daily reports of the parties say beside the records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.results.model import Exceptional, Sheet, SheetKind, SheetState

ADD = """
insert into results_sheet (id, operation, owner, kind, revision, revises, reason, content, digest, exceptions, drafted_by, drafted_by_name, drafted_at)
values (%(id)s, %(operation)s, %(owner)s, %(kind)s, %(revision)s, %(revises)s, %(reason)s, %(content)s, %(digest)s, %(exceptions)s::jsonb,
        %(by)s, %(by_name)s, %(at)s)
"""
SHEETS = """
select s.id, s.operation, p.code as owner, s.kind, s.state, s.revision, s.revises, s.reason, s.content, s.digest, s.exceptions,
       s.drafted_by, s.drafted_by_name, s.drafted_at, s.decided_by_name, s.decided_at, s.answer
  from results_sheet s join party p on p.number = s.owner
 where (%(id)s::uuid is null or s.id = %(id)s) and (%(operation)s::uuid is null or s.operation = %(operation)s)
   and (%(state)s::text is null or s.state = %(state)s)
 order by s.drafted_at desc, s.id limit 500
"""
HOLD = "select id from results_sheet where id = %(id)s for update"
DECIDE = """
update results_sheet set state = %(state)s, decided_by = %(by)s, decided_by_name = %(by_name)s, decided_at = %(at)s, answer = %(answer)s
 where id = %(id)s and state = 'draft'
"""
KNOWS_RETURNS = "select to_regclass('situation_report') is not null"
RETURNS = """
select p.code, r.day, r.figures from situation_report r join party p on p.number = r.owner
 where r.operation = %(operation)s and r.state <> 'withdrawn' order by p.code, r.day
"""


def add(session: Session, sheet: Sheet, owner: int) -> None:
    """Keep a new draft of the party that coordinates."""
    session.exec_driver_sql(ADD, {
        "id": sheet.id, "operation": sheet.operation, "owner": owner, "kind": sheet.kind.value,
        "revision": sheet.revision, "revises": sheet.revises, "reason": sheet.reason, "content": sheet.content,
        "digest": sheet.digest, "by": sheet.drafted_by, "by_name": sheet.drafted_by_name, "at": sheet.drafted_at,
        "exceptions": json.dumps([{"table": one.table, "code": one.code, "reason": one.reason} for one in sheet.exceptions]),
    })  # fmt: skip


def find(session: Session, which: UUID) -> Sheet | None:
    """One sheet that the reader may see."""
    found = rows(session, id=which)
    return sheet_of(found[0]) if found else None


def sheets(session: Session, operation: UUID | None, state: SheetState | None = None) -> list[Sheet]:
    """The sheets that the reader may see, the latest first."""
    return [sheet_of(row) for row in rows(session, operation=operation, state=state.value if state else None)]


def rows(session: Session, **chosen: Any) -> Sequence[Row]:
    """The rows of the sheets chosen by id, operation and state."""
    values = {"id": None, "operation": None, "state": None} | chosen
    return session.exec_driver_sql(SHEETS, values).mappings().all()


def sheet_of(row: Row) -> Sheet:
    """A sheet from its row."""
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    return Sheet(**values | {
        "kind": SheetKind(row["kind"]), "state": SheetState(row["state"]),
        "exceptions": tuple(Exceptional(**one) for one in row["exceptions"]),
    })  # fmt: skip


def hold(session: Session, which: UUID) -> None:
    """Keep everybody else from deciding this draft until the transaction ends."""
    session.exec_driver_sql(HOLD, {"id": which})


def decide(session: Session, which: UUID, state: SheetState, by: UUID, by_name: str, at: datetime, answer: str | None) -> bool:
    """Write the decision of the second person; False where somebody else was quicker."""
    row = {"id": which, "state": state.value, "by": by, "by_name": by_name, "at": at, "answer": answer}
    return session.exec_driver_sql(DECIDE, row).rowcount == 1


def returns(session: Session, operation: UUID) -> list[tuple[str, date, Mapping[str, float]]]:
    """The daily reports that the reader may see: party, day, numbers by measure. Empty where there is no such desk."""
    if not session.exec_driver_sql(KNOWS_RETURNS).scalar():
        return []
    found = session.exec_driver_sql(RETURNS, {"operation": operation}).all()
    return [(code, day, {str(name): float(value) for name, value in figures.items()}) for code, day, figures in found]
