"""Pure decisions of the dealers' desk: what a count says beside a book, which indicators open again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tripoint.base.errors import BadInput
from tripoint.desks.dealers.model import IndicatorState, Item, Scope, Visited

SEPARATORS = str.maketrans("", "", " -./_")


def key_of(serial: str, make: str) -> tuple[str, str]:
    """A firearm as books compare it: separators and case of its number make no difference."""
    return serial.upper().translate(SEPARATORS), " ".join(make.casefold().split())


def compared(items: Iterable[Item], held: Iterable[Item], scope: Scope) -> tuple[int, int, int]:
    """Matched, missing and unbooked of a count; of a sample nothing can be missing."""
    counted = {key_of(one.serial, one.make) for one in items}
    booked = {key_of(one.serial, one.make) for one in held}
    missing = len(booked - counted) if scope is Scope.FULL else 0
    return len(counted & booked), missing, len(counted - booked)


def check_visit(visited: Visited, today: date) -> None:
    """Raises BadInput for an inspection of a day to come, or one that is to be looked at again before it was."""
    if visited.day > today:
        raise BadInput("The inspection would be later than today.", field="day", remedy="Give the day it was made.")
    if visited.follow_up and visited.follow_up <= visited.day:
        raise BadInput("The next visit would be before this one.", field="follow_up", remedy="Give a later day.")


def opens_again(state: IndicatorState, known: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one that was decided rests on rows now that the decision did not know."""
    if state is IndicatorState.OPEN:
        return False
    before = {(row["file"], row["line"]) for row in known}
    return any((row["file"], row["line"]) not in before for row in found)
