"""The route by which a comparison leaves the hub on paper."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import Field

from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.ballistics import searching
from tripoint.desks.ballistics.shapes import Words, decoded
from tripoint.reports import ballistics, printing
from tripoint.reports.ballistics import MOST_BYTES, Shown
from tripoint.reports.http import Language, sent
from tripoint.reports.texts import texts
from tripoint.reports.work import File, Format

PDF = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
routes = Routes("/api/ballistics", "reports")


class PictureBody(Body):
    """A picture of the comparison as the page has drawn it: a PNG in base64, at most 1.5 MB."""

    caption: Line
    png: Annotated[str, Field(min_length=4, max_length=MOST_BYTES * 4 // 3 + 4)]


class ReportBody(Body):
    """Which two scans, in which language, with which pictures and remarks."""

    one: UUID
    other: UUID
    language: Language = Language.EN
    pictures: Annotated[tuple[PictureBody, ...], Field(max_length=6)] = ()
    remarks: Words = ""


@routes.post("/pairs/report", Act.COMPARE_EXHIBITS, response_class=Response, responses=PDF)
def pair_report(visit: Visit, body: ReportBody) -> Response:
    """The comparison of two scans as PDF, with the pictures that the page sends and the figures inside."""
    found = searching.pair(visit, body.one, body.other)
    shown = [Shown(one.caption, decoded(one.png, "pictures")) for one in body.pictures]
    made = ballistics.report(found, shown, body.remarks, visit.clock(), texts(body.language))
    return sent(File("comparison.pdf", Format.PDF, printing.pdf(made)))
