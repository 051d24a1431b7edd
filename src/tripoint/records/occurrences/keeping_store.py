"""The clocks of reports in their tables: what comes due, how long it is kept, and the functions that erase."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.records.retention.model import Why

DUE = """
select id, kind, operation, version, retain_until from occurrence
 where owner = me() and retain_until between %(today)s and %(until)s
   and (%(operation)s::uuid is null or operation = %(operation)s) order by retain_until, id limit %(limit)s
"""
KEEP = "update occurrence set retain_until = %(until)s where id = %(id)s and version = %(version)s and owner = me()"
ERASE = "select erase_own_report(%(id)s, %(version)s, %(why)s, %(reason)s)"
ERASE_EXPIRED = "select erase_expired_reports(%(today)s, %(most)s)"
ASK_OWNERS = "select ask_about_reports(%(today)s)"


def due(session: Session, today: date, until: date, operation: UUID | None, limit: int) -> Sequence[Any]:
    """Rows of the own party's reports whose time runs out between the two days: id, kind, operation, version, day."""
    values = {"today": today, "until": until, "operation": operation, "limit": limit}
    return session.exec_driver_sql(DUE, values).all()


def keep_until(session: Session, which: UUID, version: int, until: date) -> bool:
    """Keep a report until another day; False when it is not at the version any more."""
    return session.exec_driver_sql(KEEP, {"id": which, "version": version, "until": until}).rowcount == 1


def erase(session: Session, which: UUID, version: int, why: Why, reason: str) -> bool:
    """Erase one report of the own party; False when it is not at the version any more."""
    row = {"id": which, "version": version, "why": why.value, "reason": reason}
    return bool(session.exec_driver_sql(ERASE, row).scalar_one())


def erase_expired(session: Session, today: date, most: int) -> int:
    """Erase up to `most` reports whose time is over, once a day; how many. For the relay only."""
    return int(session.exec_driver_sql(ERASE_EXPIRED, {"today": today, "most": most}).scalar_one())


def ask_owners(session: Session, today: date) -> int:
    """Tell the owners of reports that come due within three months; how many. For the relay only."""
    return int(session.exec_driver_sql(ASK_OWNERS, {"today": today}).scalar_one())
