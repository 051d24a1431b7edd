"""What people do with rosters: look who stands where, write a shift or cancel it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import may
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused
from tripoint.desks.operations.grants.work import own_officer
from tripoint.desks.operations.roster import rules, store
from tripoint.desks.operations.roster.model import Place, Planned, Roster, Shift

USUAL_LOOK = timedelta(days=7)


def read_roster(visit: Visit, operation: UUID, begins: datetime | None, ends: datetime | None) -> Roster:
    """Who stands where: the own party's officers by name, all others as numbers; and the gaps.

    Without times a week from the operation's beginning, or from now while it runs. Raises NotFound or BadInput.
    """
    found = access.find_operation(visit, operation)
    now = visit.clock()
    since = begins or (now if found.starts_at <= now < found.ends_at else found.starts_at)
    since, until = rules.window(since, ends or min(since + USUAL_LOOK, max(found.ends_at, since + timedelta(days=1))))
    places = store.places(visit.session, operation)
    spans = store.spans(visit.session, operation, since, until)
    gaps = [gap for place in places for gap in rules.gaps(place, spans, since, until)]
    visit.note(AuditNote(Act.READ_ROSTER, "operation", operation))
    shifts = store.shifts(visit.session, operation, since, until)
    return Roster(since, until, places, shifts, spans, tuple(gaps), to_be_rostered(visit))


def to_be_rostered(visit: Visit) -> tuple[tuple[UUID, str], ...]:
    """The own party's active officers by id and name, for who writes its roster; none for anybody else."""
    if not may(visit.officer, Act.CHANGE_ROSTER, visit.sign_in):
        return ()
    return tuple((account.id, account.name) for account in access.list_officers(visit)[0] if account.active)


def keep_shift(visit: Visit, operation: UUID, planned: Planned) -> Shift:
    """Write a shift of an officer of the own party, under the id its client made: again, it changes.

    Raises NotFound, NotAllowed, BadInput or Conflict: another shift of the officer meets it, or the id is taken.
    """
    access.find_operation(visit, operation)
    place = place_named(visit, operation, planned.place)
    rules.check_place(place, visit.officer.party.code, cancelled=planned.cancelled)
    officer = own_officer(visit, planned.officer)
    starts_at, ends_at = rules.moments(planned, place)
    shift = Shift(
        planned.id, officer.id, officer.name, place.id, starts_at, ends_at, planned.cancelled, planned.remarks
    )
    new = is_new(visit, operation, shift)
    if not shift.cancelled:
        rules.check_overlap(starts_at, ends_at, store.others_of(visit.session, shift))
    if not store.keep(visit.session, operation, visit.party, shift, is_post=place.is_post, new=new):
        raise IdReused
    visit.note(AuditNote(Act.CHANGE_ROSTER, "shift", shift.id, visit.party))
    return shift


def is_new(visit: Visit, operation: UUID, shift: Shift) -> bool:
    """Whether the shift is not kept yet. Raises Conflict where the id is of another operation's or officer's shift."""
    standing = store.standing(visit.session, shift.id)
    if standing is None:
        return True
    if standing != (operation, shift.officer):
        raise Conflict(
            "This shift is of another officer or operation.", field="officer", remedy="Cancel it, and make a new one."
        )
    return False


def place_named(visit: Visit, operation: UUID, which: UUID) -> Place:
    """A post or hub of the operation. Raises BadInput."""
    for place in store.places(visit.session, operation):
        if place.id == which:
            return place
    raise BadInput("The operation has no such place.", field="place", remedy="Name one of its posts or hubs.")
