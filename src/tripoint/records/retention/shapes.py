"""The shapes of retention over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from tripoint.access.http import Body
from tripoint.records.model import RecordKind
from tripoint.records.retention.model import Why
from tripoint.records.shapes import Day

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


class RenewalBody(Body):
    """Until when a record is kept, and why it is still needed; without a day as long as its kind may be."""

    version: Version
    until: Day | None = None
    reason: Reason


class ErasureBody(Body):
    """Why a record goes before its time; `subject` where the person asked for it."""

    version: Version
    why: Literal["owner", "subject"] = "owner"
    reason: Reason


class DueAnswer(BaseModel):
    id: UUID
    kind: RecordKind
    set_id: UUID
    set_name: str
    version: int
    retain_until: date


class DuesAnswer(BaseModel):
    due: list[DueAnswer]


class RenewedAnswer(BaseModel):
    id: UUID
    kind: RecordKind
    version: int
    retain_until: date


class ErasureAnswer(BaseModel):
    record: UUID
    kind: str
    version: int
    digest: str
    why: Why
    reason: str | None
    erased_at: datetime
    erased_by: UUID | None


class ErasuresAnswer(BaseModel):
    erasures: list[ErasureAnswer]


class RecallAnswer(BaseModel):
    id: UUID
    record: UUID
    kind: str
    owner: str
    party: str
    raised_at: datetime
    acknowledged_at: datetime | None


class RecallsAnswer(BaseModel):
    recalls: list[RecallAnswer]
