"""The nouns of the room: figures as of a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Figures:
    """What the reader may know of, counted at one moment."""

    as_of: datetime
    totals: dict[str, int]
    per_minute: tuple[tuple[datetime, int], ...]  # the last 60 minutes
    hits: dict[str, int]  # by state, and how many are overdue
    parties: tuple[dict[str, Any], ...]
    posts: tuple[dict[str, Any], ...]
    answer_minutes_p80: float | None
