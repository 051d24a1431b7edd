"""The routes of reports' clocks: what comes due, keeping shorter or longer, erasing."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from tripoint.access.http import Body
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.occurrences import keeping
from tripoint.records.occurrences.model import OccurrenceKind
from tripoint.records.occurrences.shapes import Plural
from tripoint.records.retention.model import Why
from tripoint.records.retention.shapes import ErasureAnswer, Reason, Version
from tripoint.records.shapes import Day

routes = Routes("/api", "retention")


class KeepingBody(Body):
    """Until when a report is kept, and why; without a day as long as its kind may be."""

    version: Version
    until: Day | None = None
    reason: Reason


class ReportErasureBody(Body):
    """Why a report goes before its time; `subject` where the person asked for it."""

    version: Version
    why: Literal["owner", "subject"] = "owner"
    reason: Reason


class ReportDueAnswer(BaseModel):
    id: UUID
    kind: OccurrenceKind
    operation: UUID
    version: int
    retain_until: date


class ReportsDueAnswer(BaseModel):
    due: list[ReportDueAnswer]


class KeptAnswer(BaseModel):
    id: UUID
    kind: OccurrenceKind
    version: int
    retain_until: date


@routes.get("/retention/reports", Act.LIST_DUE)
def list_reports_due(
    visit: Visit, operation: UUID | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> ReportsDueAnswer:
    """Reports of the own party that are erased within three months unless they are renewed, soonest first."""
    found = keeping.list_due(visit, operation, limit)
    return ReportsDueAnswer(due=[ReportDueAnswer.model_validate(one, from_attributes=True) for one in found])


@routes.post("/{plural:occurrences}/{which:uuid}/retention", Act.RENEW_RECORD)
def keep_until(visit: Visit, plural: Plural, which: UUID, body: KeepingBody) -> KeptAnswer:
    """Keep a report of the own party shorter or longer, saying why."""
    kept = keeping.keep_until(
        visit, plural.kind, which, version=body.version, until=body.until, reason=body.reason
    )
    return KeptAnswer.model_validate(kept, from_attributes=True)


@routes.post("/{plural:occurrences}/{which:uuid}/erasure", Act.ERASE_RECORD)
def erase(visit: Visit, plural: Plural, which: UUID, body: ReportErasureBody) -> ErasureAnswer:
    """Erase a report of the own party for good, with history, links, custody and keys; who opened it is recalled."""
    proof = keeping.erase(visit, plural.kind, which, version=body.version, why=Why(body.why), reason=body.reason)
    return ErasureAnswer.model_validate(proof, from_attributes=True)
