"""The nouns of break-glass: what was opened, by whom and why, and what its owner thought of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Verdict(StrEnum):
    """What the owner of the record says afterwards."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


@dataclass(frozen=True, slots=True)
class Glass:
    """One record opened in an emergency. `party` is the officer's, `owner` the record's; both are codes."""

    id: UUID
    party: str
    officer: UUID
    by_name: str
    kind: str
    record: UUID
    owner: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    review_due_at: datetime
    verdict: Verdict | None
    reviewed_at: datetime | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What the database says of an attempt to open a record; `refused` says why nothing was opened."""

    owner: int
    kind: str
    record: UUID
    version: int
    refused: str | None
