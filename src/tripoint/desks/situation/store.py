"""The tables of daily reports, and what was filed to set against them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.situation.model import (
    Asked,
    Declaration,
    Expected,
    Figures,
    Measure,
    Report,
    Reporter,
    ReportState,
    Sent,
    Version,
)

ASKED = """
select id, coordinator, starts_at, ends_at, time_zone, report_due, shares_reporting from operation
"""
OF_ONE = ASKED + " where id = %(operation)s"
STILL_ASKING = ASKED + " where report_due is not null and starts_at <= now() and ends_at > %(since)s"
# A party reports as one, unless services of it report each for itself.
REPORTERS = """
select t.party, coalesce(p.time_zone, o.time_zone), a.id
  from participation t join operation o on o.id = t.operation
  left join operation_party p on p.operation = t.operation and p.party = t.party
  left join operation_agency a on a.operation = t.operation and a.party = t.party and a.reports
 where t.operation = %(operation)s order by t.party, a.id
"""
# What was sent, as the relay sees it, and as far as the reader's party may know.
SENT = """
select owner, agency, day, sent_at from situation_report where operation = %(operation)s and state <> 'withdrawn'
"""
SENT_AS_SHARED = "select party, agency, day, sent_at from reports_sent(%(operation)s)"
RAISED = "select party, agency, day from situation_alarm where operation = %(operation)s"
RAISE = """
insert into situation_alarm (operation, party, agency, day, due_at)
values (%(operation)s, %(party)s, %(agency)s, %(day)s, %(due_at)s)
"""
AGENCIES = "select id, party, name from operation_agency where operation = %(operation)s"
REPORTS = """
select r.id, r.operation, p.code as owner, r.agency, a.name as agency_name, r.day, r.due_at, r.sent_at, r.state,
       r.version, r.figures, r.remarks, r.changed_at
  from situation_report r join party p on p.number = r.owner left join operation_agency a on a.id = r.agency
 where (%(id)s::uuid is null or r.id = %(id)s) and (%(operation)s::uuid is null or r.operation = %(operation)s)
   and (%(day)s::date is null or r.day = %(day)s) and (%(party)s::text is null or p.code = %(party)s)
 order by r.day desc, r.owner <> me(), p.code, a.name nulls first, r.id limit %(limit)s
"""
KEPT_DIGEST = "select digest from situation_report where id = %(id)s and owner = me()"
ADD = """
insert into situation_report (id, operation, owner, agency, day, due_at, sent_at, state, figures, remarks, digest,
                              filed_by, changed_at)
values (%(id)s, %(operation)s, %(owner)s, %(agency)s, %(day)s, %(due_at)s, %(now)s, %(state)s, %(figures)s::jsonb,
        %(remarks)s, %(digest)s, %(by)s, %(now)s)
on conflict do nothing
"""
KEEP_VERSION = """
insert into situation_history (report, version, owner, operation, state, figures, remarks, reason, changed_at, changed_by)
select id, version, owner, operation, state, figures, remarks, %(reason)s, %(now)s, %(by)s
  from situation_report where id = %(id)s and owner = me() and version = %(version)s
"""
CHANGE = """
update situation_report set state = %(state)s, figures = %(figures)s::jsonb, remarks = %(remarks)s,
       version = version + 1, changed_at = %(now)s
 where id = %(id)s and owner = me() and version = %(version)s
"""
VERSIONS = """
select version, state, figures, remarks, reason, changed_at from situation_history
 where report = %(id)s and owner = (select number from party where code = %(owner)s) order by version desc
"""
# What the reader may know of was filed by a party between two moments.
FILED_CHECKS = """
select coalesce(sum(checks), 0) as checks_database, coalesce(sum(persons), 0) as checks_persons,
       coalesce(sum(documents), 0) as checks_documents, coalesce(sum(vehicles), 0) as checks_vehicles,
       coalesce(sum(firearms), 0) as checks_firearms
  from check_count where operation = %(operation)s and party = %(party)s and minute >= %(begins)s and minute < %(ends)s
"""
FILED_HITS = """
select count(*) as hits from hit
 where operation = %(operation)s and asker = %(party)s and raised_at >= %(begins)s and raised_at < %(ends)s
"""
FILED_OCCURRENCES = """
select count(*) filter (where kind = 'arrest') as arrests,
       count(*) filter (where kind = 'arrest' and (line->>'other_crime')::boolean) as arrests_other_crimes,
       count(*) filter (where kind = 'victim' and line->>'status' = 'potential') as victims_potential,
       count(*) filter (where kind = 'victim' and line->>'status' = 'identified') as victims_identified,
       count(*) filter (where kind = 'victim' and line->>'age_group' = 'child'
                          and line->>'status' in ('potential', 'identified')) as victims_children,
       count(*) filter (where kind = 'detection') as detections, count(*) filter (where kind = 'seizure') as seizures,
       count(*) filter (where kind = 'freeze') as freezes,
       count(*) filter (where kind = 'group' and (line->>'disrupted')::boolean) as groups_disrupted,
       count(*) filter (where kind = 'investigation') as investigations,
       count(*) filter (where kind = 'incident') as incidents,
       count(*) filter (where kind = 'notice_request') as notices_requested,
       count(*) filter (where kind = 'interview') as interviews
  from occurrence
 where operation = %(operation)s and owner = %(party)s and state <> 'withdrawn'
   and happened_at >= %(begins)s and happened_at < %(ends)s
"""


def asked(session: Session, operation: UUID) -> Asked:
    """What reports an operation asks for."""
    return asked_from(session, session.exec_driver_sql(OF_ONE, {"operation": operation}).one())


def still_asking(session: Session, since: datetime) -> list[Asked]:
    """The operations that ask for daily reports and still ran at `since`; for the relay."""
    return [asked_from(session, row) for row in session.exec_driver_sql(STILL_ASKING, {"since": since}).all()]


def asked_from(session: Session, row: Any) -> Asked:
    """What is asked for, of its row."""
    which, coordinator, starts, ends, zone, due, shares = row
    return Asked(which, coordinator, starts, ends, zone, due, shares, reporters(session, which))


def reporters(session: Session, operation: UUID) -> tuple[Reporter, ...]:
    """Who sends reports: parties, or services of theirs."""
    return tuple(Reporter(*row) for row in session.exec_driver_sql(REPORTERS, {"operation": operation}).all())


def sent(session: Session, operation: UUID, *, shared: bool = False) -> list[Sent]:
    """What was sent; `shared` as far as the reader's party may know, else as the relay sees it."""
    statement = SENT_AS_SHARED if shared else SENT
    return [Sent(*row) for row in session.exec_driver_sql(statement, {"operation": operation}).all()]


def raised(session: Session, operation: UUID) -> set[tuple[int, UUID | None, date]]:
    """For which reports an alarm was raised already."""
    return {(row[0], row[1], row[2]) for row in session.exec_driver_sql(RAISED, {"operation": operation}).all()}


def raise_alarm(session: Session, operation: UUID, missing: Expected) -> None:
    """Remember that the alarm for a missing report was raised."""
    session.exec_driver_sql(RAISE, {
        "operation": operation, "party": missing.party, "agency": missing.agency, "day": missing.day,
        "due_at": missing.due_at,
    })  # fmt: skip


def agencies(session: Session, operation: UUID) -> dict[UUID, tuple[int, str]]:
    """The services of an operation: party number and name by id."""
    found = session.exec_driver_sql(AGENCIES, {"operation": operation}).all()
    return {which: (party, name) for which, party, name in found}


def reports(
    session: Session, *, which: UUID | None = None, operation: UUID | None = None, day: date | None = None,
    party: str | None = None, limit: int = 500,
) -> list[Report]:  # fmt: skip
    """The reports that the reader may see, latest day first."""
    row = {"id": which, "operation": operation, "day": day, "party": party, "limit": limit}
    return [report_from(dict(found)) for found in session.exec_driver_sql(REPORTS, row).mappings()]


def report_from(row: dict[str, Any]) -> Report:
    """A report of its row."""
    return Report(**{**row, "state": ReportState(row["state"]), "figures": figures_from(row["figures"])})


def figures_from(kept: dict[str, int]) -> dict[Measure, int]:
    """Figures as they were kept."""
    return {Measure(name): value for name, value in kept.items()}


def written(figures: Figures) -> str:
    """Figures as they are kept."""
    return json.dumps({measure.value: value for measure, value in figures.items()})


def kept_digest(session: Session, which: UUID) -> bytes | None:
    """The digest of a report of the own party under this id."""
    found: bytes | None = session.exec_driver_sql(KEPT_DIGEST, {"id": which}).scalar()
    return found


def add(
    session: Session, one: Declaration, *, owner: int, due_at: datetime | None, digest: bytes, by: UUID, now: datetime
) -> bool:
    """Keep a report; False when its id is taken, or the day has a report already."""
    row = {
        "id": one.id, "operation": one.operation, "owner": owner, "agency": one.agency, "day": one.day,
        "due_at": due_at, "now": now, "state": one.state.value, "figures": written(one.figures),
        "remarks": one.remarks, "digest": digest, "by": by,
    }  # fmt: skip
    return session.exec_driver_sql(ADD, row).rowcount == 1


def change(session: Session, before: Report, after: Report, *, reason: str, by: UUID, now: datetime) -> bool:
    """Keep the earlier version with the reason and write the new one; False when another was quicker."""
    row = {
        "id": before.id, "version": before.version, "reason": reason, "by": by, "now": now,
        "state": after.state.value, "figures": written(after.figures), "remarks": after.remarks,
    }  # fmt: skip
    kept = session.exec_driver_sql(KEEP_VERSION, row).rowcount == 1
    return kept and session.exec_driver_sql(CHANGE, row).rowcount == 1


def versions(session: Session, report: Report) -> list[Version]:
    """The earlier versions of a report, latest first."""
    found = session.exec_driver_sql(VERSIONS, {"id": report.id, "owner": report.owner}).all()
    return [
        Version(version, ReportState(state), figures_from(figures), remarks, reason, at)
        for version, state, figures, remarks, reason, at in found
    ]


def filed(session: Session, operation: UUID, party: int, begins: datetime, ends: datetime) -> dict[Measure, int]:
    """What a party filed between two moments, as far as the reader may know, measure by measure."""
    row = {"operation": operation, "party": party, "begins": begins, "ends": ends}
    return {Measure(name): int(value) for name, value in columns(session, row)}


def columns(session: Session, row: dict[str, Any]) -> Iterable[tuple[str, int]]:
    """Names and values of the three counts."""
    for statement in (FILED_CHECKS, FILED_HITS, FILED_OCCURRENCES):
        yield from session.exec_driver_sql(statement, row).mappings().one().items()
