"""A short memory: what every request would ask again, kept for less than a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar, cast

T = TypeVar("T")
MOST = 1024  # entries; far above the parties of a hub


@dataclass(slots=True)
class ShortMemory:
    """Remembers values for `seconds`, so long a change may go unnoticed; with 0 it remembers nothing.

    Keys name the party whose view a value is: nothing is ever told to another.
    """

    seconds: float = 0.0
    clock: Callable[[], float] = time.monotonic
    _kept: dict[Hashable, tuple[float, object]] = field(default_factory=dict)

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """The value of `key`, asked for anew when it is too old."""
        now = self.clock()
        known = self._kept.get(key)
        if known is not None and now < known[0]:
            return cast("T", known[1])
        value = ask()
        if self.seconds > 0:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = (now + self.seconds, value)
        return value
