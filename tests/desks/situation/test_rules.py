from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput, Conflict
from tripoint.base.ids import uuid7
from tripoint.desks.situation import rules
from tripoint.desks.situation.jobs import told
from tripoint.desks.situation.model import (
    Asked,
    Declaration,
    Difference,
    Measure,
    Reporter,
    ReportState,
    Sent,
    Standing,
)

STARTS, ENDS = datetime(2023, 11, 27, 6, tzinfo=UTC), datetime(2023, 12, 2, 6, tzinfo=UTC)
POLICE = uuid7()
MADRID, PANAMA = Reporter(1, "Europe/Madrid"), Reporter(2, "America/Panama", POLICE)
ASKED = Asked(uuid7(), 0, STARTS, ENDS, "America/Costa_Rica", time(20), True, (MADRID, PANAMA))


def test_each_party_reports_by_its_own_clock() -> None:
    found = rules.expected(ASKED, ENDS)
    first = {one.party: one for one in reversed(found)}
    assert first[1].due_at == datetime(2023, 11, 27, 19, tzinfo=UTC)
    assert first[2].due_at == datetime(2023, 11, 28, 1, tzinfo=UTC)
    assert first[2].agency == POLICE
    # The days are the operation's own, the same for all.
    assert rules.days_of(ASKED) == [date(2023, 11, 27) + timedelta(days=n) for n in range(5)]
    assert {one.day for one in found if one.party == 1} == {one.day for one in found if one.party == 2}
    assert rules.expected(replace(ASKED, due=None), ENDS) == []


@given(st.datetimes(datetime(2023, 11, 26), datetime(2023, 12, 5), timezones=st.just(UTC)), st.data())
def test_what_is_due_was_sent_is_late_or_is_missing(now: datetime, data: st.DataObject) -> None:
    expected = rules.expected(ASKED, now)
    sent = [
        Sent(one.party, one.agency, one.day, one.due_at + timedelta(minutes=data.draw(st.integers(-600, 600))))
        for one in expected
        if data.draw(st.booleans())
    ]
    missing = rules.missing(ASKED, sent, now)
    times = {(one.party, one.agency, one.day): one.sent_at for one in sent}
    for one in expected:
        at = times.get((one.party, one.agency, one.day))
        standing = rules.standing(one, at, now)
        assert (standing is Standing.MISSING) == (one in missing)
        assert (standing is Standing.LATE) == (at is not None and at > one.due_at)
        assert (standing is Standing.OPEN) == (at is None and now <= one.due_at)


def test_a_day_that_is_none_of_the_operations_is_refused() -> None:
    days = rules.days_of(ASKED)
    rules.check_day(days[0], days, days[-1])
    with pytest.raises(BadInput, match="no day of the operation"):
        rules.check_day(date(2023, 12, 24), days, days[-1])
    with pytest.raises(BadInput, match="has not begun"):
        rules.check_day(days[2], days, days[1])


def test_a_final_report_stays_final_and_a_withdrawn_one_ends() -> None:
    rules.check_change(ReportState.PRELIMINARY, ReportState.FINAL)
    rules.check_change(ReportState.FINAL, ReportState.FINAL)
    for before, after in ((ReportState.FINAL, ReportState.PRELIMINARY), (ReportState.WITHDRAWN, ReportState.FINAL)):
        with pytest.raises(Conflict):
            rules.check_change(before, after)


def test_the_same_report_has_the_same_digest_and_no_other() -> None:
    one = Declaration(uuid7(), uuid7(), date(2023, 11, 27), {Measure.ARRESTS: 3, Measure.HITS: 1})
    assert rules.digest_of(one) == rules.digest_of(replace(one, figures={Measure.HITS: 1, Measure.ARRESTS: 3}))
    for other in (
        replace(one, figures={Measure.ARRESTS: 4, Measure.HITS: 1}), replace(one, remarks="bridge closed"),
        replace(one, agency=POLICE), replace(one, state=ReportState.FINAL), replace(one, day=date(2023, 11, 28)),
    ):  # fmt: skip
        assert rules.digest_of(other) != rules.digest_of(one)


def test_declared_stands_beside_filed_and_units_stay_apart() -> None:
    declared = rules.summed([{Measure.ARRESTS: 2, Measure.CHECKS_PERSONS: 10}, {Measure.ARRESTS: 1}])
    filed = {Measure.ARRESTS: 2, Measure.DETECTIONS: 5, Measure.FREEZES: 0}
    assert rules.differences(declared, filed) == [
        Difference(Measure.CHECKS_PERSONS, 10, 0),
        Difference(Measure.ARRESTS, 3, 2),
        Difference(Measure.DETECTIONS, None, 5),
    ]


def test_who_hears_of_a_missing_report() -> None:
    assert told(ASKED, 1) == (0, 1, 2)
    assert told(replace(ASKED, shares=False), 1) == (0, 1)
