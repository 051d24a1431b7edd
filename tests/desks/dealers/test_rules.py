"""What a count says beside a book, and when a decided indicator opens again."""

from __future__ import annotations

from datetime import date

import pytest

from tripoint.base.errors import BadInput
from tripoint.desks.dealers.model import IndicatorState, Item, Measure, Scope, Visited
from tripoint.desks.dealers.rules import check_visit, compared, opens_again

HELD = [Item("ABC12345", "taurus"), Item("ABC-12346", "taurus")]


@pytest.mark.parametrize(("scope", "missing"), [(Scope.FULL, 1), (Scope.SAMPLE, 0)])
def test_only_a_whole_count_knows_what_is_missing(scope: Scope, missing: int) -> None:
    counted = [Item("abc 12345", "Taurus"), Item("ZZZ99999", "taurus")]
    assert compared(counted, HELD, scope) == (1, missing, 1)


def test_a_visit_of_tomorrow_is_refused() -> None:
    visited = Visited("L-1", date(2026, 5, 2), Scope.FULL, (), (), (), Measure.NONE, None)
    with pytest.raises(BadInput) as refused:
        check_visit(visited, date(2026, 5, 1))
    assert refused.value.field == "day"


def test_a_decision_holds_until_there_are_rows_it_did_not_know() -> None:
    first, second = {"file": "a.csv", "line": 2}, {"file": "a.csv", "line": 3}
    assert not opens_again(IndicatorState.DISMISSED, [first, second], [first])
    assert opens_again(IndicatorState.DISMISSED, [first], [first, second])
    assert not opens_again(IndicatorState.OPEN, [], [first])
