"""What people do about retention: look at what comes due, renew it or have it erased, drop what is recalled."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import Conflict, NotAllowed, NotFound
from tripoint.records import rules
from tripoint.records.model import RecordKind
from tripoint.records.retention import store
from tripoint.records.retention.model import Due, Erasure, Recall, Renewed, Why

ASKED_BEFORE = 6  # months in which the owner is asked (Rules on the Processing of Data, Art. 50)


def list_due(visit: Visit, kind: RecordKind | None, of_set: UUID | None, limit: int) -> list[Due]:
    """Records of the own party whose time runs out within six months, soonest first."""
    today = visit.clock().date()
    kinds = [kind] if kind else list(RecordKind)
    return store.due(visit.session, kinds, today, rules.months_later(today, ASKED_BEFORE), of_set, limit)


def renew(
    visit: Visit, kind: RecordKind, which: UUID, *, version: int, until: date | None, reason: str
) -> Renewed:
    """Keep a record of the own party longer, saying why; counted from today, within the longest for its kind.

    Raises NotFound, NotAllowed for another party's record, Conflict when it changed or ended, BadInput for a day that
    has passed or lies beyond.
    """
    check_own(visit, kind, which, version)
    day = rules.retain_until(kind, visit.clock().date(), until)
    if not store.renew(visit.session, kind, which, version, day):
        raise Conflict("The record was changed at the same moment.", field="version", remedy="Read it again.")
    visit.note(AuditNote(Act.RENEW_RECORD, kind.value, which, visit.party, version, reason=reason))
    return Renewed(which, kind, version, day)


def erase(visit: Visit, kind: RecordKind, which: UUID, *, version: int, why: Why, reason: str) -> Erasure:
    """Erase a record of the own party before its time: content, history, findings, keys. Only a proof is left.

    Raises as `renew` does; a record that has ended can be erased too.
    """
    check_own(visit, kind, which, version, even_ended=True)
    if not store.erase(visit.session, kind, which, version, why, reason):
        raise Conflict("The record was changed at the same moment.", field="version", remedy="Read it again.")
    visit.note(AuditNote(Act.ERASE_RECORD, kind.value, which, visit.party, version, reason=reason, outcome=why.value))
    return store.erasures(visit.session, which, 1)[0]


def check_own(visit: Visit, kind: RecordKind, which: UUID, version: int, *, even_ended: bool = False) -> None:
    """Raises NotFound, NotAllowed or Conflict where the officer's party may not decide about the record now."""
    header = store.header(visit.session, kind, which)
    if header is None or (header["ended_at"] is not None and header["owner"] != visit.party):
        raise NotFound
    ended = header["ended_at"] is not None and not even_ended
    rules.check_may_change(header["owner"], visit.party, version=header["version"], expected=version, ended=ended)


def list_erasures(visit: Visit, record: UUID | None, limit: int) -> list[Erasure]:
    """Proofs that records of the own party were erased, newest first."""
    return store.erasures(visit.session, record, limit)


def list_recalls(visit: Visit, *, still_open: bool) -> list[Recall]:
    """Recalls that the own party raised, and those it is to follow."""
    return store.recalls(visit.session, still_open=still_open)


def acknowledge(visit: Visit, which: UUID) -> Recall:
    """Say that the own party keeps nothing any more of an erased record.

    Raises NotFound, NotAllowed for a recall that went to another party, Conflict for one acknowledged before.
    """
    found = store.recalls(visit.session, still_open=False, which=which)
    if not found:
        raise NotFound
    if found[0].party != visit.officer.party.code:
        raise NotAllowed("Only the party that is to follow a recall acknowledges it.", remedy="Wait for it.")
    if not store.acknowledge(visit.session, which, visit.clock(), visit.officer.id):
        raise Conflict("This recall was acknowledged before.")
    visit.note(AuditNote(Act.ACKNOWLEDGE_RECALL, "recall", which, found_owner(visit, found[0])))
    return store.recalls(visit.session, still_open=False, which=which)[0]


def found_owner(visit: Visit, recall: Recall) -> int | None:
    """The number of the party that raised a recall, so that its overseers see who followed it."""
    return store.number_of(visit.session, recall.owner)
