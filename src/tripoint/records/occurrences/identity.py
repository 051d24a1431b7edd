"""The sealed part of an occurrence: who somebody is, opened one field at a time, and forgotten for good."""

from __future__ import annotations

from dataclasses import dataclass, field as kept
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import classes_of
from tripoint.access.visit import Visit
from tripoint.base.errors import NotAllowed, NotFound
from tripoint.records.occurrences import rules, store
from tripoint.records.occurrences.model import TO_PROTECT, OccurrenceKind
from tripoint.records.occurrences.work import SEALED, row_to
from tripoint.records.sealed.rules import check_reason
from tripoint.records.sealed.work import safe_of
from tripoint.words.purposes import Purpose


@dataclass(frozen=True, slots=True)
class Identity:
    """One sealed field of an occurrence, opened for one person who gave a reason."""

    id: UUID
    field: str
    version: int
    value: Any = kept(repr=False)


def opening_act(kind: OccurrenceKind) -> Act:
    """The act of opening a sealed field: of people to protect it is for those who are there for them."""
    return Act.OPEN_IDENTITY if kind in TO_PROTECT else Act.OPEN_SEALED


def open_field(
    visit: Visit, kind: OccurrenceKind, which: UUID, field: str, *, purpose: Purpose, reason: str
) -> Identity:
    """Open one sealed field of an occurrence of the own party; the trail says who did, which field and why.

    Having filed it is not enough: the class of the kind is asked for. Raises BadInput for a reason that says nothing,
    NotFound, NotAllowed for another party's and for another class, Gone where the key was destroyed.
    """
    said = check_reason(reason)
    row = row_to(visit, kind, which)
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that reported it opens what is sealed in it.", remedy="Ask that party.")
    if rules.class_of(kind) not in classes_of(visit.officer.roles):
        raise NotAllowed("Your role does not open this.", remedy="Ask a victim specialist of your party.")
    version = (row["body"] or {}).get(SEALED, {}).get(field)
    if version is None:
        raise NotFound("This field is not sealed here.")
    value = safe_of(visit).open(which, version, field)[field]
    act = opening_act(kind)
    visit.note(AuditNote(act, f"sealed_{kind.value}", which, visit.party, version, purpose=purpose.value, reason=said))
    return Identity(which, field, version, value)


def forget(visit: Visit, kind: OccurrenceKind, which: UUID) -> bool:
    """Destroy the key of an occurrence's sealed fields, as when the person withdraws; nothing opens them again.

    False where there is none. For desks whose act allows it. Raises NotFound, NotAllowed for another party's.
    """
    row = row_to(visit, kind, which)
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that reported it forgets it.", remedy="Ask that party.")
    return store.forget_identity(visit.session, which)
