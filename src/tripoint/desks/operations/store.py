"""The tables of the operations desk; triggers recompile the terms of records that name an operation."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.operations.model import Plan, PlannedPost

ADD = """
insert into operation (id, name, family, edition, starts_at, ends_at, coordinator)
values (%(id)s, %(name)s, %(family)s, %(edition)s, %(starts_at)s, %(ends_at)s, %(coordinator)s)
"""
CHANGE = "update operation set name = %(name)s, starts_at = %(starts_at)s, ends_at = %(ends_at)s where id = %(id)s"
ADMIT = """
insert into participation (operation, party) select %(id)s, unnest(%(parties)s::smallint[]) on conflict do nothing
"""
DISMISS = "delete from participation where operation = %(id)s and party <> all(%(parties)s::smallint[])"
ADD_POST = """
insert into post (id, operation, party, name, kind, latitude, longitude)
values (%(id)s, %(operation)s, %(party)s, %(name)s, %(kind)s, %(latitude)s, %(longitude)s)
"""


def add(session: Session, which: UUID, plan: Plan, coordinator: int) -> None:
    """Keep a new operation; its parties follow by `set_participants`."""
    session.exec_driver_sql(ADD, {
        "id": which, "name": plan.name, "family": plan.family, "edition": plan.edition, "starts_at": plan.starts_at,
        "ends_at": plan.ends_at, "coordinator": coordinator,
    })  # fmt: skip


def change(session: Session, which: UUID, plan: Plan) -> bool:
    """Write a new name and new dates; False when the party stood under does not coordinate it."""
    row = {"id": which, "name": plan.name, "starts_at": plan.starts_at, "ends_at": plan.ends_at}
    return session.exec_driver_sql(CHANGE, row).rowcount == 1


def set_participants(session: Session, which: UUID, parties: Iterable[int]) -> None:
    """Let exactly these parties take part."""
    row = {"id": which, "parties": list(parties)}
    session.exec_driver_sql(DISMISS, row)
    session.exec_driver_sql(ADMIT, row)


def add_post(session: Session, which: UUID, operation: UUID, post: PlannedPost, party: int) -> None:
    """Keep a new post."""
    session.exec_driver_sql(ADD_POST, {
        "id": which, "operation": operation, "party": party, "name": post.name, "kind": post.kind.value,
        "latitude": post.latitude, "longitude": post.longitude,
    })  # fmt: skip
