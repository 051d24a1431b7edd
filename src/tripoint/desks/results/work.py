"""What people do with figures: count, divide, add, and open the records counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote, Operation
from tripoint.access.visit import Visit
from tripoint.desks.results import keeping, rules, store
from tripoint.desks.results.measures import ALL, measure
from tripoint.desks.results.model import Counted, Figure, Foot, Measure, Query, RecordLine

MOST_LINES = 500


def list_measures(visit: Visit) -> tuple[Measure, ...]:
    """Every measure, with what it counts and by what."""
    visit.note(AuditNote(Act.READ_FIGURES))
    return ALL


def asked(
    name: str, operation: UUID, *, dimensions: Sequence[str] = (), since: datetime | None = None,
    until: datetime | None = None, filters: Mapping[str, str] | None = None,
) -> Query:  # fmt: skip
    """A question about figures. Raises BadInput where it cannot be asked so."""
    query = Query(measure(name), operation, since, until, rules.code_filters(filters or {}), tuple(dimensions))
    rules.check_query(query)
    return query


def figure(visit: Visit, query: Query) -> Figure:
    """The figure under the reader's own rights. Raises NotFound for an operation he has no part in."""
    seen(visit, query.operation)
    return counted(visit, query, keeping.A_MINUTE)


def headlines(visit: Visit, operation: UUID, names: Sequence[str]) -> list[Figure]:
    """These measures of a whole operation at once. Raises NotFound for one that the reader has no part in."""
    seen(visit, operation)
    return [counted(visit, Query(measure(name), operation), keeping.A_MINUTE) for name in names]


def counted(visit: Visit, query: Query, within: timedelta = keeping.NOW) -> Figure:
    """The figure of a question whose operation was looked at; of very many checks it may be so old."""
    return keeping.figure(visit, query, lambda: count(visit, query), within)


def count(visit: Visit, query: Query) -> tuple[Counted, list[Counted]]:
    """The rows of the whole and of its parts, counted now."""
    total = store.count(visit.session, replace(query, dimensions=()))[0]
    return total, store.count(visit.session, query) if query.dimensions else []


def rate(visit: Visit, query: Query, below: str) -> tuple[Figure, float | None]:
    """What a figure is divided by, and the rate. Raises BadInput for unlike ones, with the reason."""
    divisor = measure(below)
    rules.check_rate(query.measure, divisor)
    under = Query(divisor, query.operation, query.since, query.until, shared(query, divisor))
    rules.check_query(under)
    figures = figure(visit, replace(query, dimensions=())), counted(visit, under)
    return figures[1], rules.ratio(*figures)


def shared(query: Query, divisor: Measure) -> tuple[tuple[str, str], ...]:
    """The filters of a question that hold for its divisor too, but those that make the one a part of the other."""
    return tuple(one for one in query.filters if one[0] in divisor.dimensions)


def added(visit: Visit, query: Query, others: Sequence[str]) -> float:
    """The sum of measures. Raises BadInput for unlike units and for records that would count twice."""
    measures = [query.measure, *(measure(name) for name in others)]
    rules.check_sum(measures)
    queries = [replace(query, measure=one, dimensions=()) for one in measures]
    for one in queries:
        rules.check_query(one)
    return rules.total([figure(visit, one) for one in queries])


def feet(figure: Figure, dimensions: Sequence[str]) -> Foot | None:
    """Whether the parts of a figure add up, where it was asked by one dimension."""
    return rules.foot(figure, dimensions[0]) if len(dimensions) == 1 else None


def records(visit: Visit, query: Query, *, after: UUID | None, limit: int) -> list[RecordLine]:
    """The lines that a figure counts, by id, under the same rights and by the same condition; the reading is noted.

    Raises NotFound for an operation that the reader has no part in.
    """
    seen(visit, query.operation)
    found = store.records(visit.session, query, after, limit)
    visit.note(AuditNote(Act.READ_FIGURES, "operation", query.operation, outcome=f"opened {query.measure.name}"))
    return found


def seen(visit: Visit, operation: UUID) -> Operation:
    """The operation asked about. Raises NotFound for one that the reader has no part in."""
    return access.find_operation(visit, operation)


