"""Sheets of reports as files: XLSX with pick lists, or CSV; every cell is text, and none a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tripoint.base.errors import BadInput
from tripoint.records.sources.outcomes import BadRow
from tripoint.records.sources.tabular import meant, read_table
from tripoint.records.sources.workbooks import workbook_rows
from tripoint.words.forms.writing import Column
from tripoint.words.spreadsheets import safe_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE = b"PK\x03\x04"
MOST_ROWS = 2000
LISTED_ROWS = 1000  # rows of a template that offer the pick list
Cells = Mapping[str, str]


class Format(StrEnum):
    """How a sheet is written."""

    XLSX = "xlsx"
    CSV = "csv"


MEDIA = {Format.XLSX: XLSX, Format.CSV: "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by number, as cells by heading, and those that could not be read."""

    rows: tuple[tuple[int, Cells], ...]
    bad: tuple[BadRow, ...]


def read_sheet(content: bytes, headings: frozenset[str]) -> Table:
    """The rows of a workbook's first sheet or of a CSV file.

    Raises BadInput for a file of which nothing can be read, for columns nobody knows, and for too many rows.
    """
    stream = io.BytesIO(content)
    rows = meant(workbook_rows(stream, None)) if content.startswith(ARCHIVE) else read_table(stream)
    names: list[str] | None = None
    good: list[tuple[int, Cells]] = []
    bad: list[BadRow] = []
    for one in rows:
        if isinstance(one, BadRow):
            if one.fatal:
                raise BadInput(f"The sheet {one.reason}.", field="file", remedy=one.remedy)
            bad.append(one)
        elif names is None:
            names = known(one[1], headings)
        elif any(cell.strip() for cell in one[1]):
            good.append((one[0], dict(zip(names, one[1], strict=False))))
        if len(good) > MOST_ROWS:
            raise BadInput(f"The sheet has more than {MOST_ROWS} rows.", field="file", remedy="Send it in parts.")
    return Table(tuple(good), tuple(bad))


def known(cells: Sequence[str], headings: frozenset[str]) -> list[str]:
    """The headings of a sheet. Raises BadInput for one that nobody knows."""
    names = [cell.strip() for cell in cells]
    strange = sum(bool(name) and name not in headings for name in names)
    if strange or not any(names):
        raise BadInput(
            f"The sheet has {strange or 'no'} columns that nobody knows.", field="file",
            remedy="Begin from the template: GET the same address with template=true.",
        )  # fmt: skip
    return names


def write_sheet(columns: Sequence[Column], rows: Iterator[Sequence[str | None]], form: Format) -> bytes:
    """A sheet with these headings and rows; as a workbook with the pick lists of its columns."""
    safe = ([safe_cell(cell or "") for cell in row] for row in rows)
    headings = [column.heading for column in columns]
    return workbook(columns, headings, safe) if form is Format.XLSX else comma_separated(headings, safe)


def comma_separated(headings: Sequence[str], rows: Iterator[list[str]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with the mark that spreadsheet programs look for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def workbook(columns: Sequence[Column], headings: Sequence[str], rows: Iterator[list[str]]) -> bytes:
    """A workbook: the sheet, and a second one with the codes that its columns offer."""
    book = Workbook(write_only=True)
    page, lists = book.create_sheet("reports"), book.create_sheet("lists")
    page.freeze_panes = "A2"
    offered = {column.choices: None for column in columns if column.choices}
    places = {choices: get_column_letter(place) for place, choices in enumerate(offered, 1)}
    for place, column in enumerate(columns, 1):
        if column.choices:
            letter = get_column_letter(place)
            source = f"lists!${places[column.choices]}$1:${places[column.choices]}${len(column.choices)}"
            rule = DataValidation(type="list", formula1=source, allow_blank=True)
            rule.add(f"{letter}2:{letter}{LISTED_ROWS}")
            page.data_validations.append(rule)
    page.append(list(headings))
    for row in rows:
        page.append(row)
    for depth in range(max(map(len, offered), default=0)):
        lists.append([choices[depth] if depth < len(choices) else None for choices in offered])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
