"""What people do in an emergency and after it: open a record, close it, judge whether it was right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from tripoint.access.break_glass import store
from tripoint.access.break_glass.model import Glass, Opened, Verdict
from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import RELEASERS
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announce
from tripoint.base.errors import Conflict, NotAllowed, NotFound

LASTS = timedelta(hours=4)
REVIEW_WITHIN = timedelta(hours=72)
MOST_SHOWN = 200
KIND = "glass"


def open_record(visit: Visit, *, kind: str | None, record: UUID | None, hit: UUID | None, reason: str) -> Glass:
    """Open one record for four hours: of the own party's sight, or behind a hit where its owner's terms allow it.

    Its owner is told at once and judges it within 72 hours; without his verdict the officer opens nothing more.
    Raises NotFound for what the party may not know of, NotAllowed where the owner's terms say no or an earlier glass
    waits for its verdict beyond its time, Conflict for a fourth record at once.
    """
    which = visit.new_id()
    opened = store.open_glass(
        visit.session, which, kind=kind, record=record, hit=hit, reason=reason, lasts=LASTS, review=REVIEW_WITHIN
    )
    if opened is None:
        raise NotFound
    check_opened(opened)
    visit.note(AuditNote(Act.BREAK_GLASS, opened.kind, opened.record, opened.owner, opened.version, reason=reason))
    tell(visit, which, (opened.owner, visit.party), "opened")
    return store.glasses(visit.session, 1, which)[0]


def check_opened(opened: Opened) -> None:
    """Raises NotAllowed or Conflict where the database opened nothing."""
    if opened.refused == "terms":
        raise NotAllowed(
            "The owner's terms let nobody open this record, not even in an emergency.",
            remedy="Call the owner's contact.",
        )
    if opened.refused == "unreviewed":
        raise NotAllowed(
            "A record that you opened waits for its owner's verdict, and the time for it is over: until then you open"
            " no other.",
            remedy="Ask the owner for his verdict, or a colleague to open the record.",
        )
    if opened.refused == "many":
        raise Conflict("You have three records open already.", remedy="Close one of them first.")


def list_glasses(visit: Visit) -> list[Glass]:
    """What officers of the own party opened, and what was opened of the own party's records."""
    return store.glasses(visit.session, MOST_SHOWN)


def close(visit: Visit, which: UUID) -> Glass:
    """Close at once what was opened: the officer himself, or whoever reviews at either party. Raises NotFound."""
    glass = found(visit, which)
    if glass.officer != visit.officer.id and not visit.officer.roles & RELEASERS:
        raise NotAllowed("Only whoever opened it closes it, or a liaison officer.", remedy="Ask one of them.")
    told = store.close(visit.session, which)
    if not told:
        raise Conflict("It is closed already.", remedy="Look at the list again.")
    note(visit, Act.CLOSE_GLASS, glass, told, None, "done")
    tell(visit, which, told, "closed")
    return found(visit, which)


def review(visit: Visit, which: UUID, verdict: Verdict, answer: str) -> Glass:
    """Say as the record's owner whether it was right to open it; that also closes it. Raises NotFound or Conflict."""
    glass = found(visit, which)
    if glass.owner != visit.officer.party.code or glass.officer == visit.officer.id:
        raise NotAllowed("Another officer of the record's owner judges this.", remedy="Leave it to the owner.")
    told = store.review(visit.session, which, verdict, answer)
    if not told:
        raise Conflict("It has its verdict already.", remedy="Look at the list again.")
    note(visit, Act.REVIEW_GLASS, glass, told, answer, verdict.value)
    tell(visit, which, told, "reviewed")
    return found(visit, which)


def note(visit: Visit, act: Act, glass: Glass, parties: tuple[int, ...], reason: str | None, outcome: str) -> None:
    """The line for the trail: both parties' overseers see it, the owner because it is upon his record."""
    visit.note(AuditNote(act, glass.kind, glass.record, parties[-1], reason=reason, outcome=outcome))


def found(visit: Visit, which: UUID) -> Glass:
    """A glass of the own party's officer or on the own party's record. Raises NotFound."""
    shown = store.glasses(visit.session, 1, which)
    if not shown:
        raise NotFound
    return shown[0]


def tell(visit: Visit, which: UUID, parties: Iterable[int], change: str) -> None:
    """Tell both parties' feeds: ids only."""
    announce(visit.session, Announcement(KIND, tuple(dict.fromkeys(parties)), which, change))
