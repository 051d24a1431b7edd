"""The route by which a merge is asked for."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tripoint.access.four_eyes.http import ApprovalAnswer, approval_answer
from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.merging import work

routes = Routes("/api/records", "two people")
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


class MergeBody(Body):
    """The record that ends in this one, both at the versions that were looked at, and why they are one person."""

    version: Version
    other: UUID
    other_version: Version
    reason: Line


@routes.post("/person/{which}/merge", Act.MERGE_RECORDS, status_code=202)
def ask_merge(visit: Visit, which: UUID, body: MergeBody) -> ApprovalAnswer:
    """Ask a second officer to merge another person of the own party into this one."""
    asked = work.ask(visit, which, body.version, body.other, body.other_version, body.reason)
    return approval_answer(visit, asked)
