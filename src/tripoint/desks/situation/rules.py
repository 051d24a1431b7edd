"""Pure decisions of the situation desk: what is due when, what is missing, what may be corrected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from tripoint.base.errors import BadInput, Conflict
from tripoint.desks.situation.model import (
    Asked,
    Declaration,
    Difference,
    Expected,
    Figures,
    Measure,
    ReportState,
    Sent,
    Standing,
)
from tripoint.words.local_time import due_at, local_day, zone_named

NEXT: dict[ReportState, frozenset[ReportState]] = {
    ReportState.PRELIMINARY: frozenset(ReportState),
    ReportState.FINAL: frozenset({ReportState.FINAL}),
    ReportState.WITHDRAWN: frozenset(),
}


def days_of(asked: Asked) -> list[date]:
    """The days of an operation on its own calendar: from that of its beginning to that of its last moment."""
    zone = zone_named(asked.time_zone)
    first, last = local_day(asked.starts_at, zone), local_day(asked.ends_at - timedelta(microseconds=1), zone)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def expected(asked: Asked, until: datetime) -> list[Expected]:
    """Every report of the days that have begun by `until`, with the moment it is due, by day, party and service."""
    if asked.due is None:
        return []
    found = [
        Expected(one.party, one.agency, day, due_at(day, asked.due, zone_named(one.time_zone)))
        for one in asked.reporters
        for day in days_of(asked)
        if day <= local_day(until, zone_named(one.time_zone))
    ]
    return sorted(found, key=lambda one: (one.day, one.party, str(one.agency or "")))


def standing(one: Expected, sent_at: datetime | None, now: datetime) -> Standing:
    """How an expected report stands now."""
    if sent_at is not None:
        return Standing.SENT if sent_at <= one.due_at else Standing.LATE
    return Standing.MISSING if now > one.due_at else Standing.OPEN


def missing(asked: Asked, sent: Iterable[Sent], now: datetime) -> list[Expected]:
    """The reports that are due and were not sent."""
    there = {(one.party, one.agency, one.day) for one in sent}
    return [
        one for one in expected(asked, now) if one.due_at < now and (one.party, one.agency, one.day) not in there
    ]


def check_day(day: date, days: Sequence[date], today: date) -> None:
    """Raises BadInput for a day that is none of the operation's, or has not begun."""
    if day not in days:
        raise BadInput(
            f"{day} is no day of the operation, which runs from {days[0]} to {days[-1]}.",
            field="day",
            remedy="Name a day of the operation.",
        )
    if day > today:
        raise BadInput(f"{day} has not begun.", field="day", remedy="Report when the day is over, or under way.")


def check_change(before: ReportState, after: ReportState) -> None:
    """Raises Conflict for a report that was withdrawn, or a final one made preliminary again."""
    if after not in NEXT[before]:
        raise Conflict(
            f"A {before} report cannot become {after}.",
            field="state",
            remedy="Send a new report." if before is ReportState.WITHDRAWN else "Correct its figures; it stays final.",
        )


def digest_of(one: Declaration) -> bytes:
    """SHA-256 of a report as sent: the same again is answered as before, another under its id is refused."""
    said = [
        str(one.operation), one.day.isoformat(), str(one.agency), one.state.value, one.remarks,
        sorted((measure.value, value) for measure, value in one.figures.items()),
    ]  # fmt: skip
    return sha256(json.dumps(said, separators=(",", ":")).encode()).digest()


def summed(figures: Iterable[Figures]) -> dict[Measure, int]:
    """The figures of several reports of one party and day, measure by measure; never across measures."""
    found: dict[Measure, int] = {}
    for one in figures:
        for measure, value in one.items():
            found[measure] = found.get(measure, 0) + value
    return found


def differences(declared: Figures, filed: Figures) -> list[Difference]:
    """Declared and filed side by side, for every measure that either names."""
    return [
        Difference(measure, declared.get(measure), filed.get(measure, 0))
        for measure in Measure
        if measure in declared or filed.get(measure)
    ]
