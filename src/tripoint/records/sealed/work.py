"""What people do with sealed fields: open one, saying why; look up whether a person is among the sealed."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, NotAllowed, NotFound
from tripoint.base.keyring import INDEX
from tripoint.records.sealed import rules, store
from tripoint.records.sealed.model import Found, Opened, SealedField
from tripoint.records.sealed.safe import Safe
from tripoint.words.documents import normalise_number
from tripoint.words.people import PersonDescription
from tripoint.words.purposes import Purpose


def safe_of(visit: Visit) -> Safe:
    """The safe of the officer's party."""
    return Safe(visit.session, visit.keys, visit.party, visit.officer.party.code)


def open_field(visit: Visit, which: UUID, field: SealedField, *, purpose: Purpose, reason: str) -> Opened:
    """Open one sealed field of one record of the own party; the trail says who did, which field and why.

    Raises BadInput for a reason that says nothing, NotFound, NotAllowed for another party's record, Gone where the key
    was destroyed.
    """
    said = rules.check_reason(reason)
    found = store.person(visit.session, which)
    if found is None:
        raise NotFound
    version, owner, content = found
    if owner != visit.party:
        raise NotAllowed("Only the owner of a record opens what is sealed in it.", remedy="Ask the owner.")
    if field.value not in content.get("sealed", ()):
        raise NotFound("This field is not sealed here.")
    values = safe_of(visit).open(which, content["sealed_at"], field.value)
    visit.note(AuditNote(
        Act.OPEN_SEALED, f"sealed_{field.value}", which, owner, version, purpose=purpose.value, reason=said
    ))  # fmt: skip
    return Opened(which, field, content["sealed_at"], values[field.value])


def look_up(
    visit: Visit, person: PersonDescription | None, number: str | None, *, purpose: Purpose, reason: str
) -> list[Found]:
    """The own party's sealed records of exactly this name and birth, or of this document number.

    What is found is no more than that it is there; opening is an act of its own. Raises BadInput for a question that
    names neither, or a reason that says nothing.
    """
    said = rules.check_reason(reason)
    keys = [key.secret for key in visit.keys.keys(INDEX)]
    marks = rules.asked_marks(person, [as_number(number)] if number else [], keys)
    if keys and not marks:
        raise BadInput(
            "There is nothing to look up by.", field="name",
            remedy="Give the whole name and the full date of birth, or a document number.",
        )  # fmt: skip
    found = [Found(*row) for row in store.found(visit.session, marks)] if marks else []
    records: list[UUID | None] = [one.record for one in found]
    for record in records or [None]:
        visit.note(AuditNote(
            Act.FIND_SEALED, "sealed_person", record, visit.party, purpose=purpose.value, reason=said
        ))  # fmt: skip
    return found


def as_number(text: str) -> str:
    """A document number as it is compared. Raises BadInput."""
    try:
        return normalise_number(text)
    except ValueError as error:
        raise BadInput(f"The number {error}.", field="number") from None
