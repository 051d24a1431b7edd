"""The routes of sheets: the plan as a workbook or as CSV, out and in."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field

from tripoint.access.http import Body
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.desks.operations.sheets import files, work
from tripoint.desks.operations.sheets.model import Fate, Tab

routes = Routes("/api/operations", "operations")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {XLSX: {"schema": {"type": "string", "format": "binary"}}, "text/csv": {"schema": {"type": "string"}}}


class SheetBody(Body):
    """A workbook, or one tab as CSV, in base64. Without `apply` it is only tried."""

    file: Annotated[str, Field(min_length=4, max_length=12_000_000)]
    tab: Tab | None = None  # of a CSV file; none: the file is a workbook
    apply: bool = False

    def content(self) -> bytes:
        """The file. Raises BadInput for what is no base64."""
        try:
            return base64.b64decode(self.file, validate=True)
        except binascii.Error as error:
            raise BadInput("The file is not in base64.", field="file", remedy="Send its bytes in base64.") from error


class RowFateShown(BaseModel):
    tab: Tab
    row: int
    fate: Fate
    problem: str | None
    remedy: str | None


class SheetAnswer(BaseModel):
    """What became of each row, and how many of each fate."""

    applied: bool
    rows: list[RowFateShown]
    counts: dict[Fate, int]


A_FILE = {200: {"description": "A file.", "content": FILES}}


@routes.get("/{which}/sheet", Act.READ_PLAN, response_class=Response, responses=A_FILE)
def export(
    visit: Visit, which: UUID, tab: Annotated[Tab | None, Query(description="one tab as CSV; none: a workbook")] = None
) -> Response:
    """The plan as an XLSX workbook with a tab for each list, or one tab as CSV; of shifts the own party's."""
    tabs = work.export(visit, which)
    name = f"operation-{which}" if tab is None else f"operation-{which}-{tab}"
    kind: Literal["xlsx", "csv"] = "xlsx" if tab is None else "csv"
    content = files.to_workbook(tabs) if tab is None else files.to_csv(tab, tabs[tab])
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, media_type=XLSX if tab is None else "text/csv; charset=utf-8", headers=headers)


@routes.post("/{which}/sheet", Act.IMPORT_PLAN)
def take_in(visit: Visit, which: UUID, body: SheetBody) -> SheetAnswer:
    """Put a sheet into the plan, row by row within one's rights, or only try it. A sheet never deletes."""
    content = body.content()
    tables = files.from_workbook(content) if body.tab is None else files.from_csv(body.tab, content)
    fates = work.take_in(visit, which, tables, apply=body.apply)
    return SheetAnswer(
        applied=body.apply,
        rows=[RowFateShown.model_validate(fate, from_attributes=True) for fate in fates],
        counts={fate: sum(one.fate is fate for one in fates) for fate in Fate},
    )
