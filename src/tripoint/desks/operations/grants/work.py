"""What an administrator does with rights for one operation: give one, look, end one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Account, Act, AuditNote, Role
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, NotAllowed, NotFound
from tripoint.desks.operations.grants import rules, store
from tripoint.desks.operations.grants.model import Grant


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which role for whom; without times for as long as the operation runs."""

    officer: UUID
    role: Role
    from_at: datetime | None = None
    until_at: datetime | None = None


def list_grants(visit: Visit, operation: UUID) -> list[Grant]:
    """The own party's grants for an operation. Raises NotFound for one the party has no part in."""
    access.find_operation(visit, operation)
    return store.grants(visit.session, operation)


def give(visit: Visit, operation: UUID, wanted: Wanted) -> Grant:
    """Give an officer of the own party a role for the operation; it works from his next request within the window.

    Raises NotFound, BadInput, Conflict or NotAllowed: nobody gives himself a right.
    """
    access.find_operation(visit, operation)
    if wanted.officer == visit.officer.id:
        raise NotAllowed("Nobody gives himself a right.", remedy="Ask another administrator of your party.")
    account = own_officer(visit, wanted.officer)
    rules.check_role(wanted.role, account, visit.officer.party)
    begins, ends = store.span(visit.session, operation)
    from_at, until_at = wanted.from_at or begins, wanted.until_at or ends
    rules.check_window(from_at, until_at, begins, ends)
    made = Grant(
        visit.new_id(), account.id, account.name, wanted.role, operation, from_at, until_at, visit.clock()
    )
    store.add(visit.session, made, visit.party, visit.officer.id)
    visit.note(AuditNote(Act.GRANT_ROLE, "officer", account.id, visit.party, reason=wanted.role.value))
    return made


def own_officer(visit: Visit, which: UUID) -> Account:
    """An officer of the own party. Raises BadInput for any other."""
    for account in access.list_officers(visit)[0]:
        if account.id == which:
            return account
    raise BadInput("Your party has no such officer.", field="officer", remedy="Take one from the list of officers.")


def end(visit: Visit, operation: UUID, which: UUID) -> None:
    """End a right at once. Raises NotFound when there is none such running."""
    found = next((one for one in list_grants(visit, operation) if one.id == which), None)
    if found is None or not store.end(visit.session, operation, which):
        raise NotFound
    visit.note(AuditNote(Act.END_GRANT, "officer", found.officer, visit.party, reason=found.role.value))
