"""Background work of the situation desk, run by the relay: the alarm for reports that are due and missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tripoint.base.announcements import Announcement, announce
from tripoint.base.database import Session
from tripoint.desks.situation import rules, store
from tripoint.desks.situation.model import Asked
from tripoint.desks.situation.work import TOPIC

AFTERWARDS = timedelta(days=3)  # after its end an operation's last reports are still asked for


def alarm_missing(session: Session) -> None:
    """Raise the alarm for each missing report, once; one announcement an operation and party."""
    alarm_at(session, datetime.now(UTC))


def alarm_at(session: Session, now: datetime) -> None:
    """The same as of a moment."""
    for asked in store.still_asking(session, now - AFTERWARDS):
        known = store.raised(session, asked.operation)
        found = rules.missing(asked, store.sent(session, asked.operation), now)
        new = [one for one in found if (one.party, one.agency, one.day) not in known]
        for one in new:
            store.raise_alarm(session, asked.operation, one)
        for party in sorted({one.party for one in new}):
            announce(session, Announcement(TOPIC, told(asked, party), asked.operation, "missing"))


def told(asked: Asked, party: int) -> tuple[int, ...]:
    """Who hears that a party's report is missing: the party and the coordinator, and all where that is shared."""
    others = {one.party for one in asked.reporters} if asked.shares else set()
    return tuple(sorted({party, asked.coordinator} | others))
