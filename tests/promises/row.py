"""What one row of the proofs' table says of a route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock

Make = Callable[[Side, Knock], Any]


def nothing(side: Side, who: Knock) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """One route. `act` is the policy's word for it; None is for everybody, signed in or not.

    `path`, `query` and `body` make a valid request of an officer of this side, who is let do it; `good` is then the
    answer. `ids` says what the ids it names are of: parameter or field to kind, as in `OBJECTS`.
    """

    act: str | None
    path: Make = nothing
    query: Make = nothing
    body: Make = nothing
    headers: Make = nothing
    good: int = 200
    ids: dict[str, str] = field(default_factory=dict)
    own: bool = False  # only whoever it was made for may look at it
    ends_session: bool = False  # whoever asks it is signed out after it
    lenient: str = ""  # why unknown fields of its body are passed over
