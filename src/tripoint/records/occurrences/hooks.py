"""What a desk hangs onto a kind of report, in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tripoint.access.visit import Visit
from tripoint.records.occurrences.model import Json, Occurrence


def as_read(_: Visit, values: Json) -> Json:
    """Values that no desk adds to."""
    return values


def nothing_more(_: Visit, __: Occurrence, ___: Json) -> None:
    """A report that no desk follows up."""


@dataclass(frozen=True, slots=True)
class KindHooks:
    """What a desk hangs onto a kind, in the same transaction; for filing, correcting and rows of sheets alike.

    `before` takes the values as read and gives them with more (which `Form.line` may take up); raises BadInput.
    `after` takes the occurrence as it now stands and all its values, sealed ones too.
    """

    before: Callable[[Visit, Json], Json] = as_read
    after: Callable[[Visit, Occurrence, Json], None] = nothing_more


NO_HOOKS = KindHooks()


def in_turn(first: KindHooks, then: KindHooks) -> KindHooks:
    """What two desks hang onto one kind: the second is given what the first has added."""

    def before(visit: Visit, values: Json) -> Json:
        return then.before(visit, first.before(visit, values))

    def after(visit: Visit, occurrence: Occurrence, values: Json) -> None:
        first.after(visit, occurrence, values)
        then.after(visit, occurrence, values)

    return KindHooks(before, after)
