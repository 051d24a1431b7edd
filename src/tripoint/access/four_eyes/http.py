"""The routes of four eyes: what waits, approve, turn down. Asking stands with each act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from tripoint.access.four_eyes import rules, work
from tripoint.access.four_eyes.model import Approval, State
from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit


class ApproveBody(Body):
    """What was seen: the digest that came with the request."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class TurnDownBody(Body):
    """Why it is turned down."""

    reason: Line


class ApprovalAnswer(BaseModel):
    id: UUID
    act: Act
    object_kind: str | None
    object_id: UUID | None
    body: dict[str, Any]
    digest: str
    reason: str
    asked_by: str
    own: bool
    asked_at: datetime
    ends_at: datetime
    state: State
    decided_at: datetime | None
    answer: str | None
    may_approve: bool


class ApprovalsAnswer(BaseModel):
    approvals: list[ApprovalAnswer]


def routes_for(executors: Mapping[Act, work.Executor]) -> Routes:
    """The routes, with what each act does once it is approved."""
    routes = Routes("/api/approvals", "two people")

    @routes.get("", Act.LIST_APPROVALS)
    def list_approvals(visit: Visit) -> ApprovalsAnswer:
        """What of the own party waits for a second officer, and what was decided lately."""
        return ApprovalsAnswer(approvals=[approval_answer(visit, one) for one in work.waiting(visit)])

    @routes.post("/{which}/approval", Act.APPROVE)
    def approve(visit: Visit, which: UUID, body: ApproveBody) -> ApprovalAnswer:
        """Approve another officer's request; what it asks for happens in the same moment, once."""
        return approval_answer(visit, work.approve(visit, which, bytes.fromhex(body.digest), executors))

    @routes.post("/{which}/rejection", Act.TURN_DOWN)
    def turn_down(visit: Visit, which: UUID, body: TurnDownBody) -> ApprovalAnswer:
        """Reject another officer's request; nothing of it happens."""
        return approval_answer(visit, work.turn_down(visit, which, body.reason))

    @routes.delete("/{which}", Act.WITHDRAW)
    def withdraw(visit: Visit, which: UUID) -> ApprovalAnswer:
        """Take back a request of one's own that still waits."""
        return approval_answer(visit, work.withdraw(visit, which))

    return routes


def approval_answer(visit: Visit, approval: Approval) -> ApprovalAnswer:
    """A request as an officer of its party sees it."""
    state, own = rules.stands(approval, visit.clock()), approval.asked_by == visit.officer.id
    able = bool(visit.officer.roles & rules.APPROVERS.get(approval.act, frozenset()))
    return ApprovalAnswer(
        id=approval.id, act=approval.act, object_kind=approval.object_kind, object_id=approval.object_id,
        body=dict(approval.body), digest=rules.digest_of(approval.body).hex(), reason=approval.reason,
        asked_by=approval.asked_by_name, own=own, asked_at=approval.asked_at, ends_at=approval.ends_at, state=state,
        decided_at=approval.decided_at, answer=approval.answer,
        may_approve=state is State.WAITING and not own and able,
    )  # fmt: skip
