"""The route by which a release is asked for."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tripoint.access.four_eyes.http import ApprovalAnswer, approval_answer
from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.model import RecordKind
from tripoint.records.release import work
from tripoint.records.shapes import TermsBody

routes = Routes("/api/records", "two people")


class ReleaseBody(Body):
    """The wider terms, the version they are for, and why."""

    version: Annotated[int, Field(ge=1, le=2_000_000_000)]
    terms: TermsBody
    reason: Line


@routes.post("/{kind}/{which}/release", Act.RELEASE_RECORD, status_code=202)
def ask_release(visit: Visit, kind: RecordKind, which: UUID, body: ReleaseBody) -> ApprovalAnswer:
    """Ask a second officer to share a record of the own party on wider terms."""
    asked = work.ask(visit, kind, which, version=body.version, terms=body.terms.terms(), reason=body.reason)
    return approval_answer(visit, asked)
