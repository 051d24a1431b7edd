"""Background work of the checks desk: figures are counted, old leads expire. Run by the relay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from tripoint.base.announcements import Announcement, announce
from tripoint.base.database import Session
from tripoint.base.ids import uuid7
from tripoint.desks.checks import store
from tripoint.desks.checks.work import HIT


def count_checks(session: Session, heard: Sequence[Announcement]) -> None:
    """Add the checks announced to the live figures."""
    store.count_checks(session, heard)


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
