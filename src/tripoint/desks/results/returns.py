"""Daily reports beside records: which are missing, and where what was declared is not what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from tripoint.desks.results.model import Figure, MissingReturn, Return, rounded

Told = tuple[str, date, Mapping[str, float]]  # party, day, numbers by measure


def days_due(starts_at: datetime, ends_at: datetime, now: datetime) -> list[date]:
    """The days of an operation that are over, for which a report is due."""
    last = min(ends_at, now)
    first = starts_at.date()
    return [
        day for number in range((last.date() - first).days + 1)
        if (day := first + timedelta(days=number)) < now.date() and day <= last.date()
    ]  # fmt: skip


def missing(parties: Sequence[str], days: Sequence[date], told: Sequence[Told]) -> list[MissingReturn]:
    """The parties that have not reported for each of the days, with the days that they lack."""
    sent = {(party, day) for party, day, _ in told}
    found = [
        MissingReturn(party, tuple(day.isoformat() for day in days if (party, day) not in sent)) for party in parties
    ]  # fmt: skip
    return [one for one in found if one.days]


def beside(told: Sequence[Told], counted: Mapping[str, Figure], lacking: Sequence[MissingReturn]) -> list[Return]:
    """What each party declared in all its reports together, beside what its records count, measure by measure."""
    declared: dict[tuple[str, str], float] = {}
    for party, _, figures in told:
        for measure, value in figures.items():
            if measure in counted:
                declared[party, measure] = declared.get((party, measure), 0) + value
    days = {one.party: len(one.days) for one in lacking}
    held = {name: {part.codes["party"]: part.value for part in figure.parts} for name, figure in counted.items()}
    return [
        Return(party, measure, rounded(value), held[measure].get(party, 0), days.get(party, 0))
        for (party, measure), value in sorted(declared.items())
    ]
