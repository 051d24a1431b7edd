"""Background work of the data subjects' desk: reminders, and the erasing of particulars. Run by the relay."""

from __future__ import annotations

from datetime import UTC, datetime

from tripoint.base.database import Session
from tripoint.desks.subjects import store


def tend_requests(session: Session) -> None:
    """Remind at 50, 80 and 100 per cent of a clock; erase the particulars of what ended 90 days ago."""
    store.tend(session, datetime.now(UTC))
