from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput, Conflict
from tripoint.desks.subjects import rules
from tripoint.desks.subjects.model import (
    Concerned,
    Decision,
    Deed,
    Outcome,
    PartyAnswer,
    Received,
    RequestKind,
    Ruling,
)
from tripoint.records.model import RecordKind
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName

ADMITTED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PERSON = PersonDescription((PersonName("Mireldo Antuvelas"),))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def concerned(deed: Deed) -> Concerned:
    return Concerned(RecordKind.PERSON, UUID(int=1), deed)


def party(decision: Decision | None, words: str | None = None) -> PartyAnswer:
    return PartyAnswer("ARC", decision, words, late=False)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (RequestKind.ACCESS, datetime(2026, 7, 2, 9, 30, tzinfo=UTC)),
        (RequestKind.CORRECTION, datetime(2026, 12, 2, 9, 30, tzinfo=UTC)),
        (RequestKind.DELETION, datetime(2026, 12, 2, 9, 30, tzinfo=UTC)),
    ],
)
def test_access_has_four_months_correction_and_deletion_nine(kind: RequestKind, due: datetime) -> None:
    assert rules.due_at(kind, ADMITTED) == due


def test_a_day_the_month_does_not_have_becomes_its_last() -> None:
    assert rules.months_later(datetime(2025, 10, 31, tzinfo=UTC), 4) == datetime(2026, 2, 28, tzinfo=UTC)
    assert rules.months_later(datetime(2027, 10, 31, tzinfo=UTC), 4) == datetime(2028, 2, 29, tzinfo=UTC)


@given(MOMENTS, st.integers(1, 24))
def test_months_count_on_and_never_skip_one(moment: datetime, months: int) -> None:
    later = rules.months_later(moment, months)
    assert (later.year * 12 + later.month) - (moment.year * 12 + moment.month) == months
    assert later.day <= moment.day


def test_reminders_come_at_half_four_fifths_and_the_end() -> None:
    due = ADMITTED + timedelta(days=100)
    reached = [rules.reminder(ADMITTED, due, ADMITTED + timedelta(days=days)) for days in (0, 49, 50, 79, 80, 99, 100)]
    assert reached == [0, 0, 50, 50, 80, 80, 100]


@given(MOMENTS, st.integers(0, 400), st.integers(0, 400))
def test_reminders_never_go_back(moment: datetime, one: int, more: int) -> None:
    due = rules.due_at(RequestKind.DELETION, moment)
    first, second = (rules.reminder(moment, due, moment + timedelta(days=days)) for days in (one, one + more))
    assert first <= second


def test_a_request_of_tomorrow_and_strange_codes_are_refused() -> None:
    came = Received(RequestKind.ACCESS, "DPO 1", date(2026, 3, 2), PERSON)
    assert rules.normalised(came, date(2026, 3, 2)) == came
    with pytest.raises(BadInput) as raised:
        rules.normalised(came, date(2026, 3, 1))
    assert raised.value.field == "received_on"
    for strange, field in (
        (replace(PERSON, nationalities=("Nowhere at all",)), "person.nationalities"),
        (replace(PERSON, documents=(DocumentReference("?"),)), "person.documents"),
    ):
        with pytest.raises(BadInput) as raised:
            rules.normalised(replace(came, person=strange), date(2026, 3, 2))
        assert raised.value.field == field


@pytest.mark.parametrize(
    ("kind", "ruling"),
    [
        (RequestKind.ACCESS, Ruling(Decision.TOLD, "why", "We hold a notice.", (concerned(Deed.TOLD),))),
        (RequestKind.ACCESS, Ruling(Decision.NOTHING_TO_TELL, "nothing is held")),
        (RequestKind.ACCESS, Ruling(Decision.NOTHING_TO_TELL, "a case is open", None, (concerned(Deed.WITHHELD),))),
        (RequestKind.DELETION, Ruling(Decision.DONE, "why", "Deleted.", (concerned(Deed.DELETED),))),
        (RequestKind.CORRECTION, Ruling(Decision.NOTHING_TO_TELL, "it is right", None, (concerned(Deed.KEPT),))),
    ],
)
def test_what_an_owner_may_decide(kind: RequestKind, ruling: Ruling) -> None:
    rules.check_ruling(kind, ruling)


@pytest.mark.parametrize(
    ("kind", "ruling", "field"),
    [
        (RequestKind.ACCESS, Ruling(Decision.DONE, "why", "Done.", (concerned(Deed.DELETED),)), "decision"),
        (RequestKind.DELETION, Ruling(Decision.TOLD, "why", "Told."), "decision"),
        (RequestKind.ACCESS, Ruling(Decision.TOLD, "why"), "words"),
        (RequestKind.ACCESS, Ruling(Decision.NOTHING_TO_TELL, "why", "We hold nothing."), "words"),
        (RequestKind.ACCESS, Ruling(Decision.NOTHING_TO_TELL, "why", None, (concerned(Deed.TOLD),)), "records"),
        (RequestKind.DELETION, Ruling(Decision.DONE, "why", "Done."), "records"),
        (RequestKind.DELETION, Ruling(Decision.DONE, "why", "Done.", (concerned(Deed.KEPT),)), "records"),
    ],
)
def test_what_an_owner_may_not_decide(kind: RequestKind, ruling: Ruling, field: str) -> None:
    with pytest.raises(BadInput) as raised:
        rules.check_ruling(kind, ruling)
    assert raised.value.field == field


def test_a_deed_must_have_been_done_since_the_request() -> None:
    day = ADMITTED.date()
    fresh = {"version": 2, "changed_at": ADMITTED, "ended_at": None}
    rules.check_deed(Deed.CORRECTED, fresh, day)
    rules.check_deed(Deed.DELETED, fresh | {"ended_at": ADMITTED}, day)
    rules.check_deed(Deed.WITHHELD, fresh, day)
    for deed, row in (
        (Deed.CORRECTED, fresh | {"version": 1}),
        (Deed.CORRECTED, fresh | {"changed_at": ADMITTED - timedelta(days=2)}),
        (Deed.CORRECTED, fresh | {"ended_at": ADMITTED}),
        (Deed.DELETED, fresh),
    ):
        with pytest.raises(Conflict):
            rules.check_deed(deed, row, day)


def test_the_answer_is_one_whether_nothing_is_held_or_all_is_withheld() -> None:
    told = rules.answer([party(Decision.NOTHING_TO_TELL), party(Decision.TOLD, "A notice.")], overdue=False)
    assert (told.outcome, told.words) == (Outcome.TOLD, ("A notice.",))
    silent = rules.answer([party(Decision.NOTHING_TO_TELL)] * 2, overdue=False)
    assert (silent.outcome, silent.words) == (Outcome.NEITHER_CONFIRMED_NOR_DENIED, ())
    with pytest.raises(Conflict, match="Not every party"):
        rules.answer([party(Decision.TOLD, "A notice."), party(None)], overdue=False)
    assert rules.answer([party(None)], overdue=True) == silent
