"""The routes of the results desk; translates, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query as Asked
from pydantic import AwareDatetime

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.desks.results import sheeting, trends, work
from tripoint.desks.results.composing import HEADLINES
from tripoint.desks.results.model import Sheet
from tripoint.desks.results.shapes import (
    ApprovalBody,
    ClaimsShown,
    ComparisonShown,
    EditionsShown,
    FigureBody,
    FigureShown,
    FiguresShown,
    MeasuresShown,
    RecordsShown,
    RejectionBody,
    SheetBody,
    SheetOpened,
    SheetsShown,
    claim_shown,
    compared_shown,
    edition_shown,
    figure_shown,
    line_shown,
    measure_shown,
    ranked_shown,
    sheet_opened,
    sheet_shown,
)

routes = Routes("/api/results", "results")
Filters = Annotated[Sequence[str], Asked(alias="filter", max_length=10, description="dimension:code, several times")]
From = Annotated[AwareDatetime | None, Asked(alias="from")]
To = Annotated[AwareDatetime | None, Asked(alias="to")]
MeasureName = Annotated[str, Asked(pattern=r"^[a-z_]{1,40}$")]
EditionName = Annotated[str, Asked(min_length=1, max_length=120)]


def filters_of(written: Sequence[str]) -> dict[str, str]:
    """Filters as a query writes them, `party:COL`. Raises BadInput for one without a colon."""
    found = dict(one.partition(":")[::2] for one in written)
    if broken := [one for one in written if ":" not in one]:
        raise BadInput(f"{broken[0]!r} is no filter.", field="filter", remedy="Write dimension:code.")
    return found


@routes.get("/measures", Act.READ_FIGURES)
def list_measures(visit: Visit) -> MeasuresShown:
    """Every measure: unit, what it can be counted by and divided by, and the id of its definition."""
    return MeasuresShown(measures=[measure_shown(one) for one in work.list_measures(visit)])


@routes.get("/figures", Act.READ_FIGURES)
def headlines(visit: Visit, operation: UUID) -> FiguresShown:
    """Every headline of an operation at once, under the reader's own rights."""
    found = work.headlines(visit, operation, HEADLINES)
    return FiguresShown(figures=[figure_shown(one) for one in found])


@routes.post("/figures", Act.READ_FIGURES)
def figure(visit: Visit, body: FigureBody) -> FigureShown:
    """A figure under the reader's own rights, with parts, status, share of unknown and the digest of its records."""
    query = work.asked(
        body.measure, body.operation, dimensions=body.dimensions, since=body.since, until=body.until,
        filters=body.filters,
    )  # fmt: skip
    found = work.figure(visit, query)
    per, rate = work.rate(visit, query, body.per) if body.per else (None, None)
    total = work.added(visit, query, body.plus) if body.plus else None
    return figure_shown(found, work.feet(found, body.dimensions), per, rate, total)


@routes.get("/figures/records", Act.READ_FIGURES)
def records(
    visit: Visit, operation: UUID, measure: MeasureName, since: From = None, until: To = None,
    filters: Filters = (), after: UUID | None = None,
    limit: Annotated[int, Asked(ge=1, le=work.MOST_LINES)] = 100,
) -> RecordsShown:  # fmt: skip
    """The records that a figure counts, page by page: the same question, the same rights."""
    query = work.asked(measure, operation, since=since, until=until, filters=filters_of(filters))
    found = work.records(visit, query, after=after, limit=limit)
    return RecordsShown(
        records=[line_shown(one) for one in found], next=found[-1].id if len(found) == limit else None
    )


@routes.get("/sheets", Act.READ_RESULTS)
def list_sheets(visit: Visit, operation: UUID | None = None) -> SheetsShown:
    """Published sheets of one's operations, and the own party's drafts for those who read content."""
    return SheetsShown(sheets=[sheet_shown(one, visit.officer.id) for one in sheeting.list_sheets(visit, operation)])


@routes.post("/sheets", Act.DRAFT_RESULTS, status_code=201)
def draft(visit: Visit, body: SheetBody) -> SheetOpened:
    """Freeze the figures as they stand into a new sheet; a second person publishes it."""
    return opened(visit, sheeting.draft(visit, body.wish()))


@routes.get("/sheets/{which}", Act.READ_RESULTS)
def read(visit: Visit, which: UUID) -> SheetOpened:
    """One sheet with its content, as it was frozen."""
    return opened(visit, sheeting.read(visit, which))


@routes.post("/sheets/{which}/approval", Act.APPROVE_RESULTS)
def approve(visit: Visit, which: UUID, body: ApprovalBody) -> SheetOpened:
    """Publish a draft as its second person; what was published never changes any more."""
    return opened(visit, sheeting.approve(visit, which, body.digest, body.exceptions))


@routes.post("/sheets/{which}/rejection", Act.APPROVE_RESULTS)
def reject(visit: Visit, which: UUID, body: RejectionBody) -> SheetOpened:
    """Turn a draft down as its second person."""
    return opened(visit, sheeting.reject(visit, which, body.reason))


@routes.get("/editions", Act.READ_RESULTS)
def list_editions(visit: Visit) -> EditionsShown:
    """Former editions with their published figures and sources, and this hub's own published operations."""
    return EditionsShown(editions=[edition_shown(one) for one in trends.list_editions(visit)])


@routes.get("/editions/comparison", Act.READ_RESULTS)
def compare(visit: Visit, first: EditionName, second: EditionName) -> ComparisonShown:
    """Two editions side by side; what cannot be compared says why. Nationalities with their change of rank."""
    one, other, rows, ranking = trends.compare(visit, first, second)
    return ComparisonShown(
        first=edition_shown(one), second=edition_shown(other), rows=[compared_shown(row) for row in rows],
        ranking=[ranked_shown(row) for row in ranking],
    )  # fmt: skip


@routes.get("/editions/records", Act.READ_RESULTS)
def claims(visit: Visit, edition: EditionName) -> ClaimsShown:
    """Which figures of an edition are records, by scope; where rounding or counting leaves it open, it is said so."""
    return ClaimsShown(edition=edition, claims=[claim_shown(one) for one in trends.claims(visit, edition)])


def opened(visit: Visit, sheet: Sheet) -> SheetOpened:
    """A sheet as this officer sees it."""
    return sheet_opened(sheet, visit.officer.id, visit.officer.party.code)
