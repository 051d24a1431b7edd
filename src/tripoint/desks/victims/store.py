"""The tables of the victims' desk: pathways and steps, targets, and the reports as they are counted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.victims.model import Case, Pathway, StepTaken, Target, Timeliness, Unit
from tripoint.words.referral import Step

OPEN = """
insert into victim_pathway (occurrence, owner, operation, child, step, since, due_at, opened_at)
values (%(id)s, %(owner)s, %(operation)s, %(child)s, %(step)s, %(since)s, %(due)s, %(opened)s)
on conflict (occurrence) do nothing
"""
TAKE = """
insert into victim_step (occurrence, number, owner, step, at, by_officer, service, noted, due_at, late)
select %(id)s, coalesce(max(number), 0) + 1, %(owner)s, %(step)s, %(at)s, %(by)s, %(service)s, %(noted)s::jsonb,
       %(due)s, coalesce(%(at)s > %(due)s::timestamptz, false)
  from victim_step where occurrence = %(id)s
"""
MOVE = """
update victim_pathway set step = %(step)s, since = %(since)s, due_at = %(due)s, told_late = false, closed_at = %(closed)s
 where occurrence = %(id)s
"""
PATHWAYS = """
select p.occurrence, p.operation, p.child, p.step, p.since, p.due_at, p.opened_at, p.closed_at, o.line
  from victim_pathway p join occurrence o on o.id = p.occurrence
 where (%(id)s::uuid is null or p.occurrence = %(id)s)
   and (%(operation)s::uuid is null or p.operation = %(operation)s) and o.state <> 'withdrawn'
 order by p.closed_at is not null, p.child desc, p.due_at nulls last, p.occurrence limit %(limit)s
"""
LOCK = "select 1 from victim_pathway where occurrence = %(id)s for update"
STEPS = """
select number, step, at, by_officer, service, noted, due_at, late from victim_step
 where occurrence = %(id)s order by number
"""
TARGETS = "select child, step, amount, unit from pathway_target where owner = %(owner)s"
SET_TARGET = """
insert into pathway_target (owner, child, step, amount, unit, set_at, set_by)
values (%(owner)s, %(child)s, %(step)s, %(amount)s, %(unit)s, %(at)s, %(by)s)
on conflict (owner, child, step) do update
   set amount = excluded.amount, unit = excluded.unit, set_at = excluded.set_at, set_by = excluded.set_by
"""
GROW = """
update victim_pathway set child = %(child)s, due_at = %(due)s, told_late = false
 where occurrence = %(id)s and child <> %(child)s
"""
SHOW_STEP = """
update occurrence set line = line || jsonb_build_object('referral', %(step)s::text)
 where id = %(id)s and owner = %(owner)s
"""
TIMELINESS = """
select s.step, p.child, count(*) as taken, count(*) filter (where s.late) as late,
       percentile_cont(0.5) within group (order by extract(epoch from s.at - coalesce(b.at, p.opened_at)) / 3600)
         as median_hours
  from victim_step s join victim_pathway p on p.occurrence = s.occurrence
  left join victim_step b on b.occurrence = s.occurrence and b.number = s.number - 1
 where s.owner = %(owner)s and (%(operation)s::uuid is null or p.operation = %(operation)s)
 group by s.step, p.child
"""
CASES = """
select o.id, o.version, o.happened_at, p.code, coalesce(o.line ->> 'age_group', 'unknown') as age_group, b.body
  from occurrence o join occurrence_body b on b.occurrence = o.id join party p on p.number = o.owner
 where o.kind = 'victim' and o.owner = %(owner)s and o.state <> 'withdrawn' and b.class = any(my_classes())
   and (%(operation)s::uuid is null or o.operation = %(operation)s)
 order by o.happened_at, o.id limit %(limit)s
"""
TELL_LATE = "select tell_late_pathways(%(at)s)"


def open_pathway(session: Session, owner: int, pathway: Pathway) -> bool:
    """Keep a new pathway; False where there is one already."""
    row = {
        "id": pathway.occurrence, "owner": owner, "operation": pathway.operation, "child": pathway.child,
        "step": pathway.step.value, "since": pathway.since, "due": pathway.due_at, "opened": pathway.opened_at,
    }  # fmt: skip
    return session.exec_driver_sql(OPEN, row).rowcount == 1


def take_step(session: Session, owner: int, which: UUID, taken: StepTaken) -> None:
    """Keep a step after those before it; its number and lateness are reckoned here."""
    session.exec_driver_sql(TAKE, {
        "id": which, "owner": owner, "step": taken.step.value, "at": taken.at, "by": taken.by_officer,
        "service": taken.service, "noted": json.dumps(taken.noted, ensure_ascii=False), "due": taken.due_at,
    })  # fmt: skip


def move(session: Session, which: UUID, step: Step, since: datetime, due: datetime | None) -> None:
    """Let a pathway stand at a step; its clock begins anew."""
    closed = since if step is Step.CLOSED else None
    session.exec_driver_sql(MOVE, {"id": which, "step": step.value, "since": since, "due": due, "closed": closed})


def grow(session: Session, which: UUID, *, child: bool, due: datetime | None) -> None:
    """Treat somebody as a child, or no longer, because the report was corrected; the clock changes only with that."""
    session.exec_driver_sql(GROW, {"id": which, "child": child, "due": due})


def show_step(session: Session, owner: int, which: UUID, step: Step) -> None:
    """Let the line of the report say where the pathway stands."""
    session.exec_driver_sql(SHOW_STEP, {"id": which, "owner": owner, "step": step.value})


def pathways(session: Session, operation: UUID | None, which: UUID | None = None, limit: int = 500) -> list[Pathway]:
    """The pathways that the reader may see, children first, or the one of a report."""
    row = {"operation": operation, "id": which, "limit": limit}
    return [pathway_of(found) for found in session.exec_driver_sql(PATHWAYS, row).mappings().all()]


def pathway_of(row: Row) -> Pathway:
    """A pathway from its row."""
    return Pathway(
        row["occurrence"], row["operation"], row["child"], Step(row["step"]), row["since"], row["due_at"],
        row["opened_at"], row["closed_at"], row["line"],
    )  # fmt: skip


def lock(session: Session, which: UUID) -> None:
    """Let nobody else move this pathway until the transaction ends."""
    session.exec_driver_sql(LOCK, {"id": which})


def steps(session: Session, which: UUID) -> list[StepTaken]:
    """The steps of a pathway in their order."""
    rows = session.exec_driver_sql(STEPS, {"id": which}).all()
    return [StepTaken(row[0], Step(row[1]), *row[2:]) for row in rows]


def own_targets(session: Session, owner: int) -> list[Target]:
    """The times that the party has set."""
    rows = session.exec_driver_sql(TARGETS, {"owner": owner}).all()
    return [Target(child, Step(step), amount, Unit(unit)) for child, step, amount, unit in rows]


def set_targets(session: Session, owner: int, targets: Iterable[Target], at: datetime, by: UUID) -> None:
    """Keep times of the party's own."""
    for one in targets:
        session.exec_driver_sql(SET_TARGET, {
            "owner": owner, "child": one.child, "step": one.step.value, "amount": one.amount, "unit": one.unit.value,
            "at": at, "by": by,
        })  # fmt: skip


def timeliness(session: Session, owner: int, operation: UUID | None) -> list[Timeliness]:
    """How the steps of the own party kept their time."""
    rows = session.exec_driver_sql(TIMELINESS, {"owner": owner, "operation": operation}).all()
    order = [*Step]
    found = [
        Timeliness(Step(step), child, taken, late, None if median is None else round(float(median), 2))
        for step, child, taken, late, median in rows
    ]
    return sorted(found, key=lambda one: (order.index(one.step), not one.child))


def cases(session: Session, owner: int, operation: UUID | None, limit: int) -> list[Case]:
    """The own party's reports on victims for readers of their class; identity is not among their values."""
    row: dict[str, Any] = {"owner": owner, "operation": operation, "limit": limit}
    return [Case(*found) for found in session.exec_driver_sql(CASES, row).all()]


def tell_late(session: Session, at: datetime) -> int:
    """Tell the parties of steps that are late by then; how many. For the relay only."""
    return int(session.exec_driver_sql(TELL_LATE, {"at": at}).scalar_one())
