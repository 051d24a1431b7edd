"""The routes of the operations desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from tripoint.access.http import Body, Line, OperationAnswer, PostAnswer, operation_answer
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.operations import work
from tripoint.desks.operations.model import Plan, PlannedPost, PostKind

FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2150, 1, 1, tzinfo=UTC)
routes = Routes("/api/operations", "operations")


def within_reason(moment: datetime) -> datetime:
    """A moment between 1990 and 2150."""
    if not FIRST <= moment <= LAST:
        raise ValueError("lies outside 1990 to 2150")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(within_reason)]
PartyCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]


class PlanBody(Body):
    """An operation as its coordinator plans it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "name": "Quiet River III", "family": "Quiet River", "edition": "III", "starts_at": "2026-03-01T00:00:00Z",
        "ends_at": "2026-03-12T00:00:00Z", "participants": ["ARC", "BOR"],
    }]})  # fmt: skip
    name: Line
    family: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    edition: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    starts_at: Moment
    ends_at: Moment
    participants: Annotated[list[PartyCode], Field(max_length=256)]

    def plan(self) -> Plan:
        """The desk's own form."""
        return Plan(self.name, self.starts_at, self.ends_at, tuple(self.participants), self.family, self.edition)


class PostBody(Body):
    """A post to be set up; without `party` the own party's."""

    name: Line
    kind: PostKind
    party: PartyCode | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]

    def post(self, own: str) -> PlannedPost:
        """The desk's own form."""
        return PlannedPost(self.name, self.kind, self.party or own, self.latitude, self.longitude)


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


@routes.put("/{which}", Act.CHANGE_OPERATION)
def change_operation(visit: Visit, which: UUID, body: PlanBody) -> OperationAnswer:
    """Change name, dates and parties; what the operation releases follows at once."""
    return operation_answer(work.change_operation(visit, which, body.plan()))


@routes.post("/{which}/posts", Act.ADD_POST, status_code=201)
def add_post(visit: Visit, which: UUID, body: PostBody) -> PostAnswer:
    """Set up a post."""
    return PostAnswer.model_validate(
        work.add_post(visit, which, body.post(visit.officer.party.code)), from_attributes=True
    )
