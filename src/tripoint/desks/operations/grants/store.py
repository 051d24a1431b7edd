"""The table of rights for one operation; the sign-on reads it too (pre_0020)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tripoint.access.model import Role
from tripoint.base.database import Session
from tripoint.desks.operations.grants.model import Grant

GRANTS = """
select g.id, g.officer, o.name as officer_name, g.role, g.operation, g.from_at, g.until_at, g.granted_at, g.ended_at
  from role_grant g join officer o on o.id = g.officer
 where g.operation = %(operation)s order by g.granted_at desc, g.id
"""
ADD = """
insert into role_grant (id, party, officer, operation, role, from_at, until_at, granted_by)
values (%(id)s, %(party)s, %(officer)s, %(operation)s, %(role)s, %(from_at)s, %(until_at)s, %(by)s)
"""
END = "update role_grant set ended_at = now() where id = %(id)s and operation = %(operation)s and ended_at is null"
SPAN = """
select least(o.starts_at, min(p.starts_at)), greatest(o.ends_at, max(p.ends_at))
  from operation o left join operation_phase p on p.operation = o.id where o.id = %(operation)s
 group by o.starts_at, o.ends_at
"""


def grants(session: Session, operation: UUID) -> list[Grant]:
    """The own party's grants for an operation, latest first, ended ones too."""
    found = session.exec_driver_sql(GRANTS, {"operation": operation}).mappings()
    return [Grant(**{**row, "role": Role(row["role"])}) for row in found]


def add(session: Session, grant: Grant, party: int, by: UUID) -> None:
    """Keep a new grant."""
    session.exec_driver_sql(ADD, {
        "id": grant.id, "party": party, "officer": grant.officer, "operation": grant.operation, "role": grant.role.value,
        "from_at": grant.from_at, "until_at": grant.until_at, "by": by,
    })  # fmt: skip


def end(session: Session, operation: UUID, which: UUID) -> bool:
    """End a grant now, once the acts in hand are done; False when there is none such running."""
    return session.exec_driver_sql(END, {"id": which, "operation": operation}).rowcount == 1


def span(session: Session, operation: UUID) -> tuple[datetime, datetime]:
    """From when to when an operation runs, its phases counted; as its reader may see them."""
    begins, ends = session.exec_driver_sql(SPAN, {"operation": operation}).one()
    return begins, ends
