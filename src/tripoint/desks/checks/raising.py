"""Raise hits: those told with the check itself, those met blind a moment later and apart from it.

What is met blind must change nothing of the check, not even how long it takes: it is written into the check's own
announcement, which every check makes in the same statement, and the relay raises it within its next look. Announcement
and hits are exchanged in one transaction of the relay's, so each is raised exactly once, whatever is killed meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tripoint.access import store as access_store
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announced
from tripoint.base.database import Session, Statement, together
from tripoint.desks.checks import rules, store
from tripoint.desks.checks.model import HitKind, Met, Question
from tripoint.engines.screening import Grade
from tripoint.records.model import Level

HIT = "hit"


def raise_hits(visit: Visit, question: Question, told: Sequence[Met], coordinator: int | None) -> dict[UUID, UUID]:
    """Keep a hit for every record told and tell owner, asker and coordination unit; hit ids by record."""
    ids = {}
    for one, knows in zip(told, coordinator_knows(visit, told, coordinator), strict=True):
        ids[one.record] = hit_id = visit.new_id()
        told_too = coordinator if knows else None
        facts = facts_of(visit, question, told_too) | as_pointed(one)
        for statement in store.raised(store.hit_rows(hit_id, one, facts)):
            visit.at_the_end(statement)
        recipients = {one.owner, visit.party} | ({told_too} if told_too is not None else set())
        tell(visit, hit_id, "raised", recipients)
        visit.note(note_of(one, question, tuple(sorted(recipients))))
    return ids


def in_waiting(visit: Visit, question: Question, blind: Sequence[Met]) -> list[dict[str, Any]]:
    """What the check met blind, whole, as its announcement carries it: JSON values."""
    facts = facts_of(visit, question, None)
    return [
        {
            **store.hit_rows(visit.new_id(), one, facts),
            "note": access_store.audit_row(visit, note_of(one, question, (one.owner,))),
        }
        for one in blind
    ]


def raise_waiting(session: Session, heard: Sequence[Announcement]) -> None:
    """Raise what the announced checks met blind, tell the owners alone, and write it into the trail; for the relay."""
    for check in heard:
        for waiting in check.facts.get("blind", ()):
            if not store.keep_while_raising(session, waiting["header"]["record"]):
                continue  # erased meanwhile: what was met of it goes with it
            hit = Announcement(HIT, (waiting["header"]["owner"],), UUID(waiting["header"]["id"]), "raised")
            note = Statement(access_store.WRITE_AUDIT, waiting["note"])
            together(session, [*store.raised(waiting), note, announced(hit)])


def as_pointed(met: Met) -> dict[str, Any]:
    """What a hit's own row says in place of what was met, where the asker may know no more; nothing at level full."""
    if met.level is not Level.POINTER:
        return {}
    return {"kind": rules.told_kind(met.kind).value, "grade": Grade.POSSIBLE.value, "score": None, "version": 0}


def facts_of(visit: Visit, question: Question, coordinator: int | None) -> dict[str, Any]:
    """What all hits of a check have in common."""
    now = visit.clock()
    return {
        "party": visit.party,
        "check": question.id,
        "coordinator": coordinator,
        "operation": question.operation,
        "post": question.post,
        "at": now,
        "due_at": now + visit.clocks.referral,
        "expires_at": now + visit.clocks.expiry,
    }


def note_of(met: Met, question: Question, recipients: tuple[int, ...]) -> AuditNote:
    """The line for the trail. The asker's own overseers read it too: below full it names no kind nor version."""
    full = met.level is Level.FULL
    kind, version = (met.kind, met.version) if full else (rules.told_kind(met.kind), None)
    return AuditNote(
        Act.RAISE_HIT, kind.value, met.record, met.owner, version, recipients, question.purpose.value,
        owner_only=met.level is Level.BLIND,
    )  # fmt: skip


def coordinator_knows(visit: Visit, told: Sequence[Met], coordinator: int | None) -> list[bool]:
    """Of each hit whether the coordination unit learns of it: where both the asker and its own checks might."""
    if coordinator is None:
        return [False] * len(told)
    asked = [one for one in told if one.level is not Level.BLIND and one.owner != coordinator]
    may = iter(store.pointed_to(visit.session, [searched_as(one) for one in asked], coordinator))
    return [one.level is not Level.BLIND and (one.owner == coordinator or next(may)) for one in told]


def searched_as(met: Met) -> tuple[str, UUID]:
    """The kind of record behind a hit, and its id: a listed person's document is met on the person."""
    kind = HitKind.PERSON if met.kind is HitKind.PERSON_DOCUMENT else met.kind
    return kind.value, met.record


def tell(visit: Visit, hit: UUID, change: str, parties: set[int]) -> None:
    """Announce a change of a hit; ids only, each reader fetches what it may see."""
    visit.at_the_end(announced(Announcement(HIT, tuple(sorted(parties)), hit, change)))
