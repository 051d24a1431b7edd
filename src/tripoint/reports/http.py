"""The routes by which figures leave the hub as files."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query as Asked, Response

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.results import work as figures
from tripoint.desks.results.http import Filters, From, MeasureName, To, filters_of
from tripoint.reports import work
from tripoint.reports.pages import ReportKind
from tripoint.reports.texts import texts
from tripoint.reports.work import TYPES, File, Format

routes = Routes("/api/results", "reports")


class Language(StrEnum):
    """The languages of reports."""

    EN = "en"
    ES = "es"
    PT = "pt"
    FR = "fr"
    AR = "ar"


class SheetFormat(StrEnum):
    """In what a whole sheet can be had."""

    PDF = "pdf"
    DOCX = "docx"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class ChartFormat(StrEnum):
    """In what a chart can be had."""

    SVG = "svg"
    PNG = "png"


class RowsFormat(StrEnum):
    """In what a live figure can be had."""

    CSV = "csv"
    XLSX = "xlsx"


PartyCode = Annotated[str, Asked(pattern=r"^([A-Z0-9]{2,12})?$", description="for the page of a party")]
Names = Annotated[list[str], Asked(alias="dimension", max_length=3)]
FILES = {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in TYPES.values()}}}


def sent(file: File) -> Response:
    """A file to be kept, not shown."""
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return Response(file.body, media_type=TYPES[file.form], headers=headers)


@routes.get("/sheets/{which}/file", Act.READ_RESULTS, response_class=Response, responses=FILES)
def sheet_file(
    visit: Visit, which: UUID, form: Annotated[SheetFormat, Asked(alias="format")] = SheetFormat.PDF,
    report: ReportKind = ReportKind.RESULTS, language: Language = Language.EN, party: PartyCode = "",
) -> Response:  # fmt: skip
    """A sheet as PDF with its figures inside, as DOCX, CSV, XLSX, or as the very JSON that was frozen."""
    return sent(work.sheet_file(visit, which, Format(form), report, texts(language), party))


@routes.get("/sheets/{which}/charts/{chart}", Act.READ_RESULTS, response_class=Response, responses=FILES)
def chart_file(
    visit: Visit, which: UUID, chart: str, form: Annotated[ChartFormat, Asked(alias="format")] = ChartFormat.SVG,
    language: Language = Language.EN,
) -> Response:  # fmt: skip
    """A chart of a sheet; what is hidden in the sheet is not drawn."""
    return sent(work.chart_file(visit, which, chart, Format(form), texts(language)))


@routes.get("/figures/file", Act.READ_FIGURES, response_class=Response, responses=FILES)
def figure_file(
    visit: Visit, operation: UUID, measure: MeasureName, dimensions: Names = [], since: From = None,  # noqa: B006
    until: To = None, filters: Filters = (), form: Annotated[RowsFormat, Asked(alias="format")] = RowsFormat.CSV,
    language: Language = Language.EN,
) -> Response:  # fmt: skip
    """A live figure with its parts, each with the definition of what it counts."""
    query = figures.asked(
        measure, operation, dimensions=dimensions, since=since, until=until, filters=filters_of(filters)
    )
    return sent(work.figure_file(visit, query, Format(form), texts(language)))


@routes.get("/daily", Act.READ_FIGURES, response_class=Response, responses=FILES)
def daily_file(visit: Visit, operation: UUID, day: date, language: Language = Language.EN) -> Response:
    """The picture of one day (UTC) as PDF, counted now under the reader's rights."""
    return sent(work.daily_file(visit, operation, day, texts(language)))
