"""The nouns of devices: invitations, devices, and the token that is worth nothing without its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code by which one device is enrolled once; known at this moment only."""

    id: UUID
    code: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """A device of an officer. It sleeps until `confirmed_at`; once `revoked_at` it opens nothing."""

    id: UUID
    officer: UUID
    officer_name: str
    name: str
    enrolled_at: datetime
    confirmed_at: datetime | None
    ends_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whose device a code or an answered challenge belongs to."""

    officer: UUID
    party: int
    name: str
    awake: bool


@dataclass(frozen=True, slots=True)
class DeviceToken:
    """What a device may sign with from now until `ends_at`; no secret while it sleeps. `at` is the hub's clock."""

    device: UUID
    name: str
    secret: str | None
    ends_at: datetime
    at: datetime
