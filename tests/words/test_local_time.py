from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from tripoint.words.local_time import (
    NotOneMoment,
    UnknownZone,
    due_at,
    local_day,
    moment_of,
    moments_of,
    zone_named,
    zone_names,
)

# With daylight saving north and south of the equator, by half an hour, across midnight, and without.
ZONES = st.sampled_from([
    "Europe/Madrid", "America/Santiago", "America/Havana", "America/Asuncion", "Australia/Lord_Howe", "America/Panama",
    "America/St_Johns", "Asia/Kathmandu",
]).map(ZoneInfo)  # fmt: skip
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
LOCAL = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1))


@given(MOMENTS, ZONES)
def test_every_moment_is_among_those_its_clock_shows(moment: datetime, zone: ZoneInfo) -> None:
    shown = moment.astimezone(zone)
    assert moment in moments_of(shown.replace(tzinfo=None, fold=0), zone)
    assert moment_of(shown, zone) == moment  # with its offset it is one moment always


@given(LOCAL, ZONES)
def test_a_local_time_is_one_moment_or_refused(local: datetime, zone: ZoneInfo) -> None:
    found = moments_of(local, zone)
    assert len(found) <= 2
    if len(found) == 1:
        assert moment_of(local, zone).astimezone(zone).replace(tzinfo=None) == local
    else:
        with pytest.raises(NotOneMoment) as refused:
            moment_of(local, zone)
        assert refused.value.remedy.startswith("Write ")


def test_the_hour_that_is_skipped_and_the_hour_that_comes_twice() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    with pytest.raises(NotOneMoment, match="does not exist") as skipped:
        moment_of(datetime(2026, 3, 29, 2, 30), madrid)
    assert "2026-03-29T03:30+02:00" in skipped.value.remedy
    with pytest.raises(NotOneMoment, match="comes twice") as doubled:
        moment_of(datetime(2026, 10, 25, 2, 30), madrid)
    assert doubled.value.remedy == "Write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00."


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.times().map(lambda t: t.replace(microsecond=0)), ZONES)
def test_what_is_due_on_a_day_is_due_on_that_day(day: date, local: time, zone: ZoneInfo) -> None:
    due = due_at(day, local, zone)
    assert due.tzinfo is UTC
    assert local_day(due, zone) in (day, day + timedelta(days=1))
    if len(moments_of(datetime.combine(day, local), zone)) == 1:
        assert (local_day(due, zone), due.astimezone(zone).time()) == (day, local)


def test_only_places_have_a_time_zone() -> None:
    assert "America/Costa_Rica" in zone_names()
    assert zone_named("America/Panama").key == "America/Panama"
    for name in ("localtime", "posix/UTC", "America/Atlantis", "", "../etc/passwd"):
        with pytest.raises(UnknownZone):
            zone_named(name)
