"""Background work of access: officers whom nobody has seen for long are switched off. Run by the relay."""

from __future__ import annotations

from datetime import timedelta

from tripoint.access import entry_store
from tripoint.base.database import Session

IDLE = timedelta(days=90)  # CJIS Security Policy, AC-2(3)


def disable_idle(session: Session) -> None:
    """Switch off officers who were not seen for 90 days; the first look of a day does it."""
    entry_store.disable_idle_officers(session, IDLE)
