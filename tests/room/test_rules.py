"""The room's decisions: steps that fit a screen, whole steps, and marks that a reader sends back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput
from tripoint.room import rules
from tripoint.room.model import Picture, Span, Wanted

START = datetime(2023, 11, 27, 6, 17, 3, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
SPAN = Span(START, START + timedelta(hours=1), timedelta(minutes=1))
EMPTY = Picture(START, SPAN, {"total": 0}, {}, (), (), (), (), (), (), ())


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=3000)))
def test_a_timeline_has_whole_steps_that_hold_the_span(begin: datetime, length: timedelta) -> None:
    span = rules.span(Wanted(begin=begin, end=begin + length), None, begin)
    assert span.begin <= begin
    assert begin + length <= span.end
    assert span.begin > begin - span.step
    assert (span.end - span.begin) % span.step == timedelta(0)
    assert 1 <= (span.end - span.begin) / span.step <= rules.MOST_STEPS
    assert (span.begin - rules.ORIGIN) % span.step == timedelta(0)


def test_a_timeline_runs_from_the_operations_beginning_until_now_or_its_end() -> None:
    runs, day = (START, START + timedelta(days=5)), timedelta(days=1)
    assert rules.span(Wanted(), runs, START + day).end < START + day + timedelta(hours=1)
    over = rules.span(Wanted(), runs, START + 30 * day)
    assert over.end - runs[1] < over.step == timedelta(hours=3)  # 121 whole hours would be one too many
    assert rules.span(Wanted(), runs, START - day).step == timedelta(minutes=1)
    assert rules.span(Wanted(), None, START).end >= START


def test_a_period_without_a_zone_or_backwards_is_refused() -> None:
    for wanted in (
        Wanted(since=START, until=START),
        Wanted(begin=START, end=START - timedelta(days=1)),
        Wanted(since=START.replace(tzinfo=None)),
    ):
        with pytest.raises(BadInput):
            rules.period(wanted)
    rules.period(Wanted(since=START, until=START + timedelta(seconds=1)))


def test_the_mark_of_a_part_is_of_what_is_shown_alone() -> None:
    marks = rules.marks(EMPTY)
    assert rules.known(rules.tag(marks)) == marks
    assert rules.marks(replace(EMPTY, as_of=START + timedelta(days=1))) == marks
    other = rules.marks(replace(EMPTY, checks={"total": 1}))
    assert {name for name in marks if marks[name] != other[name]} == {"checks"}


@pytest.mark.parametrize("header", [None, "", "*", '"abc"', 'W/"0123456789ab"', '"' + "0" * 12 + '"'])
def test_a_tag_that_is_not_ours_names_nothing(header: str | None) -> None:
    assert rules.known(header) == {}


def test_the_place_in_a_list_is_read_as_it_was_given() -> None:
    which = "01890000-0000-7000-8000-000000000000"
    assert rules.place(None) is None
    found = rules.place(f"{START.isoformat()}_{which}")
    assert found is not None
    assert (found[0], str(found[1])) == (START, which)
    for text in ("2023_x", f"2023-11-27T06:17:03_{which}"):
        with pytest.raises(BadInput):
            rules.place(text)
