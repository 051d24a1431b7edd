"""The table of figures that a party counted once, and the state of an operation's checks by which they still hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tripoint.base.database import Session

# The newest check that the reader may see, of any operation, and how many of this one were counted by the hour: what is
# committed late with an earlier moment moves the second.
MARK = """
select coalesce(greatest((select max(asked_at) from check_made where party = me()),
                         (select max(asked_at) from check_made where coordinator = me()))::text, '') as newest,
       (select coalesce(sum(checks), 0) from check_hour where operation = %(operation)s)::bigint as checks
"""
FIND = "select mark, counted_at, counted from kept_figure where party = me() and question = %(question)s"
KEEP = """
insert into kept_figure (party, question, mark, counted_at, counted) values (me(), %(question)s, %(mark)s, %(at)s, %(counted)s::jsonb)
on conflict (party, question) do update set mark = excluded.mark, counted_at = excluded.counted_at, counted = excluded.counted
"""
FORGET = "delete from kept_figure where party = me() and counted_at < %(before)s"
KEPT_FOR = timedelta(days=30)


def mark(session: Session, operation: UUID) -> tuple[str, int]:
    """The state of an operation's checks as the reader sees them, and about how many they are."""
    newest, checks = session.exec_driver_sql(MARK, {"operation": operation}).one()
    return f"{newest} {checks}", checks


def find(session: Session, question: bytes) -> tuple[str, datetime, Any] | None:
    """The mark, moment and rows of a figure that the own party counted before."""
    row = session.exec_driver_sql(FIND, {"question": question}).first()
    return None if row is None else (row[0], row[1], row[2])


def keep(session: Session, question: bytes, mark: str, at: datetime, counted: Any) -> None:
    """Keep what was counted, and forget what nobody asked for in a month."""
    session.exec_driver_sql(FORGET, {"before": at - KEPT_FOR})
    values = {"question": question, "mark": mark, "at": at, "counted": json.dumps(counted)}
    session.exec_driver_sql(KEEP, values)
