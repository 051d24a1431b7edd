"""The clocks of trace requests: working days by a party's own calendar, pauses, what runs in which state."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as some

from tripoint.base.errors import BadInput
from tripoint.desks.tracing.clocks import USUAL, check_policy, clocks_after, working_days_later, works
from tripoint.desks.tracing.model import ClockPolicy, Clocks, Priority, State

FRIDAY = datetime(2026, 3, 20, 15, tzinfo=UTC)
NONE = Clocks(None, None, None)
ASUNCION = ClockPolicy(time_zone="America/Asuncion", holidays=(date(2026, 3, 23),))
CAIRO = ClockPolicy(time_zone="Africa/Cairo", week=(6, 0, 1, 2, 3))


def test_two_working_days_pass_over_weekends_holidays_and_end_with_the_local_day() -> None:
    assert working_days_later(FRIDAY, 2, USUAL) == datetime(2026, 3, 25, tzinfo=UTC)
    assert working_days_later(FRIDAY, 2, ASUNCION) == datetime(2026, 3, 26, 3, tzinfo=UTC)
    # Friday and Saturday are free in Cairo: Sunday and Monday are the two days.
    assert working_days_later(FRIDAY, 2, CAIRO) == datetime(2026, 3, 23, 22, tzinfo=UTC)
    # Late on Thursday in UTC is Friday already in Cairo.
    assert working_days_later(datetime(2026, 3, 19, 23, tzinfo=UTC), 1, CAIRO) == datetime(2026, 3, 22, 22, tzinfo=UTC)


@settings(max_examples=40)
@given(some.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), some.integers(1, 30), some.sampled_from((USUAL, ASUNCION, CAIRO)))  # noqa: E501
def test_so_many_working_days_lie_between(since: datetime, days: int, policy: ClockPolicy) -> None:
    began = since.replace(tzinfo=UTC)
    due = working_days_later(began, days, policy)
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(policy.time_zone)
    first, last = began.astimezone(zone).date(), (due - timedelta(seconds=1)).astimezone(zone).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(works(day, policy) for day in between) == days
    assert works(last, policy)


def after(state: State, now: datetime, before: Clocks = NONE, **more: object) -> Clocks:
    given_ = {"priority": Priority.ROUTINE, "asked": USUAL, "asker": USUAL} | more
    return clocks_after(state, now, before=before, **given_)  # type: ignore[arg-type]


def test_routine_is_taken_up_in_two_working_days_and_answered_in_thirty() -> None:
    sent = after(State.SUBMITTED, FRIDAY)
    assert sent.due_at == datetime(2026, 3, 25, tzinfo=UTC)
    assert sent.answer_due_at == FRIDAY + timedelta(days=30)
    taken = after(State.ACKNOWLEDGED, FRIDAY + timedelta(hours=2), sent)
    assert taken.due_at == sent.answer_due_at


def test_urgent_is_due_within_a_day_even_on_a_friday() -> None:
    sent = after(State.SUBMITTED, FRIDAY, priority=Priority.URGENT)
    assert sent.due_at == sent.answer_due_at == FRIDAY + timedelta(hours=24)


def test_the_clock_rests_while_the_asker_is_asked() -> None:
    sent = after(State.SUBMITTED, FRIDAY)
    monday = FRIDAY + timedelta(days=3)
    asked = after(State.MORE_INFO_NEEDED, monday, sent, asker=ASUNCION)
    assert asked.due_at == working_days_later(monday, 10, ASUNCION)
    again = after(State.SUBMITTED, monday + timedelta(days=5), asked, waited=timedelta(days=5))
    assert again.answer_due_at == FRIDAY + timedelta(days=35)
    assert after(State.ANSWERED, monday, sent).due_at is None
    assert after(State.ANSWERED, monday, sent).answer_due_at == sent.answer_due_at


def test_clocks_that_are_none_are_refused() -> None:
    check_policy(ASUNCION)
    for wrong in (
        ClockPolicy(time_zone="Nowhere/Town"), ClockPolicy(week=()), ClockPolicy(week=(7,)),
        ClockPolicy(routine_days=0), ClockPolicy(urgent_hours=1000),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            check_policy(wrong)
