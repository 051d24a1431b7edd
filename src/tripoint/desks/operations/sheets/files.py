"""Sheets as files: one workbook with tabs, or one CSV file for a tab; every cell is text, none a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from tripoint.base.errors import BadInput
from tripoint.desks.operations.sheets.model import COLUMNS, Cells, Tab
from tripoint.records.sources.outcomes import BadRow
from tripoint.records.sources.tabular import meant, read_table
from tripoint.records.sources.workbooks import workbook_rows
from tripoint.words.spreadsheets import safe_cell

MOST_ROWS = 20_000
Tabs = Mapping[Tab, Sequence[Cells]]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one tab with their numbers, and those that could not be read; `fatal`: nothing could."""

    rows: tuple[tuple[int, Cells], ...]
    bad: tuple[BadRow, ...]
    fatal: str = ""


def to_workbook(tabs: Tabs) -> bytes:
    """One XLSX workbook with a tab for each list."""
    book = Workbook(write_only=True)
    for tab, rows in tabs.items():
        page = book.create_sheet(tab.value)
        page.append(list(COLUMNS[tab]))
        for row in rows:
            page.append([safe_cell(row[name]) for name in COLUMNS[tab]])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def to_csv(tab: Tab, rows: Iterable[Cells]) -> bytes:
    """One tab as CSV (RFC 4180), UTF-8 with a byte-order mark, which spreadsheet programs look for."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS[tab])
    writer.writerows([safe_cell(row[name]) for name in COLUMNS[tab]] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def from_workbook(content: bytes) -> dict[Tab, Table]:
    """The rows of each tab that is there. Raises BadInput for a workbook of which nothing can be read."""
    found: dict[Tab, Table] = {}
    problems: list[str] = []
    for tab in Tab:
        table = tabled(tab, meant(workbook_rows(io.BytesIO(content), tab.value)))
        if table.fatal:
            problems.append(table.fatal)
        else:
            found[tab] = table
    if not found:
        raise BadInput(f"The workbook {problems[0]}.", field="file", remedy="Begin from an export.")
    return found


def from_csv(tab: Tab, content: bytes) -> dict[Tab, Table]:
    """The rows of one tab. Raises BadInput for unknown columns, and for too many rows."""
    return {tab: tabled(tab, read_table(io.BytesIO(content)))}


def tabled(tab: Tab, rows: Iterator[tuple[int, list[str]] | BadRow]) -> Table:
    """The numbered rows as cells by column; rows that cannot be read are kept apart."""
    names: list[str] | None = None
    good: list[tuple[int, Cells]] = []
    bad: list[BadRow] = []
    for one in rows:
        if isinstance(one, BadRow):
            bad.append(one)
            if one.fatal:
                return Table((), (), f"{one.reason}: {one.remedy}")
        elif names is None:
            names = [name.strip() for name in one[1]]
        else:
            good.append((one[0], {name: cell.strip() for name, cell in zip(names, one[1], strict=False)}))
    return Table(tuple(checked(tab, names or [], good)), tuple(bad))


def checked(tab: Tab, names: Sequence[str], rows: list[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """The rows with every column of the tab. Raises BadInput for unknown columns, and for too many rows."""
    if len(rows) > MOST_ROWS:
        raise BadInput(f"Tab {tab} has more than {MOST_ROWS} rows.", field="file", remedy="Send it in parts.")
    strange = sorted({name for name in names if name and name not in COLUMNS[tab]})
    if strange:
        raise BadInput(
            f"Tab {tab} has columns nobody knows: {', '.join(strange)}.",
            field="file",
            remedy=f"Use: {', '.join(COLUMNS[tab])}.",
        )
    filled = [(number, {name: row.get(name, "") for name in COLUMNS[tab]}) for number, row in rows]
    return [(number, row) for number, row in filled if any(row.values())]
