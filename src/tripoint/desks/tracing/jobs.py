"""Background work of the tracing desk, run by the relay: clocks that ran out, what rests, what was kept long enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tripoint.base.database import Session
from tripoint.desks.tracing import store

MOST_AT_ONCE = 5_000  # the next look goes on, so that announcements do not wait long


def this_day() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()


def tend_traces(session: Session) -> None:
    """Tell both halves once of each clock that ran out; let expire what has rested for long after it."""
    store.tend(session, datetime.now(UTC))


def erase_expired(session: Session, today: Callable[[], date] = this_day) -> None:
    """Erase traces of which nothing was said for twenty years; the first look of a day does."""
    store.erase_expired(session, today(), MOST_AT_ONCE)
