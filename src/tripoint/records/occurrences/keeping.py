"""How long reports are kept: what comes due, renewed or shortened by their owner with a reason, erased early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import classes_of
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.records.occurrences import keeping_store as store, rules
from tripoint.records.occurrences.model import OccurrenceKind
from tripoint.records.occurrences.work import check_version, row_to
from tripoint.records.retention import store as proofs
from tripoint.records.retention.model import Erasure, Why
from tripoint.records.rules import months_later, years_later

ASKED_BEFORE = 3  # months in which the owner is asked
# Years a report is kept unless its owner says shorter, from the day it was filed; the database counts the same. As
# records of persons are (INTERPOL's Rules on the Processing of Data, Art. 49), but of people to protect no longer than
# it takes to protect them: a victim's pathway takes more than a year, a migrant's meeting and a conversation less.
# A recovered firearm as one on a list.
USUAL = 5
OTHERWISE = {"detection": 1, "interview": 1, "victim": 2, "incident": 3, "recovery": 30}
KEPT_YEARS: Mapping[OccurrenceKind, int] = MappingProxyType(
    {kind: OTHERWISE.get(kind.value, USUAL) for kind in OccurrenceKind}
)


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report of the own party whose time runs out, without its content."""

    id: UUID
    kind: OccurrenceKind
    operation: UUID
    version: int
    retain_until: date


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a report is kept now."""

    id: UUID
    kind: OccurrenceKind
    version: int
    retain_until: date


def list_due(visit: Visit, operation: UUID | None, limit: int) -> list[ReportDue]:
    """Reports of the own party that are erased within three months unless they are renewed, soonest first."""
    today = visit.clock().date()
    found = store.due(visit.session, today, months_later(today, ASKED_BEFORE), operation, limit)
    visit.note(AuditNote(Act.LIST_DUE, "occurrence"))
    return [ReportDue(id, OccurrenceKind(kind), of, version, until) for id, kind, of, version, until in found]


def keep_until(
    visit: Visit, kind: OccurrenceKind, which: UUID, *, version: int, until: date | None, reason: str
) -> Kept:
    """Keep a report of the own party shorter or longer, counted from today and within the clock of its kind.

    Raises NotFound, NotAllowed for another party's and for a class that the officer does not open, Conflict when it
    changed, BadInput for a day that has passed or lies beyond.
    """
    check_decides(visit, kind, which, version)
    day = day_of(kind, visit.clock().date(), until)
    if not store.keep_until(visit.session, which, version, day):
        raise Conflict("The report was changed at the same moment.", field="version", remedy="Read it again.")
    visit.note(AuditNote(Act.RENEW_RECORD, kind.value, which, visit.party, version, reason=reason))
    return Kept(which, kind, version, day)


def erase(visit: Visit, kind: OccurrenceKind, which: UUID, *, version: int, why: Why, reason: str) -> Erasure:
    """Erase a report of the own party before its time: line, body, history, links, custody, keys. A proof is left.

    Raises as `keep_until` does.
    """
    check_decides(visit, kind, which, version)
    if not store.erase(visit.session, which, version, why, reason):
        raise Conflict("The report was changed at the same moment.", field="version", remedy="Read it again.")
    visit.note(AuditNote(Act.ERASE_RECORD, kind.value, which, visit.party, version, reason=reason, outcome=why.value))
    return proofs.erasures(visit.session, which, 1)[0]


def check_decides(visit: Visit, kind: OccurrenceKind, which: UUID, version: int) -> None:
    """Raises NotFound, NotAllowed or Conflict where the officer may not decide how long the report is kept."""
    row = row_to(visit, kind, which)
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that reported it decides how long it is kept.", remedy="Ask that party.")
    if rules.class_of(kind) not in classes_of(visit.officer.roles):
        raise NotAllowed("Your role does not open this report.", remedy="Ask your party's data protection officer.")
    check_version(row, version)


def day_of(kind: OccurrenceKind, today: date, wished: date | None) -> date:
    """Until when a report is kept: as its owner wishes, within the clock of its kind from today. Raises BadInput."""
    longest = years_later(today, KEPT_YEARS[kind])
    if wished is not None and not today <= wished <= longest:
        raise BadInput(
            f"The report cannot be kept until {wished.isoformat()}.", field="until",
            remedy=f"Give a day from today to {longest.isoformat()}, or leave it out.",
        )  # fmt: skip
    return wished or longest
