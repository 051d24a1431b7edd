"""Background work of the tracing desk, run by the relay: clocks that ran out, and requests that rest for long."""

from __future__ import annotations

from datetime import UTC, datetime

from tripoint.base.database import Session
from tripoint.desks.tracing import store


def tend_traces(session: Session) -> None:
    """Tell both halves once of each clock that ran out; let expire what has rested for long after it."""
    store.tend(session, datetime.now(UTC))
