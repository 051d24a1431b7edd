"""The table of what was opened in emergencies; written by functions of the database only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from tripoint.access.break_glass.model import Glass, Opened, Verdict
from tripoint.base.database import Session

OPEN = """
select owner, kind, record, version, refused
  from open_glass(%(id)s, %(kind)s, %(record)s, %(hit)s, %(reason)s, %(lasts)s, %(review)s)
"""
SHOWN = """
select g.id, p.code, g.officer, g.by_name, g.kind, g.record, o.code, g.reason, g.opened_at, g.ends_at, g.closed_at,
       g.review_due_at, g.verdict, g.reviewed_at, g.answer
  from glass g join party p on p.number = g.party join party o on o.number = g.owner
 where %(id)s::uuid is null or g.id = %(id)s order by g.verdict is not null, g.opened_at desc, g.id limit %(limit)s
"""


def open_glass(
    session: Session, which: UUID, *, kind: str | None, record: UUID | None, hit: UUID | None, reason: str,
    lasts: timedelta, review: timedelta,
) -> Opened | None:  # fmt: skip
    """Open a record; None for what the officer's party may not know of."""
    row = session.exec_driver_sql(OPEN, {
        "id": which, "kind": kind, "record": record, "hit": hit, "reason": reason, "lasts": lasts, "review": review,
    }).first()  # fmt: skip
    return None if row is None else Opened(*row)


def glasses(session: Session, limit: int, which: UUID | None = None) -> list[Glass]:
    """What officers of the own party opened and what of the own party's was opened; what waits for a verdict first."""
    rows = session.exec_driver_sql(SHOWN, {"id": which, "limit": limit}).all()
    return [replace(Glass(*row), verdict=Verdict(row.verdict) if row.verdict else None) for row in rows]


def close(session: Session, which: UUID) -> tuple[int, ...]:
    """Close an open glass of the own party's officer, or on the own party's record; the parties to tell, none where there is none."""
    found = session.exec_driver_sql("select close_glass(%(id)s)", {"id": which}).scalar()
    return tuple(dict.fromkeys(found or ()))


def review(session: Session, which: UUID, verdict: Verdict, answer: str) -> tuple[int, ...]:
    """Write the owner's verdict down, once; the parties to tell, none where nothing waited."""
    values = {"id": which, "verdict": verdict.value, "answer": answer}
    found = session.exec_driver_sql("select review_glass(%(id)s, %(verdict)s, %(answer)s)", values).scalar()
    return tuple(dict.fromkeys(found or ()))
