"""The live picture's sums, each counted once in SQL, through the predicate of its own table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tripoint.base.database import Session, Statement, together
from tripoint.room.model import Span, Wanted
from tripoint.room.rules import HOUR, ORIGIN, by_the_hour

Row = dict[str, Any]
MOST_ROUTES, MOST_NATIONALITIES = 200, 250
# Which of a table's rows are looked at; {party}, {at} are the table's own columns.
WHERE = """(%(operation)s::uuid is null or {t}.operation = %(operation)s)
   and (%(post)s::uuid is null or {t}.post = %(post)s)
   and (%(party)s::text is null or {t}.{party} = (select number from party where code = %(party)s))"""
WITHIN = "(%(since)s::timestamptz is null or {t}.{at} >= %(since)s) and (%(until)s::timestamptz is null or {t}.{at} < %(until)s)"
SHOWN = "{t}.{at} >= %(begin)s and {t}.{at} < %(end)s"

RUNS = "select starts_at, ends_at from operation where id = %(operation)s"
CHECKS = """
select grouping(t.party, t.post)::integer as level, t.party as number, t.post, sum(t.checks)::integer as checks, sum(t.persons)::integer as person,
       sum(t.documents)::integer as document, sum(t.vehicles)::integer as vehicle, sum(t.firearms)::integer as firearm, max(t.{last}) as last
  from {table} t where {where} and {within} group by grouping sets ((t.party), (t.post), ())
"""
CHECK_STEPS = """
select date_bin(%(step)s, t.{at}, %(origin)s) as at, sum(t.checks)::integer as checks
  from {table} t where {where} and {shown} group by 1
"""
LAST_HOUR = """
select t.minute as at, sum(t.checks)::integer as n from check_count t
 where t.minute > %(now)s::timestamptz - interval '1 hour' and {where} group by 1 order by 1
"""
HITS = """
with t as materialized (
  select t.asker, t.post, t.state, t.raised_at, t.decided_at, t.due_at, {within} as within, t.state in ('new', 'referred') as open
    from hit t where {where})
select grouping(t.asker, t.post, t.state)::integer as level, t.asker as number, t.post, t.state, (count(*) filter (where t.within))::integer as hits,
       (count(*) filter (where t.within and t.open))::integer as waiting, (count(*) filter (where t.open and t.due_at < %(now)s))::integer as overdue,
       (count(*) filter (where t.open and t.due_at >= %(now)s and t.due_at < %(now)s::timestamptz + interval '30 minutes'))::integer as due_soon,
       greatest(max(t.raised_at) filter (where t.within), max(t.decided_at) filter (where t.within)) as last,
       percentile_cont(0.8) within group (order by extract(epoch from t.decided_at - t.raised_at) / 60.0)
         filter (where t.within and t.decided_at is not null and t.state <> 'expired') as answer_minutes_p80
  from t group by grouping sets ((t.asker), (t.post), (t.state), ())
"""
HIT_STEPS = "select date_bin(%(step)s, t.raised_at, %(origin)s) as at, count(*)::integer as hits from hit t where {where} and {shown} group by 1"
# What several parties achieved together bears one number and counts once: its first record that the reader may see.
# What is not known is counted beside: nationality of people met and arrested, the age of victims.
REPORTED = """
select grouping(t.owner, t.post, t.state, {step})::integer as level, t.owner as number, t.kind, t.post, t.state, {step} as at,
       (count(*) filter (where {within} and {first}))::integer as once, (count(*) filter (where {within}))::integer as n, (count(*) filter (where {shown} and {first}))::integer as shown,
       (count(*) filter (where {within} and {first} and {unknown}))::integer as unknown, (count(*) filter (where {within} and {first} and t.line->>'age_group' = 'child'))::integer as children,
       max(t.changed_at) filter (where {within}) as last
  from occurrence t where t.state <> 'withdrawn' and {where} and ({within} or {shown})
 group by grouping sets ((t.kind, t.state), (t.owner, t.kind, t.state), (t.post, t.kind), ({step}, t.kind))
"""
STEP = "date_bin(%(step)s, t.happened_at, %(origin)s)"
FIRST = """(t.joint is null or not exists (select from occurrence o where o.joint = t.joint and o.id < t.id and o.state <> 'withdrawn' and {where} and {within}))"""
UNKNOWN = """case when t.kind in ('detection', 'arrest', 'interview') then t.line->>'nationality' is null
             when t.kind = 'victim' then coalesce(t.line->>'age_group', 'unknown') = 'unknown' end"""
# The last legs that people told, each leg once a record.
ROUTES = """
with told as (select t.line->'legs' as legs, t.kind, count(*) as n from occurrence t
   where t.kind in ('detection', 'interview') and t.state <> 'withdrawn' and {where} and {within} and jsonb_typeof(t.line->'legs') = 'array' group by 1, 2)
select leg->>0 as came_from, leg->>1 as went_to, coalesce(sum(n) filter (where kind = 'detection'), 0)::integer as detections,
       coalesce(sum(n) filter (where kind = 'interview'), 0)::integer as interviews
  from told cross join lateral (select distinct one as leg from jsonb_array_elements(legs) as one where jsonb_typeof(one) = 'array') as each
 where leg->>0 <> leg->>1 group by 1, 2 order by sum(n) desc, 1, 2 limit %(most)s
"""
NATIONALITIES = """
select t.line->>'nationality' as code, count(*)::integer as n from occurrence t
 where t.kind = 'detection' and t.state <> 'withdrawn' and {where} and {within} group by 1 order by n desc, code limit %(most)s
"""
# The newest to come in, whenever it happened: a post without a line sends late. Of a hit the party that met it tells.
EVENTS = """
with occurred as (
  select t.id, t.kind, t.owner as number, t.post, t.happened_at, t.filed_at as at, t.state, t.line, null::text as grade, null::smallint as holder from occurrence t
   where t.state <> 'withdrawn' and %(kind)s::text is distinct from 'hit' and (%(kind)s::text is null or t.kind = %(kind)s) and {reported} and {happened}
     and (%(before)s::timestamptz is null or (t.filed_at, t.id) < (%(before)s, %(before_id)s::uuid)) order by t.filed_at desc, t.id desc limit %(limit)s),
met as (
  select t.id, 'hit' as kind, t.asker as number, t.post, t.raised_at as happened_at, t.raised_at as at, t.state, jsonb_build_object('kind', coalesce(f.kind, t.kind)) as line,
         coalesce(f.grade, t.grade) as grade, t.owner as holder
    from hit t left join hit_finding f on f.hit = t.id where coalesce(%(kind)s::text, 'hit') = 'hit' and {hit} and {raised}
     and (%(before)s::timestamptz is null or (t.raised_at, t.id) < (%(before)s, %(before_id)s::uuid)) order by t.raised_at desc, t.id desc limit %(limit)s)
select e.id, e.kind, p.code as party, e.post, s.name as post_name, e.happened_at, e.at, e.state, e.line, e.grade, o.code as holder
  from (select * from occurred union all select * from met) e join party p on p.number = e.number left join party o on o.number = e.holder
  left join post s on s.id = e.post order by e.at desc, e.id desc limit %(limit)s
"""
POSTS = """
select t.id, t.name, t.kind, p.code as party, t.latitude, t.longitude from post t join party p on p.number = t.party
 where (%(operation)s::uuid is null or t.operation = %(operation)s) and (%(post)s::uuid is null or t.id = %(post)s)
   and (%(party)s::text is null or p.code = %(party)s) order by t.name, t.id
"""
# Who takes part, so that who has nothing to show is in the list with nothing; and whoever else has something to show.
PARTIES = """
select p.number, p.code, p.name, exists (select from participation t where t.party = p.number and t.operation = %(operation)s) as takes_part from party p
 where %(party)s::text is null or p.code = %(party)s
"""


def runs(session: Session, wanted: Wanted) -> Row | None:
    """When the operation begins and ends; None where there is none, or none that the reader may know of."""
    found = session.exec_driver_sql(RUNS, {"operation": wanted.operation}).mappings().first()
    return dict(found) if found else None


def placed(text: str, party: str, at: str) -> str:
    """A question with the conditions on the table's own columns put in."""
    shapes = {"where": WHERE, "within": WITHIN, "shown": SHOWN}
    conditions = {name: shape.format(t="t", party=party, at=at) for name, shape in shapes.items()}
    other = {name: shape.format(t="o", party=party, at=at) for name, shape in shapes.items()}
    conditions |= {"step": STEP, "unknown": UNKNOWN, "first": FIRST.format(**other)}
    table, last = ("check_hour", "last_minute") if at == "hour" else ("check_count", "minute")
    return text.format(table=table, at=at, last=last, **conditions)


def questions(wanted: Wanted, shown: Span, now: Any) -> dict[str, Statement]:
    """All that is asked for one picture."""
    values = values_of(wanted) | {
        "begin": shown.begin, "end": shown.end, "step": shown.step, "origin": ORIGIN, "now": now,
    }  # fmt: skip
    counted = "hour" if by_the_hour(wanted.since, wanted.until) else "minute"
    drawn = "hour" if shown.step >= HOUR else "minute"
    texts = {
        "checks": placed(CHECKS, "party", counted), "check_steps": placed(CHECK_STEPS, "party", drawn),
        "last_hour": placed(LAST_HOUR, "party", "minute"), "hits": placed(HITS, "asker", "raised_at"),
        "hit_steps": placed(HIT_STEPS, "asker", "raised_at"), "reported": placed(REPORTED, "owner", "happened_at"),
        "routes": placed(ROUTES, "owner", "happened_at"), "posts": POSTS, "parties": PARTIES,
        "nationalities": placed(NATIONALITIES, "owner", "happened_at"),
    }  # fmt: skip
    most = {"routes": MOST_ROUTES, "nationalities": MOST_NATIONALITIES}
    return {name: Statement(text, values | {"most": most.get(name)}) for name, text in texts.items()}


def values_of(wanted: Wanted) -> Row:
    """The filters as the questions name them."""
    return {
        "operation": wanted.operation, "post": wanted.post, "party": wanted.party, "since": wanted.since,
        "until": wanted.until, "kind": wanted.kind,
    }  # fmt: skip


def count(session: Session, wanted: Wanted, shown: Span, now: Any) -> dict[str, list[Row]]:
    """The rows of every question, in one exchange with the database."""
    asked = questions(wanted, shown, now)
    return dict(zip(asked, together(session, list(asked.values())), strict=True))


def events(session: Session, wanted: Wanted, limit: int, before: tuple[Any, Any] | None = None) -> Sequence[Row]:
    """The newest occurrences and hits, or those that came in before the given moment and id; at most `limit`."""
    text = EVENTS.format(
        reported=WHERE.format(t="t", party="owner"), happened=WITHIN.format(t="t", at="happened_at"),
        hit=WHERE.format(t="t", party="asker"), raised=WITHIN.format(t="t", at="raised_at"),
    )  # fmt: skip
    at, last = before or (None, None)
    values = values_of(wanted) | {"limit": limit, "before": at, "before_id": last}
    return [dict(row) for row in session.exec_driver_sql(text, values).mappings()]
