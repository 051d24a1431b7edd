"""Background work of the victims' desk: telling a party of steps that are late. Run by the relay."""

from __future__ import annotations

from datetime import UTC, datetime

from tripoint.base.database import Session
from tripoint.desks.victims import store


def tell_late(session: Session) -> None:
    """Tell each party once of every step that was not taken in time."""
    store.tell_late(session, datetime.now(UTC))
