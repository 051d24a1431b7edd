"""What happens to requests without anybody asking: they expire."""

from __future__ import annotations

from tripoint.access.four_eyes import store
from tripoint.base.database import Session


def end_expired(session: Session) -> None:
    """End the requests that nobody decided in time, each with a line on the trail; for the relay."""
    store.expire(session)
