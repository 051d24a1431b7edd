"""What readiness reads: accounts and devices in numbers, lists, who stands at posts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.operations.readiness.model import ListReady, PartyReady, PostReady

PARTIES = """
select p.code, r.officers, r.with_own_factor, r.devices, r.keys, r.seen_at
  from party_readiness(%(operation)s) r join party p on p.number = r.party order by p.code
"""
LISTS = """
select p.code, s.name, s.kind, s.as_of, case when s.owner = me() then s.records end
  from record_set s join party p on p.number = s.owner order by p.code, s.name
"""
POSTS = """
select t.id, t.name, p.code, t.hotspot, t.officers_wanted,
       (select count(*) from shift_spans(%(operation)s) s
         where s.post = t.id and s.starts_at <= %(now)s and %(now)s < s.ends_at)::integer
  from post t join party p on p.number = t.party
 where t.operation = %(operation)s and not t.closed order by t.priority, t.name, t.id
"""


def parties(session: Session, operation: UUID) -> tuple[PartyReady, ...]:
    """How far parties are set up: the own one, for the coordinator all."""
    return tuple(PartyReady(*row) for row in session.exec_driver_sql(PARTIES, {"operation": operation}).all())


def lists(session: Session) -> tuple[ListReady, ...]:
    """The lists that the reader's party may know of."""
    return tuple(ListReady(*row) for row in session.exec_driver_sql(LISTS).all())


def posts(session: Session, operation: UUID, now: datetime) -> tuple[PostReady, ...]:
    """How many stand at each open post."""
    found = session.exec_driver_sql(POSTS, {"operation": operation, "now": now}).all()
    return tuple(PostReady(*row) for row in found)
