"""The routes of the operations desk."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import BaseModel

from tripoint.access.http import OperationAnswer, PostAnswer, operation_answer
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.operations import work
from tripoint.desks.operations.shapes import (
    ChangeShown,
    PartBody,
    PartnersBody,
    PhasesBody,
    PlanAnswer,
    PlanBody,
    PlanHistoryAnswer,
    PlannedPostAnswer,
    PostBody,
    SitesBody,
    plan_answer,
)

routes = Routes("/api/operations", "operations")


class OperationsAnswer(BaseModel):
    operations: list[OperationAnswer]


@routes.get("", Act.SEE_OPERATIONS)
def list_operations(visit: Visit) -> OperationsAnswer:
    """The operations that the own party takes part in or coordinates, latest first."""
    return OperationsAnswer(operations=[operation_answer(operation) for operation in work.list_operations(visit)])


@routes.post("", Act.ADD_OPERATION, status_code=201)
def add_operation(visit: Visit, body: PlanBody) -> OperationAnswer:
    """Plan an operation that the own party coordinates."""
    return operation_answer(work.add_operation(visit, body.plan()))


@routes.get("/{which}", Act.READ_PLAN)
def read_plan(visit: Visit, which: UUID) -> PlanAnswer:
    """The whole plan: phases, hubs, partners, what each party brings, posts. For every party that takes part."""
    return plan_answer(work.read_plan(visit, which))


@routes.put("/{which}", Act.CHANGE_OPERATION)
def change_operation(visit: Visit, which: UUID, body: PlanBody) -> OperationAnswer:
    """Change name, dates and parties; what the operation releases follows at once."""
    return operation_answer(work.change_operation(visit, which, body.plan()))


@routes.put("/{which}/phases", Act.CHANGE_OPERATION)
def set_phases(visit: Visit, which: UUID, body: PhasesBody) -> PlanAnswer:
    """Let exactly these phases stand: preparation, action days, follow-up."""
    return plan_answer(work.set_phases(visit, which, body.entries()))


@routes.put("/{which}/sites", Act.CHANGE_OPERATION)
def set_sites(visit: Visit, which: UUID, body: SitesBody) -> PlanAnswer:
    """Let exactly these hubs and support units stand."""
    return plan_answer(work.set_sites(visit, which, body.entries()))


@routes.put("/{which}/partners", Act.CHANGE_OPERATION)
def set_partners(visit: Visit, which: UUID, body: PartnersBody) -> PlanAnswer:
    """Let exactly these partners stand: contacts with a role, to whom nothing opens by it."""
    return plan_answer(work.set_partners(visit, which, body.entries()))


@routes.put("/{which}/parties/{party}", Act.CHANGE_DEPLOYMENT)
def set_part(
    visit: Visit, which: UUID, party: Annotated[str, Path(pattern=r"^[A-Z0-9]{2,12}$")], body: PartBody
) -> PlanAnswer:
    """Write how a party takes part: its time, territories and services. The party itself does, or the coordinator."""
    return plan_answer(work.set_part(visit, which, body.part(party)))


@routes.post("/{which}/posts", Act.ADD_POST, status_code=201)
def add_post(visit: Visit, which: UUID, body: PostBody) -> PostAnswer:
    """Set up a post."""
    return PostAnswer.model_validate(
        work.add_post(visit, which, body.post(visit.officer.party.code)), from_attributes=True
    )


@routes.put("/{which}/posts/{post}", Act.CHANGE_DEPLOYMENT)
def change_post(visit: Visit, which: UUID, post: UUID, body: PostBody) -> PlannedPostAnswer:
    """Change a post: its place, whether it is a hotspot, how many officers it wants; or close it."""
    changed = work.change_post(visit, which, post, body.post(visit.officer.party.code))
    return PlannedPostAnswer.model_validate(changed, from_attributes=True)


@routes.get("/{which}/history", Act.READ_PLAN)
def read_history(
    visit: Visit, which: UUID, limit: Annotated[int, Query(ge=1, le=work.MOST_CHANGES)] = 100
) -> PlanHistoryAnswer:
    """What changed of the plan, latest first; of rosters only the own party's."""
    changes = work.read_history(visit, which, limit)
    return PlanHistoryAnswer(changes=[ChangeShown.model_validate(one, from_attributes=True) for one in changes])
