from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from tripoint.desks.checks import rules

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "off"), [(0, False), (119, False), (121, True), (-119, False), (-121, True)])
def test_a_clock_two_minutes_off_is_said_to_be_off(seconds: int, off: bool) -> None:
    assert rules.clock_is_off(timedelta(seconds=seconds)) is off
    apart = rules.clock_apart(NOON + timedelta(seconds=seconds), NOON)
    assert apart == (seconds if off else None)


def test_a_device_that_does_not_say_the_time_is_not_judged() -> None:
    assert rules.clock_apart(None, NOON) is None


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_what_is_said_is_by_how_much_and_which_way(apart: timedelta) -> None:
    said = rules.clock_apart(NOON + apart, NOON)
    assert (said is not None) == rules.clock_is_off(apart)
    assert said is None or (abs(said - apart.total_seconds()) <= 1 and (said > 0) == (apart > timedelta()))
