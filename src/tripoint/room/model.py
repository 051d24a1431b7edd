"""The nouns of the room: figures as of a moment, what is wanted of the live picture, and the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

Rows = tuple[dict[str, Any], ...]


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


class Kind(StrEnum):
    """What happens in an operation, as the room tells it apart: hits, and what the field reports."""

    HIT = "hit"
    DETECTION = "detection"
    VICTIM = "victim"
    ARREST = "arrest"
    SEIZURE = "seizure"
    FREEZE = "freeze"
    GROUP = "group"
    INVESTIGATION = "investigation"
    INCIDENT = "incident"
    INTERVIEW = "interview"
    NOTICE_REQUEST = "notice_request"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at: an operation or everything, a period or all of it, one party, one post, one kind.

    `since` is counted, `until` is not. `begin` and `end` bound the timeline, which may show more than is counted.
    """

    operation: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    party: str | None = None
    post: UUID | None = None
    kind: Kind | None = None
    begin: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What the timeline shows: whole steps from `begin` to `end`."""

    begin: datetime
    end: datetime
    step: timedelta


@dataclass(frozen=True, slots=True)
class Picture:
    """The live picture in parts, each counted through the predicates of its tables, as of one moment."""

    as_of: datetime
    span: Span
    checks: dict[str, Any]  # total, by kind, the last hour by minute
    hits: dict[str, Any]  # by state; overdue and due soon; how fast owners answer
    kinds: Rows  # what was reported, by kind: state of the records, unknown, joint results once
    parties: Rows
    posts: Rows
    routes: Rows
    nationalities: Rows
    timeline: Rows
    events: Rows
