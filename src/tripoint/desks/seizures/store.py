"""The tables of the seizures' desk: items as they are counted, decisions about weights and doubles, totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from tripoint.base.database import Row as Found, Session, Statement, together
from tripoint.desks.seizures.model import (
    Double,
    DoubleDecision,
    GateDecision,
    Item,
    ItemFound,
    Looked,
    Row,
    Share,
)

FIELDS = tuple(Item.__slots__)
CLEAR = "delete from seizure_item where occurrence = %(id)s"
KEEP = f"""
insert into seizure_item (occurrence, owner, operation, set_aside, {", ".join(FIELDS)})
values (%(id)s, %(owner)s, %(operation)s, exists (select from seizure_gate g where g.occurrence = %(id)s
  and g.number = %(number)s and g.kilograms = %(kilograms)s::numeric and g.decision = 'wrong'), {", ".join(f"%({name})s" for name in FIELDS)})
"""  # noqa: S608 - names of ours
# A weight that somebody called wrong leaves the line, so that nothing counts it until it is corrected.
SHOW = """
update occurrence o set line = o.line || jsonb_build_object('valued_usd', v.usd, 'items', coalesce(l.items, '[]'::jsonb))
  from (select sum(central_usd)::text as usd from valuation where occurrence = %(id)s and published) v,
       (select jsonb_agg(case when s.set_aside then (i.item - 'kilograms') || '{"set_aside": true}' else i.item end order by i.number) as items
          from occurrence x cross join lateral jsonb_array_elements(x.line->'items') with ordinality as i(item, number)
          left join seizure_item s on s.occurrence = x.id and s.number = i.number where x.id = %(id)s) l
 where o.id = %(id)s and o.owner = %(owner)s
"""
ASIDE = "update seizure_item set set_aside = true where occurrence = %(id)s and number = %(number)s"
GATE = """
insert into seizure_gate (occurrence, number, kilograms, owner, decision, reason, decided_at, decided_by)
values (%(id)s, %(number)s, %(kilograms)s, %(owner)s, %(decision)s, %(reason)s, %(at)s, %(by)s) on conflict do nothing
"""
# Records of an operation with their event; the first of an event stands for it, as everywhere (desks/results/store.py).
MET = """
with met as (
  select o.id, o.owner, p.code, o.happened_at, o.state, o.post, coalesce(o.joint, o.id) as event, o.line,
         row_number() over (partition by coalesce(o.joint, o.id) order by o.id) = 1 as counted
    from occurrence o join party p on p.number = o.owner
   where o.operation = %(operation)s and o.kind = 'seizure' and o.state <> 'withdrawn')
"""
JUDGED = """
  join seizure_item i on i.occurrence = met.id
  left join seizure_gate g on g.occurrence = i.occurrence and g.number = i.number and g.kilograms = i.kilograms
"""
ROWS = f"""{MET}
select i.category, i.family, count(distinct met.id), count(*), coalesce(sum(i.kilograms) filter (where not i.set_aside), 0),
       coalesce(sum(i.quantity) filter (where i.unit = 'piece'), 0), coalesce(sum(i.rounds), 0)::bigint, coalesce(sum(i.plants), 0)::bigint,
       coalesce(sum(i.value_usd), 0), count(*) filter (where i.reason is not null),
       count(*) filter (where i.above and g.decision is null), coalesce(sum(i.kilograms) filter (where i.above and g.decision is null), 0),
       count(*) filter (where i.set_aside)
  from met {JUDGED} where met.counted group by i.category, i.family order by i.category, i.family
"""  # noqa: S608 - texts of ours
REASONS = f"""{MET}
select i.reason, count(*) from met join seizure_item i on i.occurrence = met.id
 where met.counted and i.reason is not null group by i.reason order by i.reason
"""  # noqa: S608 - texts of ours
COUNT = f"{MET} select count(distinct event) from met"  # noqa: S608 - texts of ours
SHARES = f"""{MET}, parts as (
  select event, code, sum(share) over (partition by event) as stated, share, count(*) over (partition by event) as parties
    from (select event, code, max((line->>'credit_share')::numeric) as share from met group by event, code) m),
got as (
  select met.event, sum(i.kilograms) filter (where i.category = 'drug' and i.family not in ('precursors', 'cutting_agents', 'other') and not i.set_aside) as drugs,
         sum(i.kilograms) filter (where i.category = 'precursor' and not i.set_aside) as precursors, sum(i.rounds) as rounds
    from met left join seizure_item i on i.occurrence = met.id where met.counted group by met.event),
credited as (
  select code, event, case when stated > 0 then coalesce(share, 0) / stated else 1.0 / parties end as part from parts)
select c.code, sum(c.part), coalesce(sum(c.part * g.drugs), 0), coalesce(sum(c.part * g.precursors), 0), coalesce(sum(c.part * g.rounds), 0)
  from credited c join got g using (event) group by c.code order by c.code
"""  # noqa: S608 - texts of ours
ITEMS = f"""{MET}
select met.id, met.code, met.happened_at, met.state, met.counted, i.*, g.decision, g.reason as decided_reason
  from met {JUDGED}
 where (%(category)s::text is null or i.category = %(category)s) and (%(family)s::text is null or i.family = %(family)s)
   and (%(seizure)s::uuid is null or met.id = %(seizure)s)
   and case %(only)s::text when 'above' then i.above when 'without_kilograms' then i.reason is not null when 'set_aside' then i.set_aside else true end
   and (%(after)s::uuid is null or (met.id, i.number) > (%(after)s, %(after_number)s))
 order by met.id, i.number limit %(limit)s
"""  # noqa: S608 - texts of ours
# Alike: of the same kind, the same three digits, within a day, at the same post; elsewhere only the very same amount of
# at least three digits that tell something. Records of one event are one already.
DOUBLES = f"""{MET}, alike as (
  select distinct on (a.id, b.id) a.id as one, b.id as other, a.code, b.code as other_code, a.happened_at, b.happened_at as other_at, i.category, i.family,
         i.amount, j.amount as other_amount, coalesce(a.post = b.post, false) as same_post, a.owner, b.owner as other_owner
    from met a join seizure_item i on i.occurrence = a.id
    join seizure_item j on j.operation = i.operation and j.likeness = i.likeness and j.occurrence > i.occurrence
    join met b on b.id = j.occurrence and abs(extract(epoch from b.happened_at - a.happened_at)) <= 86400
   where i.operation = %(operation)s and i.likeness is not null
     and (b.event <> a.event or exists (select from seizure_double s where s.one = a.id and s.other = b.id))
     and (a.post = b.post or (i.amount = j.amount and i.likeness !~ '[.][0-9]0e'))
   order by a.id, b.id, i.amount desc)
select w.*, d.decision, p.code as decided_by_party, d.reason
  from alike w left join lateral (select * from seizure_double s where s.one = w.one and s.other = w.other
    order by s.decided_at desc limit 1) d on true left join party p on p.number = d.owner
 order by d.decision is not null, w.happened_at desc, w.one, w.other limit %(limit)s
"""  # noqa: S608 - texts of ours
DECIDE = """
insert into seizure_double (one, other, owner, decision, reason, decided_at, decided_by)
values (%(one)s, %(other)s, %(owner)s, %(decision)s, %(reason)s, %(at)s, %(by)s) on conflict do nothing
"""
JOIN = """
update occurrence o set joint = coalesce((select x.joint from occurrence x where x.id = %(other)s), %(other)s)
 where o.id = %(mine)s and o.owner = %(owner)s
"""
MOST_DOUBLES = 500


def keep_items(
    session: Session, which: UUID, owner: int, operation: UUID, items: Sequence[Item]
) -> None:
    """Put the items of a seizure of the own party in the place of those that stood there."""
    known = {"id": which, "owner": owner, "operation": operation}
    rows = [Statement(KEEP, {**asdict(item), **known}) for item in items]
    together(session, [Statement(CLEAR, known), *rows])


def show(session: Session, which: UUID, owner: int) -> None:
    """Put into the line what the desk knows: the published worth, and which weights are not counted."""
    session.exec_driver_sql(SHOW, {"id": which, "owner": owner})


def judge(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep what was decided about a weight; False where it was decided before."""
    if session.exec_driver_sql(GATE, dict(row)).rowcount != 1:
        return False
    if row["decision"] == GateDecision.WRONG.value:
        session.exec_driver_sql(ASIDE, {"id": row["id"], "number": row["number"]})
    return True


def rows(session: Session, operation: UUID) -> list[Row]:
    """What was seized by category and family, each event once."""
    return [Row(*found) for found in session.exec_driver_sql(ROWS, {"operation": operation}).all()]


def reasons(session: Session, operation: UUID) -> dict[str, int]:
    """Why items have no kilograms, and how many."""
    return {str(reason): int(count) for reason, count in session.exec_driver_sql(REASONS, {"operation": operation}).all()}


def seizures(session: Session, operation: UUID) -> int:
    """How many events there were."""
    return int(session.exec_driver_sql(COUNT, {"operation": operation}).scalar_one())


def shares(session: Session, operation: UUID) -> list[Share]:
    """What is credited to each party."""
    return [Share(*found) for found in session.exec_driver_sql(SHARES, {"operation": operation}).all()]


def items(session: Session, looked: Looked) -> list[ItemFound]:
    """The items that somebody looks for, in the order of their seizures; one more than asked where there are more."""
    after, number = looked.after or (None, 0)
    row = {
        "operation": looked.operation, "category": looked.category, "family": looked.family, "seizure": looked.seizure,
        "only": looked.only.value if looked.only else None, "after": after, "after_number": number,
        "limit": looked.limit + 1,
    }  # fmt: skip
    return [item_found(found) for found in session.exec_driver_sql(ITEMS, row).mappings().all()]


def item_found(row: Found) -> ItemFound:
    """An item from its row."""
    decision = row["decision"]
    return ItemFound(
        row["id"], row["code"], row["happened_at"], row["state"], Item(**{name: row[name] for name in FIELDS}),
        row["set_aside"], GateDecision(decision) if decision else None, row["decided_reason"], row["counted"],
    )  # fmt: skip


def doubles(session: Session, operation: UUID, limit: int = MOST_DOUBLES) -> list[Double]:
    """Reports of an operation that look alike, those that wait for a decision first."""
    row = {"operation": operation, "limit": limit}
    return [
        Double(
            found["one"], found["other"], (found["code"], found["other_code"]),
            (found["happened_at"], found["other_at"]), found["category"], found["family"],
            (found["amount"], found["other_amount"]), found["same_post"],
            DoubleDecision(found["decision"]) if found["decision"] else None, found["decided_by_party"],
            found["reason"],
        )
        for found in session.exec_driver_sql(DOUBLES, row).mappings().all()
    ]  # fmt: skip


def decide_double(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep what a party said of two reports; False where it said so before."""
    return session.exec_driver_sql(DECIDE, dict(row)).rowcount == 1


def join_events(session: Session, mine: UUID, other: UUID, owner: int) -> None:
    """Make a record of the own party one event with another: together they count once."""
    session.exec_driver_sql(JOIN, {"mine": mine, "other": other, "owner": owner})
