"""What people do with reports: take a sheet with them as a file, or the picture of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from tripoint.access.visit import Visit
from tripoint.base.errors import NotFound
from tripoint.desks.results import composing, sheeting, work as figures
from tripoint.desks.results.composing import Json
from tripoint.desks.results.measures import measure
from tripoint.desks.results.model import Query, Sheet
from tripoint.reports import charts, daily, drawing, printing, spreadsheets, writing
from tripoint.reports.pages import ReportKind, report
from tripoint.reports.texts import Texts


class Format(StrEnum):
    """In what a report leaves the hub."""

    PDF = "pdf"
    DOCX = "docx"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    SVG = "svg"
    PNG = "png"


TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
    Format.SVG: "image/svg+xml",
    Format.PNG: "image/png",
}


@dataclass(frozen=True, slots=True)
class File:
    """A report as it goes out."""

    name: str
    form: Format
    body: bytes


def sheet_file(visit: Visit, which: UUID, form: Format, kind: ReportKind, texts: Texts, party: str) -> File:
    """A sheet as a file. Raises NotFound for a sheet not readable or a party that is not on it."""
    sheet = sheeting.read(visit, which)
    content = composing.read_content(sheet.content)
    return File(name_of(sheet, content, kind, form, party), form, body_of(sheet, content, form, kind, texts, party))


def body_of(sheet: Sheet, content: Json, form: Format, kind: ReportKind, texts: Texts, party: str) -> bytes:
    """The bytes of a sheet in this form."""
    match form:
        case Format.JSON:
            return sheet.content.encode()
        case Format.CSV:
            return spreadsheets.csv_of(spreadsheets.rows_of(content, texts))
        case Format.XLSX:
            moment = datetime.fromisoformat(content["as_of"])
            return spreadsheets.xlsx_of(spreadsheets.rows_of(content, texts), moment)
        case _:
            if kind is ReportKind.PARTY and party not in {row["party"] for row in content["by_party"]}:
                raise NotFound("That party is not on the sheet.", field="party")
            made = report(kind, content, sheet.digest, texts, sheet.content, party)
            return writing.docx(made) if form is Format.DOCX else printing.pdf(made)


def name_of(sheet: Sheet, content: Json, kind: ReportKind, form: Format, party: str) -> str:
    """`turquesa-v-results-1.pdf`."""
    words = [content["operation"]["name"], kind.value, party if kind is ReportKind.PARTY else "", str(sheet.revision)]
    plain = "-".join("".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in word) for word in words)
    return "-".join(part for part in plain.lower().split("-") if part) + f".{form.value}"


def chart_file(visit: Visit, which: UUID, name: str, form: Format, texts: Texts) -> File:
    """A chart of a sheet as SVG or PNG. Raises NotFound for one that the sheet does not have or may not show."""
    sheet = sheeting.read(visit, which)
    content = composing.read_content(sheet.content)
    try:
        chart = charts.chart(name, content, texts)
    except KeyError as error:
        raise NotFound("The sheet has no such chart.", field="name", remedy=", ".join(charts.CHARTS)) from error
    if chart.refused:
        raise NotFound("This table is not published.", field="name", remedy=texts.say(charts.refusal(chart.refused)))
    if not chart.drawn:
        raise NotFound("There is nothing to draw.", field="name", remedy=texts.say("report-nothing"))
    body = drawing.png(chart, texts) if form is Format.PNG else drawing.svg(chart, texts).encode()
    return File(f"{name}.{form.value}", form, body)


def figure_file(visit: Visit, query: Query, form: Format, texts: Texts) -> File:
    """A live figure with its parts and its definition as CSV or XLSX. Raises NotFound."""
    found = figures.figure(visit, query)
    rows = spreadsheets.rows_of_figure(found, texts)
    body = spreadsheets.csv_of(rows) if form is Format.CSV else spreadsheets.xlsx_of(rows, found.as_of)
    return File(f"{query.measure.name}.{form.value}", form, body)


def daily_file(visit: Visit, operation: UUID, day: date, texts: Texts) -> File:
    """The picture of one day in UTC as PDF, counted now under the reader's rights. Raises NotFound."""
    known = figures.seen(visit, operation)
    since = datetime(day.year, day.month, day.day, tzinfo=UTC)
    found = [
        figures.counted(visit, Query(measure(name), operation, since, since + timedelta(days=1), (), ("party",)))
        for name in daily.MEASURES
    ]
    made = daily.report(known, day, found, visit.clock(), texts)
    return File(f"daily-{day.isoformat()}.pdf", Format.PDF, printing.pdf(made))
