"""The nouns of four eyes: what waits for a second officer, and who may be that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, Role


class State(StrEnum):
    """How a request stands. All but the first are final."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer asks for: the act, the object, and all that the act needs. Ids and settings, no content."""

    act: Act
    object_kind: str | None
    object_id: UUID | None
    body: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A proposal on its way. `digest` is SHA-256 of the canonical form of its body (RFC 8785)."""

    id: UUID
    act: Act
    object_kind: str | None
    object_id: UUID | None
    body: Mapping[str, Any]
    digest: bytes
    reason: str
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    ends_at: datetime
    state: State
    decided_by: UUID | None
    decided_at: datetime | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer of the own party as he stands at this very moment, held so until the transaction ends."""

    id: UUID
    name: str
    agency: UUID
    roles: frozenset[Role]
    active: bool
