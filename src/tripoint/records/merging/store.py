"""The table of merged records, and the hits that follow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tripoint.base.database import Session

ADD = """
insert into record_merged (gone, kept, kind, owner, approval, at)
values (%(gone)s, %(kept)s, 'person', %(owner)s, %(approval)s, %(at)s)
"""
MOVE = "select move_waiting_hits(%(gone)s, %(kept)s, %(version)s)"


def note_merge(session: Session, gone: UUID, kept: UUID, owner: int, approval: UUID, at: datetime) -> None:
    """Remember which record stayed for the one that ended."""
    session.exec_driver_sql(ADD, {"gone": gone, "kept": kept, "owner": owner, "approval": approval, "at": at})


def move_waiting_hits(session: Session, gone: UUID, kept: UUID, version: int) -> int:
    """Let the hits on the record that ended, as far as they wait, point to the one that stayed; how many there were."""
    return int(session.exec_driver_sql(MOVE, {"gone": gone, "kept": kept, "version": version}).scalar_one())
