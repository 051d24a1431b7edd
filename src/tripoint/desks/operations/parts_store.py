"""The tables of an operation's parts: phases, hubs, partners, what each party brings; and their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.operations import store
from tripoint.desks.operations.model import (
    AgencyKind,
    Partner,
    PartnerRole,
    PartyPart,
    Phase,
    PhaseKind,
    PlanChange,
    Site,
    SiteKind,
    TakingAgency,
)

PHASES = """
select id, kind, starts_at, ends_at, remarks from operation_phase where operation = %(operation)s order by starts_at, id
"""
SITES = """
select s.id, s.kind, s.name, s.place, s.time_zone, p.code as host, s.latitude, s.longitude, s.contact
  from hub_site s left join party p on p.number = s.host where s.operation = %(operation)s order by s.kind, s.name, s.id
"""
PARTNERS = """
select r.id, r.name, r.role, r.duties, r.contact, p.code as party
  from operation_partner r left join party p on p.number = r.party
 where r.operation = %(operation)s order by r.name, r.id
"""
PARTS = """
select p.code as party, coalesce(o.time_zone, e.time_zone) as time_zone, coalesce(o.territories, '{}') as territories,
       coalesce(o.contact, '') as contact
  from (select party from participation where operation = %(operation)s
        union select coordinator from operation where id = %(operation)s) as t
  join party p on p.number = t.party join operation e on e.id = %(operation)s
  left join operation_party o on o.operation = e.id and o.party = t.party order by p.code
"""
AGENCIES = """
select p.code as party, a.id, a.name, a.kind, a.focal_point, a.reports
  from operation_agency a join party p on p.number = a.party where a.operation = %(operation)s order by a.name, a.id
"""
KEEP_PART = """
insert into operation_party (operation, party, time_zone, territories, contact)
values (%(operation)s, %(party)s, %(time_zone)s, %(territories)s, %(contact)s)
on conflict (operation, party) do update set time_zone = excluded.time_zone, territories = excluded.territories,
   contact = excluded.contact
"""
HISTORY = """
select h.part, h.object, p.code as party, h.act, h.at, b.code as by_party,
       case when h.by_party = me() then h.officer end as officer, h.was, h.became
  from operation_history h left join party p on p.number = h.party left join party b on b.number = h.by_party
 where h.operation = %(operation)s order by h.id desc limit %(limit)s
"""
# The columns of each list that its coordinator or party writes whole.
LISTS: Mapping[str, tuple[str, ...]] = {
    "operation_phase": ("kind", "starts_at", "ends_at", "remarks"),
    "hub_site": ("kind", "name", "place", "host", "latitude", "longitude", "time_zone", "contact"),
    "operation_partner": ("name", "role", "duties", "contact", "party"),
    "operation_agency": ("party", "name", "kind", "focal_point", "reports"),
}


def write_list(
    session: Session, table: str, operation: UUID, rows: Sequence[Mapping[str, Any]], party: int | None = None
) -> None:
    """Let exactly these rows (each with its id) stand in a list; those that stay keep their history.

    Raises Conflict when a row would go that shifts or reports name.
    """
    columns = LISTS[table]
    kept = {"operation": operation, "ids": [row["id"] for row in rows], "party": party}
    only = "" if party is None else " and party = %(party)s"
    drop = f"delete from {table} where operation = %(operation)s and id <> all(%(ids)s::uuid[]){only}"  # noqa: S608 - our own names
    store.drop(session, drop, kept)
    for row in rows:
        write_row(session, table, operation, columns, row)


def write_row(
    session: Session, table: str, operation: UUID, columns: Iterable[str], row: Mapping[str, Any]
) -> None:
    """Add a row of a list, or change the one of its id within the same operation."""
    names = ", ".join(columns)
    values = ", ".join(f"%({name})s" for name in columns)
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns)
    session.exec_driver_sql(
        f"insert into {table} (id, operation, {names}) values (%(id)s, %(operation)s, {values})"  # noqa: S608 - our own names
        f" on conflict (id) do update set {changed} where {table}.operation = excluded.operation",
        {**row, "operation": operation},
    )


def keep_part(session: Session, operation: UUID, party: int, part: PartyPart) -> None:
    """Keep how a party takes part; its agencies follow by `write_list`."""
    session.exec_driver_sql(KEEP_PART, {
        "operation": operation, "party": party, "time_zone": part.time_zone, "territories": list(part.territories),
        "contact": part.contact,
    })  # fmt: skip


def rows_of(session: Session, statement: str, operation: UUID) -> list[dict[str, Any]]:
    """What one of this module's questions finds for an operation."""
    return [dict(row) for row in session.exec_driver_sql(statement, {"operation": operation}).mappings()]


def phases(session: Session, operation: UUID) -> tuple[Phase, ...]:
    """The phases, earliest first."""
    return tuple(Phase(**{**row, "kind": PhaseKind(row["kind"])}) for row in rows_of(session, PHASES, operation))


def sites(session: Session, operation: UUID) -> tuple[Site, ...]:
    """Hubs, then support units, by name."""
    return tuple(Site(**{**row, "kind": SiteKind(row["kind"])}) for row in rows_of(session, SITES, operation))


def partners(session: Session, operation: UUID) -> tuple[Partner, ...]:
    """The partners, by name."""
    return tuple(Partner(**{**row, "role": PartnerRole(row["role"])}) for row in rows_of(session, PARTNERS, operation))


def parts(session: Session, operation: UUID) -> tuple[PartyPart, ...]:
    """How each party takes part, by code; in the operation's own time where it has not said."""
    agencies: dict[str, list[TakingAgency]] = {}
    for row in rows_of(session, AGENCIES, operation):
        party = row.pop("party")
        agencies.setdefault(party, []).append(TakingAgency(**{**row, "kind": AgencyKind(row["kind"])}))
    return tuple(
        PartyPart(
            **{**row, "territories": tuple(row["territories"])}, agencies=tuple(agencies.get(row["party"], ()))
        )
        for row in rows_of(session, PARTS, operation)
    )


def history(session: Session, operation: UUID, limit: int) -> list[PlanChange]:
    """What changed, latest first; of rosters only the own party's."""
    found = session.exec_driver_sql(HISTORY, {"operation": operation, "limit": limit}).mappings()
    return [PlanChange(**row) for row in found]


def row_of(part: Phase | Site | Partner | TakingAgency, numbers: Mapping[str, int]) -> dict[str, Any]:
    """The columns of one entry of a list, parties as their numbers."""
    row = asdict(part)
    for name in ("host", "party"):
        if row.get(name) is not None:
            row[name] = numbers[row[name]]
    return row
