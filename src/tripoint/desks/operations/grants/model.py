"""The noun of grants: a role for one operation, and its window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tripoint.access.model import Role


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that an officer holds for one operation, within the operation's own time."""

    id: UUID
    officer: UUID
    officer_name: str
    role: Role
    operation: UUID
    from_at: datetime
    until_at: datetime
    granted_at: datetime
    ended_at: datetime | None = None
