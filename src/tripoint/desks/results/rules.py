"""Pure decisions about figures: what may be asked, added and divided, how settled a value is, whether parts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tripoint.base.errors import BadInput
from tripoint.desks.results.measures import overlaps
from tripoint.desks.results.model import (
    UNKNOWN,
    Counted,
    Figure,
    Foot,
    Measure,
    Query,
    Reckoning,
    Status,
    rounded,
)

MOST_DIMENSIONS = 3
ALWAYS_KNOWN = frozenset({"party", "post", "day"})


def check_query(query: Query) -> None:
    """Raises BadInput for dimensions the measure does not have, too many of them, or a period that never was."""
    allowed = query.measure.dimensions
    asked = (*query.dimensions, *(name for name, _ in query.filters))
    if strangers := sorted({name for name in asked if name not in allowed}):
        raise BadInput(
            f"{query.measure.name} is not counted by {', '.join(strangers)}.", field="dimensions",
            remedy=f"It can be counted by {', '.join(allowed) or 'nothing'}.",
        )  # fmt: skip
    if len(set(query.dimensions)) > MOST_DIMENSIONS or len(set(query.dimensions)) < len(query.dimensions):
        raise BadInput(
            f"At most {MOST_DIMENSIONS} different dimensions at once.", field="dimensions", remedy="Ask twice."
        )
    if query.since and query.until and query.since >= query.until:
        raise BadInput("The period ends before it begins.", field="to", remedy="Give an end later than the beginning.")


def check_rate(above: Measure, below: Measure) -> None:
    """Raises BadInput unless `above` may be divided by `below`: both must count on the same ground.

    Checks against databases, of persons and of vehicles are unlike; so are checks and detections, whose share says more
    about how many were checked than about who travels (migration.md, section 0, item 4).
    """
    if below.name in above.per:
        return
    reason = (
        f"one counts {words(above)}, the other {words(below)}"
        if above.unit is not below.unit
        else f"{above.name} is no part of {below.name}"
    )
    allowed = f"{above.name} can be divided by {', '.join(above.per)}."
    remedy = allowed if above.per else "Show the two beside each other."
    raise BadInput(f"{above.name} is not divided by {below.name}: {reason}.", field="per", remedy=remedy)


def check_sum(measures: Sequence[Measure]) -> None:
    """Raises BadInput unless the measures count the same unit and no record twice."""
    first, *others = measures
    for other in others:
        if other.unit is not first.unit:
            raise BadInput(
                f"{first.name} and {other.name} are not added: one counts {words(first)}, the other {words(other)}.",
                field="plus", remedy="Show the two beside each other.",
            )  # fmt: skip
    for one in measures:
        if one.reckoning not in (Reckoning.COUNT, Reckoning.SUM):
            raise BadInput(f"{one.name} is no count and is not added.", field="plus", remedy="Show it by itself.")
        for other in measures:
            if one is not other and not apart(one, other):
                raise BadInput(
                    f"{one.name} and {other.name} are not added: the same record would count twice.", field="plus",
                    remedy="Ask for the wider of the two.",
                )  # fmt: skip


def apart(one: Measure, other: Measure) -> bool:
    """Whether no record can be counted by both."""
    if (one.table, one.kind) != (other.table, other.kind):
        return True
    if one.items != other.items:
        return True
    codes = dict(other.where)
    return any(name in codes and not set(values) & set(codes[name]) for name, values in one.where)


def words(measure: Measure) -> str:
    """The unit of a measure in a sentence."""
    return measure.unit.value.replace("_", " ")


def status_of(row: Counted) -> Status:
    """How settled a counted row is: as the least settled of its records; of no record, preliminary."""
    if row.open or not row.records.count:
        return Status.PRELIMINARY
    return Status.FINAL if row.final == row.records.count else Status.CONFIRMED


def unknown_share(measure: Measure, query: Query, row: Counted) -> float | None:
    """The share of the records whose asked dimensions or amounts are not known, 0 to 1; None where all always are."""
    concerned = measure.amount or [name for name in query.dimensions if name not in ALWAYS_KNOWN]
    if not concerned:
        return None
    return round(row.unknown / row.records.count, 4) if row.records.count else 0.0


def figure_of(query: Query, total: Counted, parts: Sequence[Counted], as_of: datetime) -> Figure:
    """The figure of an answered question with its parts."""

    def made(row: Counted, inner: tuple[Figure, ...] = ()) -> Figure:
        return Figure(
            query.measure, dict(zip(query.dimensions, row.codes, strict=False)), row.value, status_of(row), as_of,
            row.records, unknown_share(query.measure, query, row), row.joint, query.since, query.until, parts=inner,
        )  # fmt: skip

    if parts and not query.measure.amount:  # of a whole the share is that of its parts
        total = replace(total, unknown=min(total.records.count, sum(part.unknown for part in parts)))
    return made(total, tuple(made(part) for part in parts))


def foot(figure: Figure, by: str) -> Foot | None:
    """Whether the parts of a figure by one dimension add up to it; None for reckonings that never do."""
    if figure.measure.reckoning not in (Reckoning.COUNT, Reckoning.SUM) or not figure.parts:
        return None
    found = rounded(sum(part.value for part in figure.parts))
    reason = None
    if found != figure.value:
        reason = "overlapping" if overlaps(figure.measure, by) else "joint" if figure.joint else None
    return Foot(figure.measure.name, by, figure.value, found, reason)


def list_foot(listed: int, declared: int) -> Foot:
    """Whether as many parties are listed as are said to take part."""
    return Foot("parties", "list", declared, listed, None)


def total(figures: Sequence[Figure]) -> float:
    """The sum of figures that `check_sum` allowed."""
    return rounded(sum(figure.value for figure in figures))


def ratio(above: Figure, below: Figure) -> float | None:
    """One figure divided by another that `check_rate` allowed, to four places; None where there is nothing below."""
    return round(above.value / below.value, 4) if below.value else None


def code_filters(written: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Filters in the order of their names, so that the same question is always the same."""
    return tuple(sorted((name, code or UNKNOWN) for name, code in written.items()))
