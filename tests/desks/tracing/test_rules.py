"""The course of a trace request: every move by its own half, nothing answered twice, limits that bind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings, strategies as some

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.tracing import rules
from tripoint.desks.tracing.model import (
    Answer,
    Asking,
    Clocks,
    Description,
    Limits,
    OwnPart,
    Priority,
    Recovery,
    Request,
    SentMark,
    Side,
    State,
    Step,
)
from tripoint.words.firearms.recovery import IllicitGround
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, Restriction, WhyNot

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
FIREARM = Description((SentMark("frame", "serial", "TBK 482915"),), make="Taurus", recovery=Recovery("PRY"))
ASKING = Asking(FIREARM, grounds=(IllicitGround.ILLICIT_WHERE_FOUND,), intended_use="investigation")


def request(state: State = State.SUBMITTED, mine: Side = Side.ASKED, limits: Limits = Limits()) -> Request:  # noqa: B008
    asking = replace(ASKING, limits=limits)
    return Request(uuid4(), "PRY", "BRA", mine, state, NOW, NOW, NOW, None, Clocks(None, None, None), None, asking)


@settings(max_examples=60)
@given(some.lists(some.tuples(some.sampled_from(State), some.sampled_from(Side)), max_size=14))
def test_whatever_is_tried_the_course_keeps_its_order(tries: list[tuple[State, Side]]) -> None:
    state, been = State.DRAFT, [State.DRAFT]
    for after, side in tries:
        try:
            rules.check_move(state, after, side, "a reason")
        except Conflict:
            assert after not in rules.next_states(state, side)
            continue
        state = after
        been.append(after)
    assert State.EXPIRED not in been  # only the hub lets a request expire
    for ended in rules.ENDED & set(been):
        assert been.index(ended) == len(been) - 1
    if State.ANSWERED in been:
        assert State.ACKNOWLEDGED in been or State.MORE_INFO_NEEDED in been
        assert set(been[been.index(State.ANSWERED) + 1 :]) <= {State.CLOSED}
    if State.IN_PROGRESS in been:
        assert been.index(State.SUBMITTED) < been.index(State.ACKNOWLEDGED) < been.index(State.IN_PROGRESS)


@pytest.mark.parametrize("state", State)
def test_no_move_belongs_to_both_halves_and_all_but_the_ended_go_on(state: State) -> None:
    both = set(rules.next_states(state, Side.ASKER)) & set(rules.next_states(state, Side.ASKED))
    assert not both
    assert bool(rules.MOVES[state]) == (state not in rules.ENDED)


def test_a_request_says_what_the_instrument_wants() -> None:
    rules.check_asking(ASKING)
    for lacks, field in (
        (replace(ASKING, priority=Priority.URGENT), "urgent_reason"), (replace(ASKING, grounds=()), "grounds"),
        (replace(ASKING, intended_use=None), "intended_use"),
        (replace(ASKING, description=replace(FIREARM, recovery=None)), "description.recovery"),
        (replace(ASKING, description=Description(recovery=Recovery("PRY"))), "description.marks"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as wrong:
            rules.check_asking(lacks)
        assert wrong.value.field == field
    assert rules.lacking(FIREARM) == ("country_of_manufacture", "type", "calibre")


def test_a_possessor_goes_out_only_where_chosen_and_nobody_to_protect_ever() -> None:
    own = OwnPart(possessor="Fulano Inventado")
    assert rules.sent(FIREARM, own, with_possessor=False).possessor is None
    assert rules.sent(FIREARM, own, with_possessor=True).possessor == "Fulano Inventado"
    with pytest.raises(NotAllowed):
        rules.sent(FIREARM, replace(own, possessor_protected=True), with_possessor=True)


def test_an_answer_says_why_not_and_a_trace_shows_somebody() -> None:
    day = date(2026, 3, 20)
    rules.check_answer(Answer(AnswerClass.NO_RECORD, why=WhyNot.RECORD_DESTROYED), day)
    for wrong in (
        Answer(AnswerClass.NO_RECORD), Answer(AnswerClass.UNIDENTIFIABLE, why=WhyNot.SECURITY),
        Answer(AnswerClass.LICENSEE, why=WhyNot.SECURITY), Answer(AnswerClass.REFUSED, why=WhyNot.SECURITY),
        Answer(AnswerClass.NO_RECORD, why=WhyNot.FOREIGN_ORIGIN),
        Answer(AnswerClass.LICENSEE, use_until=date(2026, 3, 19)),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            rules.check_answer(wrong, day)
    hidden = Step(uuid4(), HolderRole.DEALER, "BRA", None, None, Evidence.RECORDED, lawful=True, released=False)
    with pytest.raises(BadInput):
        rules.check_steps(AnswerClass.LICENSEE, [hidden])
    rules.check_steps(AnswerClass.LICENSEE, [replace(hidden, released=True)])


def test_what_may_not_be_passed_on_is_not() -> None:
    bound = Limits((Restriction.NOT_PASSED_ON,))
    rules.check_forwarding(request(), "ARG")
    with pytest.raises(NotAllowed, match="PRY"):
        rules.check_forwarding(request(limits=bound), "ARG")
    with pytest.raises(Conflict):
        rules.check_forwarding(request(State.ANSWERED), "ARG")
    rules.check_forwarding(request(State.ANSWERED, Side.ASKER), "ARG")  # one's own next hop
    told = Step(uuid4(), HolderRole.DEALER, "ARG", None, None, Evidence.RECORDED, True, party="ARG", limits=bound)
    with pytest.raises(NotAllowed, match="ARG"):
        rules.check_carried(told, "PRY")
    rules.check_carried(told, "ARG")
    together = rules.limits_in_force([bound, Limits((Restriction.ASK_FIRST,), "call first"), bound])
    assert together == Limits((Restriction.NOT_PASSED_ON, Restriction.ASK_FIRST), "call first")
