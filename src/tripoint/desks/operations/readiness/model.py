"""The nouns of readiness: lines about parties, lists and posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PartyReady:
    """How far a party is set up: for itself, and for the coordinator."""

    party: str  # code
    officers: int  # active
    with_own_factor: int  # of them, with a passkey or one-time codes
    devices: int  # awake
    keys: bool  # it has sealed something, so its keys work
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListReady:
    """A list that the reader's party may know of. `records` is told to its owner alone."""

    owner: str  # code
    name: str
    kind: str
    as_of: datetime | None
    records: int | None


@dataclass(frozen=True, slots=True)
class PostReady:
    """How many stand at a post now, of how many that are wanted."""

    post: UUID
    name: str
    party: str  # code
    hotspot: bool
    wanted: int
    standing: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the reader may know of an operation's readiness at a moment."""

    as_of: datetime
    parties: tuple[PartyReady, ...]
    enrolled: int  # parties of the operation with a line here that have an officer
    lists: tuple[ListReady, ...]
    posts: tuple[PostReady, ...]
    missing: tuple[Any, ...]  # reports due and not sent
