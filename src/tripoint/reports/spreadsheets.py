"""Figures as CSV and XLSX: every row with its unit, its status and the definition of what it counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font

from tripoint.desks.results.composing import Json
from tripoint.desks.results.model import Figure
from tripoint.reports.packing import changed
from tripoint.reports.texts import Texts

HEAD = ("measure", "name", "dimensions", "codes", "value", "unit", "status", "as_of", "unknown_share", "records",
        "sha256", "version", "definition")  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with (OWASP, CSV injection)
Row = tuple[object, ...]


def rows_of(content: Json, texts: Texts) -> Iterator[Row]:
    """Every number of a sheet, one a row: headlines, tables, parties. Hidden ones say so and nothing else."""
    for one in content["figures"]:
        yield row(one["measure"], "", "", one, one["unit"], one["version"], content["as_of"], texts)
    units = {one["measure"]: (one["unit"], one["version"]) for one in content["figures"]}
    for table in content["tables"]:
        for cell in table["cells"]:
            yield row(
                table["measure"], " ".join(table["by"]), " ".join(cell["codes"]), cell, table["unit"],
                table["version"], content["as_of"], texts,
            )  # fmt: skip
    for party in content["by_party"]:
        for name, value in party["values"].items():
            yield row(name, "party", party["party"], value, *units[name], content["as_of"], texts)


def row(
    measure: str, by: str, codes: str, one: Json, unit: str, version: int, as_of: str, texts: Texts
) -> Row:
    """One number with everything that says what it is."""
    records = one.get("records") or {}
    value = texts.say("report-hidden") if one["value"] is None else one["value"]
    share = one.get("unknown_share")
    return (
        measure, texts.measure(measure), by, codes, value, unit, one.get("status", ""), as_of,
        "" if share is None else share, records.get("count", ""), records.get("sha256", ""), version,
        texts.definition(measure),
    )  # fmt: skip


def rows_of_figure(figure: Figure, texts: Texts) -> Iterator[Row]:
    """A live figure and its parts, one a row."""
    for one in (figure, *figure.parts):
        name = figure.measure.name
        yield (
            name, texts.measure(name), " ".join(one.codes), " ".join(one.codes.values()), one.value,
            figure.measure.unit.value, one.status.value, one.as_of.isoformat(timespec="seconds"),
            "" if one.unknown_share is None else one.unknown_share, one.records.count, one.records.sha256,
            figure.measure.version, texts.definition(name),
        )  # fmt: skip


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_of(rows: Iterable[Row]) -> bytes:
    """The rows as CSV in UTF-8, with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Iterable[Row], as_of: datetime) -> bytes:
    """The rows as XLSX; the same rows always give the same bytes."""
    book = Workbook()
    page = book.active or book.create_sheet()
    page.append(HEAD)
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
    for one in rows:
        page.append([harmless(cell) for cell in one])
    for letter, width in zip("ABCDEFGHIJKLM", (22, 34, 18, 18, 12, 18, 12, 22, 12, 10, 20, 8, 70), strict=True):
        page.column_dimensions[letter].width = width
    moment = as_of.replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = "Tripoint"
    found = io.BytesIO()
    book.save(found)
    return settled(found.getvalue(), moment)


def settled(packed: bytes, at: datetime | None = None) -> bytes:
    """A packed document without the clock in it: all entries of one date, and changed at the moment given."""
    return changed(
        packed, lambda name, body: with_moment(body, at) if at is not None and name == "docProps/core.xml" else body
    )


def with_moment(core: bytes, at: datetime) -> bytes:
    """The properties of a document with this moment of its last change: the library writes the clock's."""
    head, sign, rest = core.partition(b"</dcterms:modified>")
    opened = head.rpartition(b">")[0] + b">"
    return opened + at.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + sign + rest if sign else core
