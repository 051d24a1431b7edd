"""Background work of reports, run by the relay: owners are asked, and what has been kept long enough is erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tripoint.base.database import Session
from tripoint.records.occurrences import keeping_store as store
from tripoint.records.retention.jobs import this_day

MOST_AT_ONCE = 5_000  # the next look goes on


def erase_expired(session: Session, today: Callable[[], date] = this_day) -> None:
    """Erase reports that have been kept long enough; the first look of a day does. Their keys go with the records'."""
    store.erase_expired(session, today(), MOST_AT_ONCE)


def ask_owners(session: Session, today: Callable[[], date] = this_day) -> None:
    """Ask owners about reports that come due within three months; once for each operation, kind and month."""
    store.ask_owners(session, today())
