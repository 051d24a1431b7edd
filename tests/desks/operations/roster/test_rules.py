from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput, Conflict
from tripoint.base.ids import uuid7
from tripoint.desks.operations.roster import rules
from tripoint.desks.operations.roster.model import Place, Planned, Shift, Span

HERE, OFFICER = uuid7(), uuid7()
BEGIN = datetime(2026, 3, 28, 20, tzinfo=UTC)
HOURS = st.integers(0, 72)
SPANS = st.lists(st.tuples(HOURS, st.integers(1, 24)), max_size=8)


def at(hours: float) -> datetime:
    return BEGIN + timedelta(hours=hours)


def place(zone: str = "Europe/Madrid", wanted: int = 1) -> Place:
    return Place(HERE, "Puerto Alto", "ARC", zone, wanted)


def span(start: int, length: int, where: UUID = HERE) -> Span:
    return Span(where, "ARC", at(start), at(start + length))


def shift(start: float, length: float, *, cancelled: bool = False) -> Shift:
    return Shift(uuid7(), OFFICER, "Ana Inventada", HERE, at(start), at(start + length), cancelled)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(15, 24 * 60),
    st.sampled_from(["Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "America/Panama"]),
)  # fmt: skip
def test_a_shift_lasts_as_long_as_truly_passes_whatever_the_clocks_do(start: datetime, minutes: int, zone: str) -> None:
    starts, ends = start.astimezone(ZoneInfo(zone)), (start + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    planned = Planned(uuid7(), OFFICER, HERE, starts, ends)
    found = rules.moments(planned, place(zone))
    assert found == (start, start + timedelta(minutes=minutes))


def test_a_night_in_which_clocks_are_put_on_is_an_hour_shorter() -> None:
    night = Planned(uuid7(), OFFICER, HERE, datetime(2026, 3, 28, 22), datetime(2026, 3, 29, 6))
    starts, ends = rules.moments(night, place())
    assert ends - starts == timedelta(hours=7)
    with pytest.raises(BadInput, match="does not exist") as refused:
        rules.moments(Planned(uuid7(), OFFICER, HERE, datetime(2026, 3, 29, 2, 15), datetime(2026, 3, 29, 6)), place())
    assert refused.value.field == "starts"


@pytest.mark.parametrize("minutes", [-60, 0, 14, 24 * 60 + 1])
def test_no_shift_is_shorter_than_a_quarter_of_an_hour_or_longer_than_a_day(minutes: int) -> None:
    planned = Planned(uuid7(), OFFICER, HERE, BEGIN, BEGIN + timedelta(minutes=minutes))
    with pytest.raises(BadInput, match="would last"):
        rules.moments(planned, place())


@given(HOURS, st.integers(1, 24), HOURS, st.integers(1, 24))
def test_two_shifts_meet_or_do_not(one: int, long: int, two: int, also: int) -> None:
    other = shift(two, also)
    if range(max(one, two), min(one + long, two + also)):
        with pytest.raises(Conflict, match="another shift"):
            rules.check_overlap(at(one), at(one + long), [other])
    else:
        rules.check_overlap(at(one), at(one + long), [other])


def test_a_cancelled_shift_is_in_nobodys_way() -> None:
    rules.check_overlap(at(0), at(8), [shift(2, 4, cancelled=True)])


@given(SPANS, st.integers(1, 3))
def test_gaps_are_the_hours_at_which_too_few_stand(drawn: list[tuple[int, int]], wanted: int) -> None:
    found = rules.gaps(place(wanted=wanted), [span(*one) for one in drawn], at(10), at(50))
    for hour in range(10, 50):
        standing = sum(start <= hour < start + length for start, length in drawn)
        within = [gap for gap in found if gap.starts_at <= at(hour) < gap.ends_at]
        assert [gap.standing for gap in within] == ([standing] if standing < wanted else [])
    for before, after in pairwise(found):
        assert before.ends_at < after.starts_at or before.standing != after.standing


def test_others_places_closed_ones_and_those_that_want_nobody_have_no_gaps() -> None:
    elsewhere = span(0, 72, uuid7())
    assert len(rules.gaps(place(), [elsewhere], at(0), at(8))) == 1
    assert rules.gaps(place(wanted=0), [], at(0), at(8)) == []
    assert rules.gaps(Place(HERE, "Old gate", "ARC", "UTC", 1, closed=True), [], at(0), at(8)) == []
