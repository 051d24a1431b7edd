"""The routes of rights for one operation; for the party's administrators."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from tripoint.access.http import Body
from tripoint.access.model import Act, Role
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.operations.grants import work
from tripoint.desks.operations.grants.model import Grant
from tripoint.desks.operations.shapes import Moment

routes = Routes("/api/operations", "operations")


class GrantBody(Body):
    """Which role for whom; without times for as long as the operation runs."""

    officer: UUID
    role: Role
    from_at: Moment | None = Field(None, alias="from")
    until_at: Moment | None = Field(None, alias="until")


class GrantShown(BaseModel):
    id: UUID
    officer: UUID
    officer_name: str
    role: Role
    from_at: datetime = Field(serialization_alias="from")
    until_at: datetime = Field(serialization_alias="until")
    granted_at: datetime
    ended_at: datetime | None


class GrantsAnswer(BaseModel):
    grants: list[GrantShown]


def grant_shown(grant: Grant) -> GrantShown:
    """A grant as it goes out."""
    return GrantShown.model_validate(grant, from_attributes=True)


@routes.get("/{which}/grants", Act.LIST_GRANTS)
def list_grants(visit: Visit, which: UUID) -> GrantsAnswer:
    """The own party's rights for an operation, latest first, ended ones too."""
    return GrantsAnswer(grants=[grant_shown(grant) for grant in work.list_grants(visit, which)])


@routes.post("/{which}/grants", Act.GRANT_ROLE, status_code=201)
def give(visit: Visit, which: UUID, body: GrantBody) -> GrantShown:
    """Give an officer of the own party a role for this operation; it begins and ends by itself."""
    return grant_shown(work.give(visit, which, work.Wanted(body.officer, body.role, body.from_at, body.until_at)))


@routes.delete("/{which}/grants/{grant}", Act.END_GRANT, status_code=204)
def end(visit: Visit, which: UUID, grant: UUID) -> Response:
    """End a right at once."""
    work.end(visit, which, grant)
    return Response(status_code=204)
