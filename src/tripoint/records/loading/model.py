"""The nouns of loading: an edition of a list, what was made of it, and who is told on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.records.model import RecordKind, Terms
from tripoint.records.sources.outcomes import BadRow


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one party's list.

    `digest` is the SHA-256 of all files it was read from, `settings` what else decides how they are read: a load that
    was broken off goes on only where both are the same. A `partial` edition adds and changes but ends nothing.
    `shrinking` allows an edition to end more than half of a long list.
    """

    owner: str
    name: str
    kind: RecordKind
    source: str
    terms: Terms
    digest: bytes
    as_of: datetime
    settings: dict[str, Any] = field(default_factory=dict)
    partial: bool = False
    shrinking: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What an edition did to its set."""

    run: UUID
    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    bad: int = 0
    passed: dict[str, int] = field(default_factory=dict)
    resumed_at: int = 0  # rows that stood ready from a load that was broken off
    seconds: float = 0.0

    @property
    def rows(self) -> int:
        """Good rows: those the edition holds."""
        return self.added + self.changed + self.unchanged

    @property
    def rows_per_second(self) -> float:
        """Good rows a second, from the first byte read to the commit."""
        return self.rows / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        """Counts as JSON values."""
        return {**asdict(self), "run": str(self.run)}


def ignore_progress(_: int) -> None:
    """Tell nobody how far it is."""


def ignore_writing() -> None:
    """Tell nobody that reading is done."""


def ignore_bad_row(_: BadRow) -> None:
    """Tell nobody of bad rows."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told on the way: entries read so far (now and then), each row kept out, and that writing begins."""

    progress: Callable[[int], None] = ignore_progress
    bad_row: Callable[[BadRow], None] = ignore_bad_row
    writing: Callable[[], None] = ignore_writing
