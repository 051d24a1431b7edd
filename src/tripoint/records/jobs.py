"""Background work of records: what has been kept long enough ends. Run by the relay."""

from __future__ import annotations

from tripoint.base.database import Session
from tripoint.records import store

MOST_AT_ONCE = 5_000  # of each kind; the next look goes on, so that announcements do not wait long


def end_expired(session: Session) -> None:
    """End the records whose retention has passed; the first look of a day does, the others have nothing to do."""
    store.end_expired(session, MOST_AT_ONCE)
