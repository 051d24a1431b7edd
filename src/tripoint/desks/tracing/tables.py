"""The tables of traces: arms flows, SDG indicator 16.4.2, and where recovered firearms came from.

A row and a column are questions about one firearm; a cell counts those that answer both. The records behind a cell are
found by the same two questions, so that a figure and its records never differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tripoint.base.errors import BadInput
from tripoint.words.firearms.recovery import AcquisitionMode, MarkedStatus
from tripoint.words.time_to_crime import Band
from tripoint.words.traces import TRACED, AnswerClass, TraceNeed

UNKNOWN = "unknown"
UNTRACEABLE = frozenset({MarkedStatus.OBLITERATED, MarkedStatus.UNMARKED, MarkedStatus.PRIVATELY_MADE})


class Table(StrEnum):
    """The three tables."""

    ARMS_FLOWS = "arms_flows"  # in the shape of UNODC's Illicit Arms Flows Questionnaire
    INDICATOR = "sdg_16_4_2"
    SOURCES = "source_recovery"


@dataclass(frozen=True, slots=True)
class Counted:
    """One firearm as the tables count it. `incoming` marks another party's, of which the own one was asked.

    `recovered` is the record of its recovery, `trace` the first request about it; at least one of them is there.
    """

    recovered: UUID | None
    trace: UUID | None
    incoming: bool
    acquired_by: AcquisitionMode | None
    type: str
    marked: MarkedStatus | None
    need: TraceNeed
    day: date | None
    operation: UUID | None
    recovery_country: str
    requests: int = 0
    result: AnswerClass | None = None
    source: str | None = None
    diverted: bool = False  # a point of diversion is known
    band: Band | None = None

    @property
    def traced(self) -> bool:
        """Whether a request about it was answered with a trace."""
        return self.result in TRACED


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its row and column by code; `band` narrows the matrix to one band of time-to-crime."""

    table: Table
    row: str
    column: str
    band: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its rows and columns by code, and the number in each cell."""

    table: Table
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


Question = Callable[[Counted], bool]


def being(name: str, value: object) -> Question:
    """The question whether a fact of a firearm is this."""
    return lambda one: getattr(one, name) == value


def every_one(one: Counted) -> bool:
    """The question that every firearm answers with yes."""
    return bool(one)


MODES: Mapping[str, Question] = {
    **{mode.value: being("acquired_by", mode) for mode in AcquisitionMode},
    UNKNOWN: being("acquired_by", None),
    "total": every_one,
}
# Numerator: what was traced, and what a competent authority established otherwise. Denominator: every firearm seized,
# found or surrendered; those without marks are shown, so that the share among the traceable ones can be told too.
INDICATOR: Mapping[str, Question] = {
    "denominator": every_one,
    "numerator": lambda one: one.need is TraceNeed.ESTABLISHED or one.traced,
    "established": lambda one: one.need is TraceNeed.ESTABLISHED,
    "traced": lambda one: one.need is not TraceNeed.ESTABLISHED and one.traced,
    "not_traced": lambda one: one.need is TraceNeed.REQUIRED and not one.traced,
    "impossible": lambda one: one.need is TraceNeed.IMPOSSIBLE and not one.traced,
}
TRACING: Mapping[str, Question] = {
    "trace.required": lambda one: one.need is TraceNeed.REQUIRED,
    "trace.requested": lambda one: one.requests > 0,
    "trace.answered": lambda one: one.result is not None,
    "trace.point_of_diversion": lambda one: one.diverted,
    **{f"result.{kind.value}": being("result", kind) for kind in AnswerClass},
}


def own_firearms(firearms: Iterable[Counted]) -> list[Counted]:
    """The own party's, each once: what others ask about is counted by them."""
    return [one for one in firearms if not one.incoming]


def questions(table: Table, firearms: Sequence[Counted]) -> tuple[Mapping[str, Question], Mapping[str, Question]]:
    """The rows and the columns of a table over these firearms."""
    match table:
        case Table.ARMS_FLOWS:
            return arms_flows(firearms), MODES
        case Table.INDICATOR:
            return {"total": stated, **{mode.value: MODES[mode.value] for mode in AcquisitionMode}}, INDICATOR
        case Table.SOURCES:
            return by_recovery(firearms), by_source(firearms)


def stated(one: Counted) -> bool:
    """Whether it is said how the firearm came into the hands of the authorities."""
    return one.acquired_by is not None


def arms_flows(firearms: Sequence[Counted]) -> Mapping[str, Question]:
    """The rows of the arms-flows table: all, by type, by marks, by what tracing gave."""
    kinds = sorted({one.type for one in firearms}, key=lambda kind: (kind == UNKNOWN, kind))
    return {
        "firearms": every_one,
        **{f"type.{kind}": being("type", kind) for kind in kinds},
        **{f"marked.{status.value}": being("marked", status) for status in MarkedStatus},
        f"marked.{UNKNOWN}": being("marked", None),
        **TRACING,
    }


def by_recovery(firearms: Sequence[Counted]) -> Mapping[str, Question]:
    """The countries where firearms were recovered, the one with most of them first."""
    found = Counter(one.recovery_country for one in firearms)
    order = sorted(found, key=lambda code: (-found[code], code))
    return {code: being("recovery_country", code) for code in order}


def by_source(firearms: Sequence[Counted]) -> Mapping[str, Question]:
    """The countries of the last lawful custody, that of most first; unknown last."""
    found = Counter(one.source or UNKNOWN for one in firearms)
    order = sorted(found, key=lambda code: (code == UNKNOWN, -found[code], code))
    return {code: being("source", None if code == UNKNOWN else code) for code in order}


def counted_in(table: Table, firearms: Sequence[Counted], band: str | None = None) -> list[Counted]:
    """The firearms that a table is about. Raises BadInput for a band nobody knows."""
    if band is not None and band not in set(Band):
        raise BadInput("There is no such band.", field="band", remedy=f"One of: {', '.join(Band)}.")
    every = list(firearms) if table is Table.SOURCES else own_firearms(firearms)
    return every if band is None else [one for one in every if one.band == band]


def grid(table: Table, firearms: Sequence[Counted], band: str | None = None) -> Grid:
    """A table, counted."""
    every = counted_in(table, firearms, band)
    rows, columns = questions(table, every)
    cells = tuple(
        tuple(sum(row(one) and column(one) for one in every) for column in columns.values()) for row in rows.values()
    )
    return Grid(table, tuple(rows), tuple(columns), cells)


def behind(cell: Cell, firearms: Sequence[Counted]) -> list[Counted]:
    """The firearms that a cell counts. Raises BadInput for a cell that the table does not have."""
    every = counted_in(cell.table, firearms, cell.band)
    rows, columns = questions(cell.table, every)
    for name, known in (("row", rows), ("column", columns)):
        if getattr(cell, name) not in known:
            raise BadInput(f"The table has no such {name}.", field=name, remedy=f"It has: {', '.join(known)}.")
    row, column = rows[cell.row], columns[cell.column]
    return [one for one in every if row(one) and column(one)]


def share(numerator: int, denominator: int) -> float | None:
    """A part of the whole in per cent, to one digit; None of nothing."""
    return round(100 * numerator / denominator, 1) if denominator else None
