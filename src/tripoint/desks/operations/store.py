"""The tables of an operation and its posts; triggers recompile the terms of records that name an operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from tripoint.base.database import Session
from tripoint.base.errors import Conflict
from tripoint.desks.operations.model import Frame, Plan, PlannedPost, PostKind

ADD = """
insert into operation (id, name, family, edition, starts_at, ends_at, coordinator, project, funder, time_zone,
                       stated_count, report_due, shares_reporting)
values (%(id)s, %(name)s, coalesce(%(family)s, ''), coalesce(%(edition)s, ''), %(starts_at)s, %(ends_at)s,
        %(coordinator)s, coalesce(%(project)s, ''), coalesce(%(funder)s, ''), coalesce(%(time_zone)s, 'UTC'),
        %(stated_count)s, %(report_due)s, coalesce(%(shares_reporting)s, true))
"""
# What is null stays as it is; a stated count that is not given again does not outlive the list it was stated of.
CHANGE = """
update operation set name = %(name)s, starts_at = %(starts_at)s, ends_at = %(ends_at)s,
       family = coalesce(%(family)s, family), edition = coalesce(%(edition)s, edition),
       project = coalesce(%(project)s, project), funder = coalesce(%(funder)s, funder),
       time_zone = coalesce(%(time_zone)s, time_zone), stated_count = %(stated_count)s,
       report_due = case when %(says_due)s then %(report_due)s else coalesce(%(report_due)s, report_due) end,
       shares_reporting = coalesce(%(shares_reporting)s, shares_reporting)
 where id = %(id)s
"""
FRAME = """
select project, funder, time_zone, stated_count, report_due, shares_reporting from operation where id = %(id)s
"""
ADMIT = """
insert into participation (operation, party) select %(id)s, unnest(%(parties)s::smallint[]) on conflict do nothing
"""
DISMISS = "delete from participation where operation = %(id)s and party <> all(%(parties)s::smallint[])"
ADD_POST = """
insert into post (id, operation, party, name, kind, latitude, longitude, hotspot, priority, time_zone, officers_wanted,
                  closed)
values (%(id)s, %(operation)s, %(party)s, %(name)s, %(kind)s, %(latitude)s, %(longitude)s, %(hotspot)s, %(priority)s,
        %(time_zone)s, %(officers_wanted)s, %(closed)s)
"""
CHANGE_POST = """
update post set name = %(name)s, kind = %(kind)s, latitude = %(latitude)s, longitude = %(longitude)s,
       hotspot = %(hotspot)s, priority = %(priority)s, time_zone = %(time_zone)s,
       officers_wanted = %(officers_wanted)s, closed = %(closed)s
 where id = %(id)s and operation = %(operation)s
"""
POSTS = """
select t.id, t.name, t.kind, p.code as party, t.latitude, t.longitude, t.hotspot, t.priority, t.time_zone,
       t.officers_wanted, t.closed
  from post t join party p on p.number = t.party where t.operation = %(id)s order by t.priority, t.name, t.id
"""


def plan_row(plan: Plan) -> dict[str, Any]:
    """The columns of a plan."""
    return {name: value for name, value in asdict(plan).items() if name != "participants"}


def add(session: Session, which: UUID, plan: Plan, coordinator: int) -> None:
    """Keep a new operation; its parties follow by `set_participants`."""
    session.exec_driver_sql(ADD, {"id": which, "coordinator": coordinator, **plan_row(plan)})


def change(session: Session, which: UUID, plan: Plan) -> bool:
    """Write what the plan gives; False when the party stood under does not coordinate it."""
    return session.exec_driver_sql(CHANGE, {"id": which, **plan_row(plan)}).rowcount == 1


def frame(session: Session, which: UUID) -> Frame:
    """What the operation belongs to and how it is run."""
    return Frame(*session.exec_driver_sql(FRAME, {"id": which}).one())


def set_participants(session: Session, which: UUID, parties: Iterable[int]) -> None:
    """Let exactly these parties take part."""
    row = {"id": which, "parties": list(parties)}
    session.exec_driver_sql(DISMISS, row)
    session.exec_driver_sql(ADMIT, row)


def post_row(which: UUID, operation: UUID, post: PlannedPost) -> dict[str, Any]:
    """The columns of a post but its party."""
    return {**asdict(post), "kind": post.kind.value, "id": which, "operation": operation}


def add_post(session: Session, which: UUID, operation: UUID, post: PlannedPost, party: int) -> None:
    """Keep a new post."""
    session.exec_driver_sql(ADD_POST, {**post_row(which, operation, post), "party": party})


def change_post(session: Session, which: UUID, operation: UUID, post: PlannedPost) -> bool:
    """Write a post anew, its party aside; False when there is none such that may be changed."""
    row = post_row(which, operation, post)
    return session.exec_driver_sql(CHANGE_POST, row).rowcount == 1


def posts(session: Session, operation: UUID) -> tuple[PlannedPost, ...]:
    """The posts of an operation, the most important first."""
    found = session.exec_driver_sql(POSTS, {"id": operation}).mappings().all()
    return tuple(PlannedPost(**{**row, "kind": PostKind(row["kind"])}) for row in found)


def drop(session: Session, statement: str, row: Mapping[str, Any]) -> None:
    """Take entries out of a list. Raises Conflict when shifts or reports name one of them."""
    try:
        with session.begin_nested():
            session.exec_driver_sql(statement, dict(row))
    except IntegrityError as error:
        raise Conflict(
            "An entry that would go is named by shifts or reports.", field="id", remedy="Keep it in the list."
        ) from error
