"""What a reader says of each entry of a file: a record, an entry it cannot take, or one that is not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tripoint.records.model import Content

LONGEST_EXCERPT = 80


class Row(NamedTuple):
    """A good entry. `line` counts from 1; `key` is the list's own reference, None where the content is its own key."""

    line: int
    key: str | None
    content: Content


@dataclass(frozen=True, slots=True)
class BadRow:
    """An entry that was kept out, in words its owner can act on.

    `key` is given where it could still be read, so that the record already held under it is left as it is.
    `fatal` says that nothing after it could be read: such an edition must not be loaded.
    """

    line: int
    field: str
    reason: str
    remedy: str
    excerpt: str = ""
    key: str | None = None
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry that is well written but not about a person or an object we hold, such as a company or a vessel."""

    line: int
    why: str


Outcome = Row | BadRow | Passed


class Faulty(ValueError):
    """One field of an entry cannot be taken; a reader turns it into a `BadRow`."""

    def __init__(self, field: str, reason: str, remedy: str, text: str = "") -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason, self.remedy, self.text = field, reason, remedy, text

    def at(self, line: int, key: str | None = None) -> BadRow:
        """The report line for it."""
        return BadRow(line, self.field, self.reason, self.remedy, excerpt(self.text), key)


def excerpt(text: str) -> str:
    """At most 80 characters of what stood there, safe to print and to store: control characters become dots."""
    short = text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + "…"
    return "".join(letter if letter.isprintable() else "·" for letter in short)
