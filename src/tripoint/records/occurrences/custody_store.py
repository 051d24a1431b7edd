"""The table of custody: entries are added and read, never changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tripoint.base.database import Session
from tripoint.records.occurrences.model import Custody

# Two who add at once take turns, so that no two entries follow the same one.
HOLD = "select pg_advisory_xact_lock(7261018, hashtext(%(id)s::text))"
ENTRIES = """
select id, number, item, at, act, by_officer, seal, place, remarks, digest from custody_entry
 where occurrence = %(id)s order by number
"""
ADD = """
insert into custody_entry (id, occurrence, owner, terms, number, item, at, act, by_officer, seal, place, remarks, digest, written_at, written_by)
values (%(id)s, %(occurrence)s, %(owner)s, %(terms)s, %(number)s, %(item)s, %(at)s, %(act)s, %(by_officer)s, %(seal)s, %(place)s, %(remarks)s,
        %(digest)s, %(written_at)s, %(written_by)s)
on conflict (id) do nothing
"""


def hold(session: Session, which: UUID) -> None:
    """Let nobody else add to this chain until the transaction ends."""
    session.exec_driver_sql(HOLD, {"id": which})


def entries(session: Session, which: UUID) -> list[Custody]:
    """The chain of one seizure in its order, as far as the reader may see it."""
    return [Custody(*row) for row in session.exec_driver_sql(ENTRIES, {"id": which}).all()]


def add(
    session: Session, which: UUID, owner: int, terms: int, entry: Custody, written_at: datetime, written_by: UUID
) -> bool:
    """Keep a new entry; False where its id is taken."""
    row = {
        "id": entry.id, "occurrence": which, "owner": owner, "terms": terms, "number": entry.number, "item": entry.item,
        "at": entry.at, "act": entry.act, "by_officer": entry.by_officer, "seal": entry.seal, "place": entry.place,
        "remarks": entry.remarks, "digest": entry.digest, "written_at": written_at, "written_by": written_by,
    }  # fmt: skip
    return session.exec_driver_sql(ADD, row).rowcount == 1
