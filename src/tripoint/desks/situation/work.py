"""What people do at the situation desk: send the day's report, correct it, see who has reported, compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote, Operation
from tripoint.access.rules import Standing as OfRequest, standing as standing_of_request
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announce
from tripoint.base.errors import BadInput, Conflict, IdReused, NotAllowed, NotFound
from tripoint.desks.situation import rules, store
from tripoint.desks.situation.model import (
    DayStanding,
    Declaration,
    Difference,
    Figures,
    Report,
    ReportState,
    Version,
)
from tripoint.words.local_time import due_at, local_day, zone_named

TOPIC = "situation_report"


@dataclass(frozen=True, slots=True)
class PartyDifferences:
    """One party's day: what it declared over all its reports, and what was filed."""

    party: str
    reports: int
    measures: tuple[Difference, ...]


def reporting(visit: Visit, operation: UUID) -> list[DayStanding]:
    """Every report of the days that have begun: sent, late, missing or open; of the own party alone where the operation
    does not share it. Raises NotFound.
    """
    access.find_operation(visit, operation)
    visit.note(AuditNote(Act.SEE_REPORTING, "operation", operation))
    asked = store.asked(visit.session, operation)
    codes = codes_by_number(visit)
    names = store.agencies(visit.session, operation)
    sent = {(one.party, one.agency, one.day): one.sent_at for one in store.sent(visit.session, operation, shared=True)}
    told = asked.shares or asked.coordinator == visit.party
    now = visit.clock()
    return [
        DayStanding(
            codes[one.party], one.agency, names[one.agency][1] if one.agency else None, one.day, one.due_at,
            rules.standing(one, sent.get((one.party, one.agency, one.day)), now),
            sent.get((one.party, one.agency, one.day)),
        )
        for one in rules.expected(asked, now)
        if told or one.party == visit.party
    ]  # fmt: skip


def send(visit: Visit, one: Declaration) -> Report:
    """Send the day's report of the own party, or of a service of it, under the id its client made.

    The same again is answered as before. Raises NotFound, NotAllowed for a party that takes no part, BadInput, IdReused
    for another report under the same id, Conflict where the day has its report.
    """
    operation = access.find_operation(visit, one.operation)
    digest = rules.digest_of(one)
    match standing_of_request(store.kept_digest(visit.session, one.id), digest):
        case OfRequest.REPEATED:
            return find(visit, one.id)
        case OfRequest.REUSED:
            raise IdReused
    due = check_declaration(visit, operation, one)
    now = visit.clock()
    if not store.add(visit.session, one, owner=visit.party, due_at=due, digest=digest, by=visit.officer.id, now=now):
        raise taken(visit, one)
    visit.note(AuditNote(Act.SEND_SITUATION, TOPIC, one.id, visit.party, 1))
    tell(visit, one.operation, "sent")
    return find(visit, one.id)


def check_declaration(visit: Visit, operation: Operation, one: Declaration) -> datetime | None:
    """When the report is due, if at all. Raises NotAllowed or BadInput for a report that cannot be sent."""
    if visit.officer.party.code not in operation.participants:
        raise NotAllowed("Only parties on the operation's list report.", remedy="Ask its coordinator to list yours.")
    check_agency(visit, operation.id, one.agency)
    if one.state is ReportState.WITHDRAWN:
        raise BadInput("A new report cannot be withdrawn.", field="state", remedy="Say preliminary or final.")
    asked = store.asked(visit.session, operation.id)
    zone = zone_named(next(who.time_zone for who in asked.reporters if who.party == visit.party))
    rules.check_day(one.day, rules.days_of(asked), local_day(visit.clock(), zone))
    return None if asked.due is None else due_at(one.day, asked.due, zone)


def check_agency(visit: Visit, operation: UUID, agency: UUID | None) -> None:
    """Raises BadInput for a service that is not the own party's in this operation."""
    if agency is not None and store.agencies(visit.session, operation).get(agency, (-1, ""))[0] != visit.party:
        raise BadInput(
            "Your party has no such service in the operation.", field="agency", remedy="Name one of your services."
        )


def taken(visit: Visit, one: Declaration) -> Conflict | IdReused:
    """Why a report was not kept: its day has one, or its id is another's."""
    there = store.reports(
        visit.session, operation=one.operation, day=one.day, party=visit.officer.party.code
    )
    found = next((r for r in there if r.agency == one.agency and r.state is not ReportState.WITHDRAWN), None)
    if found is None:
        return IdReused()
    return Conflict(
        f"{one.day} has its report already, sent at {found.sent_at:%H:%M} UTC.",
        field="day",
        remedy=f"Correct report {found.id} with a reason.",
    )


def find(visit: Visit, which: UUID) -> Report:
    """A report of the own party, or of an operation that it coordinates. Raises NotFound."""
    found = store.reports(visit.session, which=which)
    if not found:
        raise NotFound
    return found[0]


def read(visit: Visit, which: UUID) -> tuple[Report, list[Version]]:
    """A report with its earlier versions. Raises NotFound."""
    report = find(visit, which)
    visit.note(AuditNote(Act.READ_SITUATION, TOPIC, which, owner_of(visit, report), report.version))
    return report, store.versions(visit.session, report)


def list_reports(visit: Visit, operation: UUID, day: date | None, party: str | None) -> list[Report]:
    """The own party's reports; for the coordinator those of all parties. Raises NotFound."""
    access.find_operation(visit, operation)
    visit.note(AuditNote(Act.READ_SITUATION, "operation", operation))
    return store.reports(visit.session, operation=operation, day=day, party=party)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a report is to say from now on, why, and of which version it is the correction."""

    version: int
    reason: str
    figures: Figures
    remarks: str
    state: ReportState


def correct(visit: Visit, which: UUID, wanted: Correction) -> Report:
    """Correct a report of the own party; what it said before is kept with the reason.

    Raises NotFound, NotAllowed for another party's, Conflict for a stale version or a step back.
    """
    before = find(visit, which)
    if before.owner != visit.officer.party.code:
        raise NotAllowed(f"Only {before.owner} corrects its reports.", remedy=f"Ask {before.owner}.")
    rules.check_change(before.state, wanted.state)
    after = replace(before, figures=wanted.figures, remarks=wanted.remarks, state=wanted.state)
    fresh = wanted.version == before.version
    if not fresh or not store.change(
        visit.session, before, after, reason=wanted.reason, by=visit.officer.id, now=visit.clock()
    ):
        raise Conflict(
            f"The report is at version {before.version}.", field="version", remedy="Look at it again, then correct it."
        )
    visit.note(AuditNote(Act.CORRECT_SITUATION, TOPIC, which, visit.party, before.version + 1, reason=wanted.reason))
    tell(visit, before.operation, "corrected")
    return find(visit, which)


def compare(visit: Visit, operation: UUID, day: date) -> list[PartyDifferences]:
    """Declared and filed side by side for a day: for the own party, for the coordinator of every party.

    Filed is what the reader may know of; a party that shares less of its lines is counted by less. Raises NotFound.
    """
    found = access.find_operation(visit, operation)
    visit.note(AuditNote(Act.READ_SITUATION, "operation", operation))
    numbers = {code: number for number, code in codes_by_number(visit).items()}
    zones = {one.party: one.time_zone for one in store.reporters(visit.session, operation)}
    reports = store.reports(visit.session, operation=operation, day=day)
    own = visit.officer.party.code
    seen = found.participants if found.coordinator == own else [own] if own in found.participants else []
    return [differences_of(visit, operation, day, code, numbers[code], zones[numbers[code]], reports) for code in seen]


def differences_of(
    visit: Visit, operation: UUID, day: date, code: str, number: int, time_zone: str, reports: list[Report]
) -> PartyDifferences:
    """One party's day, from midnight to midnight in its own time."""
    own = [one for one in reports if one.owner == code and one.state is not ReportState.WITHDRAWN]
    zone = zone_named(time_zone)
    begins, ends = due_at(day, time(), zone), due_at(day + timedelta(days=1), time(), zone)
    filed = store.filed(visit.session, operation, number, begins, ends)
    declared = rules.summed(one.figures for one in own)
    return PartyDifferences(code, len(own), tuple(rules.differences(declared, filed)))


def tell(visit: Visit, operation: UUID, change: str) -> None:
    """Announce a report: to its party and the coordinator, and to all where the operation shares who has reported."""
    asked = store.asked(visit.session, operation)
    numbers = {code: number for number, code in codes_by_number(visit).items()}
    found = access.find_operation(visit, operation)
    parties = {visit.party, numbers[found.coordinator]}
    if asked.shares and change == "sent":
        parties |= {numbers[code] for code in found.participants}
    announce(visit.session, Announcement(TOPIC, tuple(sorted(parties)), operation, change))


def owner_of(visit: Visit, report: Report) -> int:
    """The number of the party whose report it is."""
    return next(number for number, code in codes_by_number(visit).items() if code == report.owner)


def codes_by_number(visit: Visit) -> Mapping[int, str]:
    """The code of each party by its number."""
    return {party.number: party.code for party in access.list_parties(visit)}
