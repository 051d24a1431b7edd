"""Background work of pictures: what belongs to nothing goes. Run by the relay."""

from __future__ import annotations

from datetime import UTC, datetime

from tripoint.base.database import Session
from tripoint.records.pictures import store


def forget_loose(session: Session) -> None:
    """Remove pictures that belonged to nothing for a week."""
    store.forget(session, datetime.now(UTC))
