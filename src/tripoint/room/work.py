"""What a person does in the room: look at the figures."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.visit import Visit
from tripoint.room import store
from tripoint.room.model import Figures

STATES = ("new", "referred", "confirmed", "not_confirmed", "inconclusive", "expired")


def figures(visit: Visit, operation: UUID | None) -> Figures:
    """The live figures of one operation, or of everything the reader may know of."""
    session = visit.session
    totals = {name: int(value) for name, value in store.rows(session, store.TOTALS, operation)[0].items()}
    states = store.rows(session, store.HIT_STATES, operation)
    by_state = {row["state"]: row["n"] for row in states}
    hits = {state: by_state.get(state, 0) for state in STATES} | {"overdue": sum(row["overdue"] for row in states)}
    p80 = store.rows(session, store.ANSWER_MINUTES, operation)[0]["p80"]
    return Figures(
        visit.clock(),
        totals,
        tuple((row["at"], row["n"]) for row in store.rows(session, store.PER_MINUTE, operation)),
        hits,
        tuple(dict(row) for row in store.rows(session, store.BY_PARTY, operation)),
        tuple(dict(row) for row in store.rows(session, store.BY_POST, operation)),
        None if p80 is None else round(float(p80), 1),
    )
