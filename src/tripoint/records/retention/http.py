"""The routes of retention: what comes due, renewals, erasing, recalls."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.model import RecordKind
from tripoint.records.retention import work
from tripoint.records.retention.model import Why
from tripoint.records.retention.shapes import (
    DueAnswer,
    DuesAnswer,
    ErasureAnswer,
    ErasureBody,
    ErasuresAnswer,
    RecallAnswer,
    RecallsAnswer,
    RenewalBody,
    RenewedAnswer,
)

routes = Routes("/api", "retention")
Limit = Annotated[int, Query(ge=1, le=500)]


@routes.get("/retention/due", Act.LIST_DUE)
def list_due(
    visit: Visit, kind: RecordKind | None = None, of_set: Annotated[UUID | None, Query(alias="set")] = None,
    limit: Limit = 100,
) -> DuesAnswer:  # fmt: skip
    """Records of the own party that are erased within six months unless they are renewed, soonest first."""
    found = work.list_due(visit, kind, of_set, limit)
    return DuesAnswer(due=[DueAnswer.model_validate(one, from_attributes=True) for one in found])


@routes.post("/records/{kind}/{which}/renewal", Act.RENEW_RECORD)
def renew(visit: Visit, kind: RecordKind, which: UUID, body: RenewalBody) -> RenewedAnswer:
    """Keep a record of the own party longer, saying why it is still needed."""
    renewed = work.renew(visit, kind, which, version=body.version, until=body.until, reason=body.reason)
    return RenewedAnswer.model_validate(renewed, from_attributes=True)


@routes.post("/records/{kind}/{which}/erasure", Act.ERASE_RECORD)
def erase(visit: Visit, kind: RecordKind, which: UUID, body: ErasureBody) -> ErasureAnswer:
    """Erase a record of the own party for good, with its history and its keys; parties that were told are recalled."""
    proof = work.erase(visit, kind, which, version=body.version, why=Why(body.why), reason=body.reason)
    return ErasureAnswer.model_validate(proof, from_attributes=True)


@routes.get("/retention/erasures", Act.LIST_ERASURES)
def list_erasures(visit: Visit, record: UUID | None = None, limit: Limit = 100) -> ErasuresAnswer:
    """Proofs that records of the own party were erased: when, why and by whom; never what they said."""
    found = work.list_erasures(visit, record, limit)
    return ErasuresAnswer(erasures=[ErasureAnswer.model_validate(one, from_attributes=True) for one in found])


@routes.get("/retention/recalls", Act.LIST_RECALLS)
def list_recalls(visit: Visit, still_open: Annotated[bool, Query(alias="open")] = True) -> RecallsAnswer:
    """Recalls raised by the own party and to it; those not acknowledged yet, or with `open=false` all."""
    found = work.list_recalls(visit, still_open=still_open)
    return RecallsAnswer(recalls=[RecallAnswer.model_validate(one, from_attributes=True) for one in found])


@routes.post("/retention/recalls/{which}/acknowledgement", Act.ACKNOWLEDGE_RECALL)
def acknowledge(visit: Visit, which: UUID) -> RecallAnswer:
    """Say that the own party keeps nothing any more of an erased record."""
    return RecallAnswer.model_validate(work.acknowledge(visit, which), from_attributes=True)
