"""The table of shifts: the own party's rows, and everybody's spans without names."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.operations.roster.model import Place, Shift, Span

PLACES = """
select t.id, t.name, p.code as party, t.time_zone, t.officers_wanted, true as is_post, t.closed
  from post t join party p on p.number = t.party where t.operation = %(operation)s
union all
select s.id, s.name, p.code, s.time_zone, 0, false, false
  from hub_site s left join party p on p.number = s.host where s.operation = %(operation)s
 order by 2, 1
"""
SHIFTS = """
select s.id, s.officer, o.name as officer_name, coalesce(s.post, s.site) as place, s.starts_at, s.ends_at, s.cancelled,
       s.remarks
  from shift s join officer o on o.id = s.officer
 where s.operation = %(operation)s and s.starts_at < %(ends)s and %(begins)s < s.ends_at order by s.starts_at, s.id
"""
OF_OFFICER = """
select s.id, s.officer, o.name as officer_name, coalesce(s.post, s.site) as place, s.starts_at, s.ends_at, s.cancelled,
       s.remarks
  from shift s join officer o on o.id = s.officer
 where s.officer = %(officer)s and s.id <> %(id)s and not s.cancelled
   and s.starts_at < %(ends)s and %(begins)s < s.ends_at order by s.starts_at
"""
SPANS = """
select coalesce(s.post, s.site), p.code, s.starts_at, s.ends_at
  from shift_spans(%(operation)s) s join party p on p.number = s.party
 where s.starts_at < %(ends)s and %(begins)s < s.ends_at order by s.starts_at, 2, 1
"""
STANDING = "select operation, officer from shift where id = %(id)s"
ONE_AT_A_TIME = "select pg_advisory_xact_lock(7261006, hashtext(%(officer)s::text))"  # the same as refuse_overlap takes
ADD = """
insert into shift (id, operation, party, officer, post, site, starts_at, ends_at, cancelled, remarks)
values (%(id)s, %(operation)s, %(party)s, %(officer)s, %(post)s, %(site)s, %(starts_at)s, %(ends_at)s, %(cancelled)s,
        %(remarks)s)
on conflict (party, id) do nothing
"""
CHANGE = """
update shift set post = %(post)s, site = %(site)s, starts_at = %(starts_at)s, ends_at = %(ends_at)s,
       cancelled = %(cancelled)s, remarks = %(remarks)s
 where id = %(id)s
"""


def places(session: Session, operation: UUID) -> tuple[Place, ...]:
    """Posts and hubs of an operation, by name."""
    found = session.exec_driver_sql(PLACES, {"operation": operation}).mappings()
    return tuple(Place(**row) for row in found)


def shifts(session: Session, operation: UUID, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
    """The own party's shifts that touch the time, earliest first."""
    row = {"operation": operation, "begins": begins, "ends": ends}
    return tuple(Shift(**found) for found in session.exec_driver_sql(SHIFTS, row).mappings())


def spans(session: Session, operation: UUID, begins: datetime, ends: datetime) -> tuple[Span, ...]:
    """When somebody stands somewhere, of all parties."""
    row = {"operation": operation, "begins": begins, "ends": ends}
    return tuple(Span(*found) for found in session.exec_driver_sql(SPANS, row).all())


def others_of(session: Session, shift: Shift) -> list[Shift]:
    """The other shifts of its officer that touch its time, in any operation; nobody adds one until this is done."""
    session.exec_driver_sql(ONE_AT_A_TIME, {"officer": shift.officer})
    row = {"officer": shift.officer, "id": shift.id, "begins": shift.starts_at, "ends": shift.ends_at}
    return [Shift(**found) for found in session.exec_driver_sql(OF_OFFICER, row).mappings()]


def standing(session: Session, which: UUID) -> tuple[UUID, UUID] | None:
    """Operation and officer of a shift of the own party; None when there is none such."""
    row = session.exec_driver_sql(STANDING, {"id": which}).first()
    return None if row is None else (row[0], row[1])


def keep(session: Session, operation: UUID, party: int, shift: Shift, *, is_post: bool, new: bool) -> bool:
    """Add a shift, or change it; False when its id is taken."""
    row = {
        "id": shift.id, "operation": operation, "party": party, "officer": shift.officer,
        "post": shift.place if is_post else None, "site": None if is_post else shift.place,
        "starts_at": shift.starts_at, "ends_at": shift.ends_at, "cancelled": shift.cancelled, "remarks": shift.remarks,
    }  # fmt: skip
    return session.exec_driver_sql(ADD if new else CHANGE, row).rowcount == 1
