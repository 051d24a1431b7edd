"""Traces as sheets: incoming and outgoing requests, and the tables. Text is never a formula; limits are kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum

from fastapi import Response

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.desks.tracing import rules, store
from tripoint.desks.tracing.model import Answer, Filters, Request, Side
from tripoint.desks.tracing.work import KIND
from tripoint.words.spreadsheets import safe_row, written as cell_of
from tripoint.words.traces import Restriction

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 2000
Row = Sequence[object]
HEADINGS = (
    "request", "side", "asker", "asked", "state", "priority", "submitted_at", "due_at", "late", "answered_at", "result",
    "why", "answer", "limits", "limits_explained", "make", "model", "calibre", "type", "country_of_manufacture",
    "marks", "import_country", "recovery_country", "recovery_day", "acquired_by",
)  # fmt: skip
WITHHELD = "not passed on: ask the party that answered"


class Format(StrEnum):
    """How a sheet is written."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA = {Format.XLSX: XLSX, Format.CSV: "text/csv; charset=utf-8"}


def requests(visit: Visit, side: Side | None, form: Format) -> bytes:
    """The requests of one side or both. What an answer says is left out where its party forbade to pass it on."""
    now = visit.clock()
    row = {name: getattr(Filters(side), name) for name in Filters.__slots__} | {"limit": MOST_ROWS, "now": now}
    found = store.listed(visit.session, row)
    rows: list[Row] = [HEADINGS]
    answers = store.answers_of(visit.session, [request.id for request in found])
    for request in found:
        told = answers.get(request.id, [])
        late = request.clocks.due_at is not None and request.clocks.due_at < now
        rows.append(line(request, told, late=late))
        visit.note(AuditNote(Act.EXPORT_TRACES, KIND, request.id, request.other))
    visit.note(AuditNote(Act.EXPORT_TRACES, KIND, outcome=str(len(found))))
    return write(rows, form)


def line(request: Request, answers: Sequence[Answer], *, late: bool) -> Row:
    """A request as a row."""
    asking, firearm, recovery = request.asking, request.asking.description, request.asking.description.recovery
    limits = rules.limits_in_force([one.limits for one in answers] if request.mine is Side.ASKER else [asking.limits])
    last = answers[-1] if answers else None
    kept_back = request.mine is Side.ASKER and Restriction.NOT_PASSED_ON in limits.codes
    return (
        request.id, "outgoing" if request.mine is Side.ASKER else "incoming", request.asker, request.asked,
        request.state.value, asking.priority.value, request.submitted_at, request.clocks.due_at,
        "yes" if late else "no", request.answered_at, request.result.value if request.result else None,
        last.why.value if last and last.why else None, WITHHELD if kept_back else last.words if last else None,
        " ".join(code.value for code in limits.codes), limits.words, firearm.make, firearm.model, firearm.calibre,
        firearm.type, firearm.country_of_manufacture, "; ".join(f"{one.place}: {one.raw}" for one in firearm.marks),
        firearm.import_country, recovery.country if recovery else None, recovery.day if recovery else None,
        recovery.acquired_by.value if recovery and recovery.acquired_by else None,
    )  # fmt: skip


def write(rows: Iterable[Row], form: Format) -> bytes:
    """Rows as a file; the first holds the headings."""
    return workbook(rows) if form is Format.XLSX else comma_separated(rows)


def comma_separated(rows: Iterable[Row]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with the mark that spreadsheet programs look for."""
    text = io.StringIO()
    csv.writer(text).writerows(safe_row(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def workbook(rows: Iterable[Row]) -> bytes:
    """A workbook of one sheet; numbers are numbers."""
    from openpyxl import Workbook  # heavy, and seldom wanted

    book = Workbook(write_only=True)
    page = book.create_sheet("traces")
    page.freeze_panes = "A2"
    for row in rows:
        page.append([one if isinstance(one, int | float) else cell_of(one) for one in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def as_file(content: bytes, name: str, form: Format) -> Response:
    """A file to be downloaded."""
    headers = {"content-disposition": f'attachment; filename="{name}.{form.value}"'}
    return Response(content, media_type=MEDIA[form], headers=headers)
