"""One signed-in person's one request, from the door to the commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.access.lookup import NoPersons, PersonLookup
from tripoint.access.model import Act, AuditNote, Clocks, Officer, SignIn
from tripoint.base.database import Session, Statement
from tripoint.base.keyring import NO_KEYS, KeyRing
from tripoint.base.memory import ShortMemory


@dataclass(frozen=True, slots=True)
class Visit:
    """One signed-in person's one request: a transaction standing under the officer's party.

    Work functions take it first. `notes` collects the audit rows; the door writes them before it commits.
    """

    session: Session
    officer: Officer
    sign_in: SignIn
    act: Act
    request: UUID
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    clocks: Clocks = field(default_factory=Clocks)
    memory: ShortMemory = field(default_factory=ShortMemory)
    persons: PersonLookup = field(default_factory=NoPersons)
    keys: KeyRing = NO_KEYS
    notes: list[AuditNote] = field(default_factory=list)
    ahead: list[list[dict[str, Any]]] = field(default_factory=list)  # rows of what was sent along with the sign-on
    last: list[Statement] = field(default_factory=list)  # what goes out with the audit rows and the commit

    @property
    def party(self) -> int:
        """The number of the officer's party."""
        return self.officer.party.number

    def note(self, note: AuditNote) -> None:
        """Remember a line for the audit trail; without it written, nothing of this visit is kept."""
        self.notes.append(note)

    def at_the_end(self, statement: Statement) -> None:
        """Keep a statement for the end: the door sends it with the audit rows and the commit, in one exchange."""
        self.last.append(statement)
