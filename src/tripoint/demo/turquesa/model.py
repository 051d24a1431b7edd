"""The nouns of the replay: what a party returns, how its return goes astray, and the stories that are planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tripoint.demo.played import TURQUESA

Values = Mapping[str, Any]
DAYS = TURQUESA.days


class Course(StrEnum):
    """How a return comes in: as it should, too late, wrong at first, twice, with a code nobody knows, or never."""

    PROMPT = "prompt"
    LATE = "late"
    CORRECTED = "corrected"
    TWICE = "twice"
    WRONG_CODE = "wrong_code"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Planned:
    """One occurrence to be returned by a party.

    `second` counts from the first day's midnight in UTC. `first` is what is sent before the right values, where the
    return is corrected or bears a wrong code. Occurrences of one `joint` are one event that several parties report.
    """

    key: str
    kind: str
    party: str
    post: str | None
    second: int
    values: Values
    story: str | None = None
    course: Course = Course.PROMPT
    first: Values | None = None
    joint: str | None = None
    links: tuple[tuple[str, str, str], ...] = ()  # relation, kind and key of the other

    @property
    def day(self) -> int:
        """The day of the operation, 0 to 4."""
        return self.second // 86_400


@dataclass(frozen=True, slots=True)
class Draft:
    """An occurrence before its moment, post and course are drawn."""

    kind: str
    party: str
    values: Values
    story: str | None = None
    post: str | None = None
    joint: str | None = None
    links: tuple[tuple[str, str, str], ...] = ()
    key: str | None = None
    more: Values = field(default_factory=dict)
