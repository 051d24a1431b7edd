"""Look at an operation's readiness, each line within the reader's rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.desks.operations.readiness import store
from tripoint.desks.operations.readiness.model import Readiness

# Asks the situation desk how daily reports stand: each has party, agency_name, day, due_at and standing.
AsksReporting = Callable[[Visit, UUID], Sequence[Any]]


def readiness(visit: Visit, operation: UUID, reporting: AsksReporting) -> Readiness:
    """Who is set up, what is loaded, who stands where, who has not reported. Raises NotFound."""
    access.find_operation(visit, operation)
    now = visit.clock()
    parties = store.parties(visit.session, operation)
    visit.note(AuditNote(Act.READ_READINESS, "operation", operation))
    return Readiness(
        now,
        parties,
        sum(party.officers > 0 for party in parties),
        store.lists(visit.session),
        store.posts(visit.session, operation, now),
        tuple(one for one in reporting(visit, operation) if one.standing == "missing"),
    )
