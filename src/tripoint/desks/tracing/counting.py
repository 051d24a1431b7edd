"""Counting traces: the own party's recovered firearms with what tracing gave, as tables, records and files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.desks.tracing import custody, steps_store, store
from tripoint.desks.tracing.model import Recovered, Request, Side, Step
from tripoint.desks.tracing.tables import UNKNOWN, UNTRACEABLE, Cell, Counted, Grid, Table, behind, grid, share
from tripoint.desks.tracing.work import KIND, root_of
from tripoint.words.firearms.recovery import AcquisitionMode, MarkedStatus
from tripoint.words.time_to_crime import Band
from tripoint.words.traces import AnswerClass, TraceNeed

T = TypeVar("T")
SheetRow = list[str | int | float | None]
MOST_RECORDS = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: recoveries from one day to another, both included, of one operation or all."""

    since: date | None = None
    until: date | None = None
    operation: UUID | None = None


class GridShown(BaseModel):
    """A table; `cells` stand in the order of `rows` and `columns`."""

    table: Table
    band: str | None
    rows: list[str]
    columns: list[str]
    cells: list[list[int]]


class TablesAnswer(BaseModel):
    """All tables. `indicator` in per cent of all firearms, `indicator_traceable` of those that can be traced."""

    arms_flows: GridShown
    sdg: GridShown
    sources: list[GridShown]
    indicator: float | None
    indicator_traceable: float | None
    mode_unknown: int


class RecordLine(BaseModel):
    """A firearm that a cell counts: the record of its recovery, or the request about it."""

    recovered: UUID | None
    trace: UUID | None
    incoming: bool
    type: str
    acquired_by: AcquisitionMode | None
    marked: MarkedStatus | None
    need: TraceNeed
    day: date | None
    recovery_country: str
    source: str | None
    result: AnswerClass | None
    band: Band | None


class RecordsAnswer(BaseModel):
    """The firearms behind a cell; `total` is the number in the cell."""

    total: int
    records: list[RecordLine]


def firearms(visit: Visit, scope: Scope) -> list[Counted]:
    """Every firearm that the tables count within the scope: all recovered ones of the own party, asked about or not,
    those that only a request tells of, and those that others ask the own party about."""
    requests = store.counted(visit.session)
    steps = by(steps_store.of_requests(visit.session, [one.id for one in requests]), lambda step: step.request)
    needs = store.contexts(visit.session)
    trails = by(requests, root_of)
    found = [one for root, hops in trails.items() if (one := of_trail(root, hops, steps, needs)) is not None]
    return [one for one in with_recoveries(visit, found, needs) if within(one, scope)]


def with_recoveries(visit: Visit, traced: Sequence[Counted], needs: dict[UUID, TraceNeed]) -> list[Counted]:
    """The own party's recovered firearms, each once with what its requests gave, and what only requests tell of."""
    trails = by(traced, lambda one: None if one.incoming else one.recovered)
    recovered = [of_recovery(visit, row, needs) for row in store.recoveries(visit.session)]
    known = {one.recovered for one in recovered}
    others = [one for one in traced if one.incoming or one.recovered not in known]
    return [*(merged(one, trails.get(one.recovered, ())) for one in recovered if one.recovered), *others]


def of_recovery(visit: Visit, row: Recovered, needs: dict[UUID, TraceNeed]) -> Counted:
    """A recovered firearm of which nobody was asked yet."""
    marked = MarkedStatus(row.marked)
    return Counted(
        row.id, None, False, AcquisitionMode(row.acquired_by), row.type, marked, needs.get(row.id, usual_need(marked)),
        row.day, row.operation, visit.officer.party.code,
    )  # fmt: skip


def usual_need(marked: MarkedStatus | None) -> TraceNeed:
    """Whether a firearm must be traced where nobody has decided otherwise: only one with marks can be."""
    return TraceNeed.IMPOSSIBLE if marked in UNTRACEABLE else TraceNeed.REQUIRED


def merged(one: Counted, trails: Sequence[Counted]) -> Counted:
    """A recovered firearm with the trail that came furthest; its own record says what it is."""
    if not trails:
        return one
    order = [*AnswerClass, None]
    best = min(trails, key=lambda trail: order.index(trail.result))
    return replace(
        one, trace=best.trace, recovery_country=best.recovery_country, requests=sum(each.requests for each in trails),
        result=best.result, source=best.source, diverted=best.diverted, band=best.band,
    )  # fmt: skip


def by(every: Iterable[T], key: Callable[[T], UUID | None]) -> dict[UUID, list[T]]:
    """Things grouped by an id of theirs; those without are left out."""
    groups: dict[UUID, list[T]] = defaultdict(list)
    for one in every:
        if which := key(one):
            groups[which].append(one)
    return groups


def of_trail(
    root: UUID, hops: Sequence[Request], steps: dict[UUID, list[Step]], needs: dict[UUID, TraceNeed]
) -> Counted | None:
    """One firearm of the hops asked about it; None where the first of them was withdrawn."""
    first = next((hop for hop in hops if hop.id == root), None)
    if first is None:
        return None
    described = first.asking.description
    recovery, marked = described.recovery, described.marked_status
    told = [step for hop in hops for step in steps.get(hop.id, ())]
    ids = {step.id for step in told}
    chain = custody.chain([step for step in told if step.carried_from not in ids], recovery)
    recovered = first.own.recovered if first.own else None
    usual = usual_need(marked)
    return Counted(
        recovered, root, first.mine is Side.ASKED, recovery.acquired_by if recovery else None,
        described.type or UNKNOWN, marked, needs.get(recovered, usual) if recovered else usual,
        recovery.day if recovery and recovery.day else (first.submitted_at or first.made_at).date(),
        first.own.operation if first.own else None, recovery.country if recovery else first.asker, len(hops),
        best_result(hops), custody.source_country(chain), chain.diversion is not None,
        chain.time_to_crime.band if chain.time_to_crime else None,
    )  # fmt: skip


def best_result(hops: Sequence[Request]) -> AnswerClass | None:
    """How far any hop came: the classes stand from the furthest trace to the refusal."""
    order = list(AnswerClass)
    return min((hop.result for hop in hops if hop.result), key=order.index, default=None)


def within(one: Counted, scope: Scope) -> bool:
    """Whether a firearm was recovered within the scope."""
    if scope.operation is not None and one.operation != scope.operation:
        return False
    day = one.day
    early = scope.since is not None and (day is None or day < scope.since)
    late = scope.until is not None and (day is None or day > scope.until)
    return not early and not late


def shown(found: Grid, band: str | None = None) -> GridShown:
    """A table as it is shown."""
    return GridShown(
        table=found.table, band=band, rows=list(found.rows), columns=list(found.columns),
        cells=[list(row) for row in found.cells],
    )  # fmt: skip


def tables(visit: Visit, scope: Scope) -> TablesAnswer:
    """The three tables, the matrix besides for each band of time-to-crime that occurs."""
    every = firearms(visit, scope)
    visit.note(AuditNote(Act.READ_TRACE_TABLES, KIND, outcome=str(len(every))))
    sdg = grid(Table.INDICATOR, every)
    whole = dict(zip(sdg.columns, sdg.cells[0], strict=True))
    bands = [band.value for band in Band if any(one.band is band for one in every)]
    return TablesAnswer(
        arms_flows=shown(grid(Table.ARMS_FLOWS, every)), sdg=shown(sdg),
        sources=[shown(grid(Table.SOURCES, every, band), band) for band in (None, *bands)],
        indicator=share(whole["numerator"], whole["denominator"]),
        indicator_traceable=share(whole["numerator"], whole["denominator"] - whole["impossible"]),
        mode_unknown=sum(one.acquired_by is None for one in every if not one.incoming),
    )  # fmt: skip


def records(visit: Visit, scope: Scope, cell: Cell) -> RecordsAnswer:
    """The firearms behind a cell, at most a thousand of them. Raises BadInput for a cell that is not there."""
    found = behind(cell, firearms(visit, scope))
    visit.note(AuditNote(Act.READ_TRACE_TABLES, KIND, outcome=f"{cell.table.value} {len(found)}"))
    lines = [RecordLine.model_validate(one, from_attributes=True) for one in found[:MOST_RECORDS]]
    return RecordsAnswer(total=len(found), records=lines)


def file_rows(visit: Visit, scope: Scope, table: Table) -> list[SheetRow]:
    """A table as rows of a sheet; the matrix one after the other for all times-to-crime and for each band."""
    answer = tables(visit, scope)
    if table is Table.ARMS_FLOWS:
        return sheet_of(answer.arms_flows)
    if table is Table.INDICATOR:
        return [*sheet_of(answer.sdg), [], ["indicator_percent", answer.indicator],
                ["indicator_percent_of_traceable", answer.indicator_traceable], ["mode_unknown", answer.mode_unknown]]
    rows: list[SheetRow] = []
    for one in answer.sources:
        rows += [["time_to_crime", one.band or "all"], *sheet_of(one), []]
    return rows


def sheet_of(one: GridShown) -> list[SheetRow]:
    """A table with its headings."""
    rows: list[SheetRow] = [[name, *cells] for name, cells in zip(one.rows, one.cells, strict=True)]
    return [[one.table.value, *one.columns], *rows]


