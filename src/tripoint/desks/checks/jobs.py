"""Background work of the checks desk, run by the relay: figures, hits met blind, old leads that expire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tripoint.base.announcements import Announcement, announce
from tripoint.base.database import Session
from tripoint.base.ids import uuid7
from tripoint.desks.checks import raising, store
from tripoint.desks.checks.raising import HIT


def take_in(session: Session, heard: Sequence[Announcement]) -> None:
    """Add the checks announced to the live figures, and raise what they met blind."""
    store.count_checks(session, heard)
    raising.raise_waiting(session, heard)


def expire_hits(session: Session) -> None:
    """Let leads expire that nobody confirmed in time, and tell those concerned."""
    for row in store.expire(session):
        store.add_event(
            session,
            {
                "id": uuid7(),
                "hit": row["id"],
                "at": datetime.now(UTC),
                "state": "expired",
                "party": row["owner"],
                "officer": None,
                "by_name": None,
                "reason": None,
            },
        )
        parties = {row["owner"], row["coordinator"], None if row["level"] == "blind" else row["asker"]} - {None}
        announce(session, Announcement(HIT, tuple(sorted(parties)), row["id"], "expired"))
