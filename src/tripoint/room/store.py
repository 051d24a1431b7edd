"""The live figures: counted across the desks, through each table's own predicate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from tripoint.base.database import Session

# Of checks only the counts are read: by minute for the curve, by the hour for the sums of parties, posts and kinds.
TOTALS = """
select coalesce(sum(checks), 0) as total, coalesce(sum(documents), 0) as document, coalesce(sum(persons), 0) as person,
       coalesce(sum(vehicles), 0) as vehicle, coalesce(sum(firearms), 0) as firearm,
       coalesce((select sum(c.checks) from check_count c where c.minute > now() - interval '1 hour'
                  and (%(operation)s::uuid is null or c.operation = %(operation)s)), 0) as last_hour
  from check_hour where (%(operation)s::uuid is null or operation = %(operation)s)
"""
PER_MINUTE = """
select m.at, coalesce(sum(c.checks), 0)::integer as n
  from generate_series(date_trunc('minute', now()) - interval '59 minutes', date_trunc('minute', now()), interval '1 minute') as m(at)
  left join check_count c on c.minute = m.at and (%(operation)s::uuid is null or c.operation = %(operation)s)
 group by m.at order by m.at
"""
HIT_STATES = """
select state, count(*)::integer as n, (count(*) filter (where state in ('new', 'referred') and due_at < now()))::integer as overdue
  from hit where (%(operation)s::uuid is null or operation = %(operation)s) group by state
"""
BY_PARTY = """
with asked as (select party, sum(checks)::integer as checks from check_hour where (%(operation)s::uuid is null or operation = %(operation)s) group by party),
     met as (select asker as party, count(*)::integer as hits from hit where (%(operation)s::uuid is null or operation = %(operation)s) group by asker)
select p.code, p.name, coalesce(a.checks, 0) as checks, coalesce(m.hits, 0) as hits
  from party p left join asked a on a.party = p.number left join met m on m.party = p.number
 where a.checks is not null or m.hits is not null order by checks desc, p.code
"""
BY_POST = """
with asked as (select post, sum(checks)::integer as checks from check_hour where (%(operation)s::uuid is null or operation = %(operation)s) group by post),
     met as (select post, count(*)::integer as hits, (count(*) filter (where state in ('new', 'referred')))::integer as waiting
               from hit where (%(operation)s::uuid is null or operation = %(operation)s) group by post)
select t.id, t.name, t.kind, p.code as party, t.latitude, t.longitude, coalesce(a.checks, 0) as checks, coalesce(m.hits, 0) as hits, coalesce(m.waiting, 0) as waiting
  from post t join party p on p.number = t.party left join asked a on a.post = t.id left join met m on m.post = t.id
 where (%(operation)s::uuid is null or t.operation = %(operation)s) order by checks desc, t.name, t.id
"""
ANSWER_MINUTES = """
select percentile_cont(0.8) within group (order by extract(epoch from decided_at - raised_at) / 60.0) as p80
  from hit where decided_at is not null and state <> 'expired' and (%(operation)s::uuid is null or operation = %(operation)s)
"""
VISIBLE = {kind: f"select id from {kind} where id = any(%(ids)s::uuid[])" for kind in ("hit", "occurrence")}  # noqa: S608 - our own two words


def rows(session: Session, statement: str, operation: UUID | None) -> Sequence[RowMapping]:
    """One of this module's questions, for one operation or all the reader may know of."""
    return session.exec_driver_sql(statement, {"operation": operation}).mappings().all()


def visible(session: Session, kind: str, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` that the reader may see; `kind` is "hit" or "occurrence"."""
    if not ids:
        return set()
    return set(session.exec_driver_sql(VISIBLE[kind], {"ids": list(ids)}).scalars())


def set_health(session: Session) -> list[dict[str, Any]]:
    """The lists the reader may know of, their freshness, and for the owner their size."""
    found = session.exec_driver_sql(
        "select s.name, p.code as owner, s.kind, s.as_of, case when s.owner = me() then s.records end as records"
        " from record_set s join party p on p.number = s.owner order by p.code, s.name"
    )
    return [dict(row) for row in found.mappings()]
