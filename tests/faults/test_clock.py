"""Clocks that are hours off: devices are marked, sessions end by the database's clock, the same id is answered once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from tests.faults.clock import HOURS, is_sound, reason_not_to_run, run
from tripoint.desks.checks.rules import clock_apart

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@given(st.integers(-20_000, 20_000))
def test_more_than_two_minutes_are_told_and_no_less(seconds: int) -> None:
    told = clock_apart(NOON + timedelta(seconds=seconds), NOON)
    assert told == (seconds if abs(seconds) > 120 else None)


def test_a_device_that_says_no_time_is_not_judged() -> None:
    assert clock_apart(None, NOON) is None


@pytest.mark.slow
@pytest.mark.database
def test_a_hub_hours_off_marks_what_is_apart_and_fails_safe() -> None:
    if reason := reason_not_to_run():
        pytest.skip(reason)
    seen = run(HOURS)  # `make faults` also goes back
    assert is_sound(seen), str(seen)
