"""XLSX workbooks as rows, looked through before anything is unpacked, and never taken at their word on their size."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

import openpyxl

from tripoint.base.archives import open_archive
from tripoint.base.errors import TripointError
from tripoint.records.sources.markup import fatal, is_plain_markup
from tripoint.records.sources.outcomes import BadRow
from tripoint.records.sources.tabular import Numbered, as_rows

LAST_ROW = 1_048_576  # of the format (ECMA-376, Part 1, 18.3.1.73)
MOST_COLUMNS = 1_000
MARKUP = (".xml", ".rels", ".vml")
SAVE_AGAIN = "save it again as XLSX, or as CSV"
Rows = Iterator[Numbered | BadRow]


def workbook_rows(stream: BinaryIO, sheet: str | None) -> Rows:
    """The rows of a sheet (the first unless named), streamed; a workbook that cannot be read is one fatal row."""
    try:
        fault = fault_of(stream)
        if fault:
            yield fault
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which do not matter here
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            name = sheet or book.sheetnames[0]
            if name not in book.sheetnames:
                yield fatal(1, f"has no sheet {name!r}", f"name one of: {', '.join(book.sheetnames)}")
                return
            page = book[name]
            page.reset_dimensions()  # what a sheet says of its size is often wrong and sometimes meant to be
            yield from as_rows(even(page.iter_rows(max_row=LAST_ROW, values_only=True)))
    except Exception as error:  # the library raises whatever a broken archive makes it stumble over
        yield fatal(1, f"is no workbook that can be read ({type(error).__name__})", SAVE_AGAIN)


def fault_of(stream: BinaryIO) -> BadRow | None:
    """Why nothing of the workbook is read at all, if so; the stream then stands at its beginning."""
    try:
        with open_archive(stream) as archive:
            if not all(is_plain_part(archive, name) for name in archive.namelist()):
                return fatal(1, "declares a document type in one of its parts", SAVE_AGAIN)
    except TripointError as error:
        return fatal(1, f"is not taken: {error.sentence}", (error.remedy or SAVE_AGAIN).rstrip("."))
    stream.seek(0)
    return None


def check_workbook(stream: BinaryIO) -> None:
    """Look a workbook through before another reader opens it. Raises ValueError for one that is not taken, and why."""
    fault = fault_of(stream)
    if fault:
        raise ValueError(f"the workbook {fault.reason}; {fault.remedy}")


def is_plain_part(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a part is no markup, or markup without a document type."""
    if not name.lower().endswith(MARKUP):
        return True
    with archive.open(name) as part:
        return is_plain_markup(cast("BinaryIO", part))


def even(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """The rows, each with at least as many cells as the first that has any: empty ones at its end are not written."""
    width = 0
    for row in rows:
        if row:
            width = width or len(row)
            row = (*row, *(None,) * (width - len(row)))[:MOST_COLUMNS]
        yield row
