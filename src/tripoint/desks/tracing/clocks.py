"""When each step of a trace request is due: working days by a party's own calendar, hours and days by any."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tripoint.base.errors import BadInput
from tripoint.desks.tracing.model import ClockPolicy, Clocks, Priority, Side, State
from tripoint.words.local_time import UnknownZone, due_at, local_day, zone_named

USUAL = ClockPolicy()
WAITS_FOR = {
    State.SUBMITTED: Side.ASKED, State.ACKNOWLEDGED: Side.ASKED, State.IN_PROGRESS: Side.ASKED,
    State.PARTIAL_RESULT: Side.ASKED, State.MORE_INFO_NEEDED: Side.ASKER,
}  # fmt: skip
LONGEST = {
    "acknowledge_working_days": 30, "urgent_hours": 240, "routine_days": 365, "more_info_working_days": 60,
    "expire_days": 730,
}  # fmt: skip


def check_policy(policy: ClockPolicy) -> None:
    """Raises BadInput for a zone nobody knows, a week without work, and clocks that are no clocks."""
    try:
        zone_named(policy.time_zone)
    except UnknownZone as fault:
        raise BadInput(str(fault), field="time_zone", remedy="Name a place, such as America/Asuncion.") from fault
    if not policy.week or not set(policy.week) <= set(range(7)):
        raise BadInput("A working week has days from 0 (Monday) to 6.", field="week", remedy="Name them.")
    for name, most in LONGEST.items():
        if not 1 <= getattr(policy, name) <= most:
            raise BadInput(f"Between 1 and {most} are possible.", field=name, remedy="Choose a shorter time.")


def works(day: date, policy: ClockPolicy) -> bool:
    """Whether the party works on this day."""
    return day.weekday() in policy.week and day not in policy.holidays


def working_days_later(since: datetime, days: int, policy: ClockPolicy) -> datetime:
    """The end of the last of so many working days, in UTC: the day of receipt is not counted, as in law."""
    zone = zone_named(policy.time_zone)
    day, left = local_day(since, zone), days
    while left:
        day += timedelta(days=1)
        left -= works(day, policy)
    return due_at(day + timedelta(days=1), time(), zone)


def answer_due(submitted: datetime, priority: Priority, policy: ClockPolicy) -> datetime:
    """When the answer is due: urgent after hours, routine after days."""
    wait = timedelta(hours=policy.urgent_hours) if priority is Priority.URGENT else timedelta(days=policy.routine_days)
    return submitted + wait


def clocks_after(
    state: State, now: datetime, *, priority: Priority, asked: ClockPolicy, asker: ClockPolicy, before: Clocks,
    waited: timedelta = timedelta(),
) -> Clocks:  # fmt: skip
    """The clocks of a request that reaches `state` at `now`.

    `before` are those it had; `waited` is how long the asked party was waiting for the asker until now: so much later
    is the answer due. What the asked party owes goes by its own calendar, what the asker owes by his.
    """
    answer = before.answer_due_at
    if state is State.SUBMITTED:
        answer = answer_due(now, priority, asked) if answer is None else answer + waited
    due = None
    match state:
        case State.SUBMITTED:
            taken_up = working_days_later(now, asked.acknowledge_working_days, asked)
            due = min(taken_up, answer) if answer else taken_up
        case State.MORE_INFO_NEEDED:
            due = working_days_later(now, asker.more_info_working_days, asker)
        case State.ACKNOWLEDGED | State.IN_PROGRESS | State.PARTIAL_RESULT:
            due = answer
    expires = due + timedelta(days=asked.expire_days) if due else None
    return Clocks(due, answer if state in WAITS_FOR else before.answer_due_at, expires)
