"""What a person does in the room: look at the figures, at the live picture, at what came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.access.visit import Visit
from tripoint.room import live_store, rules, store
from tripoint.room.model import Figures, Picture, Rows, Span, Wanted
from tripoint.room.painting import paint

STATES = ("new", "referred", "confirmed", "not_confirmed", "inconclusive", "expired")
SHOWN_EVENTS = 40


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


def live(visit: Visit, wanted: Wanted) -> Picture:
    """The live picture of what is wanted, as far as the reader may know of it.

    Counted at most once in the visit's short memory for each party and each wish: those of one party see the same rows,
    however many screens look and however often they are told of something new. Raises BadInput for no possible period.
    """
    rules.period(wanted)
    return visit.memory.get(("live picture", visit.party, wanted), lambda: count(visit, wanted))


def count(visit: Visit, wanted: Wanted) -> Picture:
    """The live picture, counted now."""
    now = visit.clock()
    shown = span_of(visit, wanted, now)
    rows = live_store.count(visit.session, wanted, shown, now)
    return replace(paint(rows, shown, now), events=newest(visit, wanted, SHOWN_EVENTS))


def span_of(visit: Visit, wanted: Wanted, now: datetime) -> Span:
    """What the timeline shows."""
    runs = live_store.runs(visit.session, wanted) if wanted.operation else None
    return rules.span(wanted, (runs["starts_at"], runs["ends_at"]) if runs else None, now)


def newest(visit: Visit, wanted: Wanted, limit: int, before: tuple[datetime, UUID] | None = None) -> Rows:
    """Occurrences and hits, the newest to come in first; `before` is the moment and id of the last one known."""
    return tuple(live_store.events(visit.session, wanted, limit, before))


def events(
    visit: Visit, wanted: Wanted, limit: int, before: tuple[datetime, UUID] | None
) -> tuple[Rows, dict[str, Any] | None]:
    """A page of what came in, and the event after which the next page begins, None at the end. Raises BadInput."""
    rules.period(wanted)
    found = newest(visit, wanted, limit + 1, before)
    return found[:limit], found[limit - 1] if len(found) > limit else None
