"""The routes of exports: ask, and fetch what was approved."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import Response

from tripoint.access.four_eyes.http import ApprovalAnswer, approval_answer
from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.exports import work
from tripoint.records.exports.model import Export, Form, What
from tripoint.words.grades import Handling
from tripoint.words.purposes import Purpose


class ExportBody(Body):
    """What is to leave the hub, for whom, for what purpose, under which handling code at least, and why."""

    what: What
    form: Form = Form.CSV
    set: UUID | None = None
    recipient: Line
    purpose: Purpose
    handling: Handling = Handling.H1
    reason: Line


def routes_for(sources: Mapping[What, work.Source]) -> Routes:
    """The routes, with where the rows of each export come from."""
    routes = Routes("/api/exports", "two people")

    @routes.post("", Act.EXPORT_RECORDS, status_code=202)
    def ask_export(visit: Visit, body: ExportBody) -> ApprovalAnswer:
        """Ask a second officer to let records or hits of the own party leave as a file."""
        export = Export(body.what, body.form, body.recipient, body.purpose, body.handling, body.set)
        return approval_answer(visit, work.ask(visit, export, body.reason))

    @routes.get("/{which}", Act.FETCH_EXPORT, response_class=Response, responses=FILE)
    def fetch_export(visit: Visit, which: UUID) -> Response:
        """The file of an approved export of one's own, for an hour; every row carries how it may be used."""
        made = work.fetch(visit, which, sources)
        headers = {"content-disposition": f'attachment; filename="{made.name}"'}
        return Response(made.text, media_type=made.media_type, headers=headers)

    return routes


FILE = {200: {"description": "The file.", "content": {"text/csv": {}, "application/x-ndjson": {}}}}
