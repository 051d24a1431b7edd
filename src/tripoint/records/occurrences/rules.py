"""Pure decisions about occurrences: what links to what, who may change and decide them, when they can have happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from tripoint.access.model import Act, Officer, Role
from tripoint.access.rules import AccessClass, classes_of
from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.records.model import Audience, AudienceKind, Level, Terms
from tripoint.records.occurrences.model import TO_PROTECT, Filing, Link, Occurrence, OccurrenceKind, Relation, State

K, R = OccurrenceKind, Relation
RECORDS = frozenset({"person", "document", "vehicle", "firearm"})
HIT = "hit"
GENERAL = frozenset(OccurrenceKind) - TO_PROTECT
# From which kinds each relation leads to which. From a detection nothing leads to a hit, a record or an arrest:
# migrants are not suspects (Smuggling Protocol, Art. 5), and the database holds the table of links to it too.
LEADS: Mapping[Relation, tuple[frozenset[OccurrenceKind], frozenset[str]]] = {
    R.LED_BY: (frozenset({K.ARREST, K.SEIZURE, K.INVESTIGATION, K.VICTIM}), frozenset({HIT})),
    R.MEMBER_OF: (frozenset({K.ARREST}), frozenset({K.GROUP.value})),
    R.AGAINST: (frozenset({K.FREEZE}), frozenset({K.GROUP.value, K.INVESTIGATION.value})),
    R.FOUND_WITH: (frozenset({K.VICTIM, K.SEIZURE, K.RECOVERY}), frozenset({K.ARREST.value, K.SEIZURE.value})),
    R.PART_OF: (frozenset({K.ARREST, K.SEIZURE, K.FREEZE, K.GROUP, K.RECOVERY}), frozenset({K.INVESTIGATION.value})),
    R.TRAVELLED_WITH: (frozenset({K.DETECTION, K.VICTIM}), frozenset({K.DETECTION.value, K.VICTIM.value})),
    R.SAME_PERSON_AS: (TO_PROTECT, frozenset(kind.value for kind in TO_PROTECT)),
    R.CONCERNS: (
        frozenset({K.NOTICE_REQUEST, K.INCIDENT}),
        frozenset({K.ARREST.value, K.GROUP.value, K.INVESTIGATION.value, K.VICTIM.value, K.INCIDENT.value}),
    ),
    R.REFERENCE: (GENERAL, frozenset(kind.value for kind in GENERAL) | {HIT} | RECORDS),
}
NEXT = {
    State.PRELIMINARY: frozenset({State.CONFIRMED, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.FINAL, State.WITHDRAWN}),
    State.FINAL: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset[State](),
}
DECIDERS = frozenset({Role.ANALYST, Role.LIAISON_OFFICER, Role.COORDINATOR})
FAST_CLOCK = timedelta(minutes=15)  # how far ahead the clock of a phone may be
SLACK = timedelta(days=1)  # before an operation's beginning and after its end
FILING_ACTS = {K.DETECTION: Act.FILE_DETECTION, K.VICTIM: Act.FILE_VICTIM, K.INTERVIEW: Act.FILE_INTERVIEW}
READING_ACTS = {K.DETECTION: Act.READ_DETECTION, K.VICTIM: Act.READ_VICTIM, K.INTERVIEW: Act.READ_INTERVIEW}
CORRECTING_ACTS = {
    K.DETECTION: Act.CORRECT_DETECTION, K.VICTIM: Act.CORRECT_VICTIM, K.INTERVIEW: Act.CORRECT_INTERVIEW,
}  # fmt: skip


def filing_act(kind: OccurrenceKind) -> Act:
    """The act of filing one of this kind."""
    return FILING_ACTS.get(kind, Act.FILE_OCCURRENCE)


def reading_act(kind: OccurrenceKind) -> Act:
    """The act of opening one of this kind."""
    return READING_ACTS.get(kind, Act.READ_OCCURRENCE)


def correcting_act(kind: OccurrenceKind) -> Act:
    """The act of correcting one of this kind."""
    return CORRECTING_ACTS.get(kind, Act.CORRECT_OCCURRENCE)


def line_terms(filing: Filing) -> Terms:
    """On what terms the line is shared: the operation, where nothing else is said."""
    return shared_with(filing.line_audience or Audience(AudienceKind.OPERATION, operation=filing.operation))


def body_terms(filing: Filing) -> Terms:
    """On what terms the body is shared: the operation; of people to protect the own party alone."""
    usual = Audience() if filing.kind in TO_PROTECT else Audience(AudienceKind.OPERATION, operation=filing.operation)
    return shared_with(filing.body_audience or usual)


def shared_with(audience: Audience) -> Terms:
    """Terms under which this audience reads, and no check meets anything."""
    return Terms(readers=audience, level=Level.NOTHING)


def check_audience(filing: Filing) -> None:
    """Raises BadInput for an audience of another operation."""
    for field, audience in (("audience.line", filing.line_audience), ("audience.body", filing.body_audience)):
        if audience is not None and audience.operation not in (None, filing.operation):
            raise BadInput(
                "The report belongs to another operation.", field=field, remedy="Name the report's own operation."
            )


def check_happened(at: datetime, now: datetime, operation: tuple[datetime, datetime]) -> None:
    """Raises BadInput for a moment to come, or one more than a day outside of the operation (its start and end)."""
    if at.tzinfo is None:
        raise BadInput("The moment has no offset.", field="happened_at", remedy="End it in Z or an offset as +02:00.")
    if at > now + FAST_CLOCK:
        raise BadInput("That is still to come.", field="happened_at", remedy="Set the clock of the device right.")
    if not operation[0] - SLACK <= at <= operation[1] + SLACK:
        raise BadInput(
            "The operation did not run then.", field="happened_at",
            remedy=f"Give a moment from {operation[0]:%Y-%m-%d} to {operation[1]:%Y-%m-%d}.",
        )  # fmt: skip


def check_leads(kind: OccurrenceKind, links: Iterable[Link]) -> None:
    """Raises BadInput for a link that a kind does not have."""
    for link in links:
        whence, whither = LEADS[link.relation]
        if kind not in whence or link.to_kind not in whither:
            raise BadInput(
                f"From {kind.value} nothing leads {link.relation.value} to {link.to_kind}.", field="links",
                remedy=f"{link.relation.value} leads to: {', '.join(sorted(whither))}.",
            )  # fmt: skip


def check_lead(confirmed: bool, values: Mapping[str, Any]) -> None:
    """A hit is a lead until its owner confirms it: nothing is reported as led by it before, but in an emergency.

    `values` are the occurrence's own. Raises Conflict before the hit is confirmed, unless they say urgent and why.
    """
    if not confirmed and not (values.get("urgent") is True and values.get("urgent_reason")):
        raise Conflict(
            "The hit is not confirmed by its owner yet.", field="links",
            remedy="Wait for the answer, report it without the hit, or mark it urgent with a reason.",
        )  # fmt: skip


def check_correctable(found: Occurrence, officer: Officer, *, mine: bool) -> None:
    """Raises NotAllowed for another party's, for a body that is closed to the officer, and, once it is confirmed, for
    whoever does not decide; Conflict for what was withdrawn."""
    if not mine:
        raise NotAllowed("Only the party that reported it changes it.", remedy="Ask that party.")
    if not found.readable:
        raise NotAllowed("Your role does not open this report.", remedy="Ask whoever filed it, or a victim specialist.")
    if found.state is State.WITHDRAWN:
        raise Conflict("The report was withdrawn.", remedy="File it anew if it holds after all.")
    if found.state is not State.PRELIMINARY and not decides(found.kind, officer.roles):
        raise NotAllowed(
            "The report is confirmed; officers in the field change it no more.", remedy="Ask your party's analyst."
        )


def decides(kind: OccurrenceKind, roles: frozenset[Role]) -> bool:
    """Whether these roles confirm, finish and withdraw reports of a kind."""
    if kind in TO_PROTECT:
        return bool(roles & (DECIDERS | {Role.VICTIM_SPECIALIST})) and class_of(kind) in classes_of(roles)
    return bool(roles & DECIDERS)


def check_decision(found: Occurrence, to: State, officer: Officer, *, mine: bool, filer: bool) -> None:
    """Raises NotAllowed for whoever may not decide, Conflict for a state that does not follow.

    An officer who filed a report may withdraw it himself while it is preliminary.
    """
    if not mine:
        raise NotAllowed("Only the party that reported it decides on it.", remedy="Ask that party.")
    own = filer and to is State.WITHDRAWN and found.state is State.PRELIMINARY
    if not own and not decides(found.kind, officer.roles):
        raise NotAllowed(remedy="Reports are confirmed by analysts, liaison officers and coordinators; those of people"
                                " to protect by victim specialists too.")  # fmt: skip
    if to not in NEXT[found.state]:
        raise Conflict(
            f"The report is {found.state.value}: it cannot become {to.value}.",
            remedy=f"It can become: {', '.join(sorted(NEXT[found.state])) or 'nothing else'}.",
        )


def class_of(kind: OccurrenceKind) -> AccessClass:
    """The access class of a kind's body."""
    match kind:
        case K.DETECTION:
            return AccessClass.MIGRANTS
        case K.VICTIM:
            return AccessClass.VICTIMS
        case K.INTERVIEW:
            return AccessClass.INTERVIEWS
        case _:
            return AccessClass.GENERAL


def digest_of(filing: Filing) -> bytes:
    """SHA-256 of a filing as it was sent, without its id: the same again, the same digest."""
    plain = {
        "kind": filing.kind, "operation": filing.operation, "happened_at": filing.happened_at.timestamp(),
        "values": filing.values, "post": filing.post, "agency": filing.agency, "joint": filing.joint,
        "line": audience_text(filing.line_audience), "body": audience_text(filing.body_audience),
        "links": [(link.relation, link.to_kind, str(link.to_id)) for link in filing.links],
    }  # fmt: skip
    return sha256(json.dumps(plain, sort_keys=True, default=str).encode()).digest()


def audience_text(audience: Audience | None) -> list[Any] | None:
    """An audience as it is compared."""
    if audience is None:
        return None
    operation = str(audience.operation) if audience.operation else None
    return [audience.kind, sorted(audience.parties), operation, sorted(audience.barred)]

