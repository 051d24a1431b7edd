"""Background work of retention: owners are asked, records erased, their keys destroyed. Run by the relay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tripoint.base.database import Session
from tripoint.base.keyring import KeyRing
from tripoint.records.retention import store

MOST_AT_ONCE = 5_000  # of each kind; the next look goes on, so that announcements do not wait long


def this_day() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()


def erase_expired(session: Session, today: Callable[[], date] = this_day) -> None:
    """Erase what has been kept long enough; the first look of a day does, the others have nothing to do."""
    store.erase_expired(session, today(), MOST_AT_ONCE)


def ask_owners(session: Session, today: Callable[[], date] = this_day) -> None:
    """Ask owners about what comes due within six months; once for each set and month."""
    store.ask_owners(session, today())


def destroy_keys(keys: KeyRing) -> Callable[[Session], None]:
    """What destroys the shares of erased records, once the erasing is committed.

    A share is zeros on the disk before that is noted: broken off between, it is destroyed a second time.
    """

    def destroy(session: Session) -> None:
        slots = store.shreds_due(session)
        if slots:
            keys.destroy(slots)
            store.shreds_done(session, slots)

    return destroy
