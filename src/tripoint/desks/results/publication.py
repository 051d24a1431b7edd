"""What may leave the room: small numbers of people are hidden, and what cannot be protected yet is refused.

The rules are data (`THRESHOLDS`, `NEVER`). A table by one dimension is protected here: what is below the threshold is
hidden, and as much beside it that nothing hidden can be found by subtraction. A table by two dimensions would want the
audit of all its margins; until there is one it goes out only where nothing in it is small (docs/adr/0015).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tripoint.desks.results.measures import overlaps
from tripoint.desks.results.model import Counted, Exceptional, Measure, Rule

THRESHOLDS: Mapping[Rule, int] = {Rule.EXACT: 0, Rule.MIGRANTS: 5, Rule.VICTIMS: 10}
OF_CHILDREN = 10  # the threshold wherever a table tells children apart, whoever is counted
MOST_DIMENSIONS = 2
TELLS_CHILDREN = frozenset({"age_group", "accompaniment"})
COUNTRIES = frozenset({"party", "post", "nationality", "country_of_exploitation", "destination"})
FORMS = frozenset({"exploitation", "recruitment", "referral"})
MIGRANTS_EXACT = frozenset({"party", "post", "day", "mode"})  # how many were met where tells of nobody


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of a table; a hidden one says neither its value nor its records."""

    codes: tuple[str, ...]
    counted: Counted | None  # None where hidden


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A measure by its dimensions as it may be shown. `refused` says why it may not be shown at all."""

    measure: Measure
    by: tuple[str, ...]
    total: Counted | None
    cells: tuple[Cell, ...] = ()
    threshold: int = 0
    refused: str | None = None
    exceptions: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """`victims_by_party`."""
        return f"{self.measure.name}_by_{'_and_'.join(self.by)}"

    @property
    def rest(self) -> float | None:
        """What all hidden rows are together; None where parts overlap, or the total is hidden itself."""
        if self.total is None or len(self.by) != 1 or overlaps(self.measure, self.by[0]):
            return None
        return self.total.value - sum(cell.counted.value for cell in self.cells if cell.counted)

    @property
    def hidden(self) -> int:
        """How many rows are hidden."""
        return sum(cell.counted is None for cell in self.cells)


def threshold_of(measure: Measure, by: Sequence[str]) -> int:
    """The smallest number of people that a row of such a table may show."""
    if measure.rule is Rule.MIGRANTS and by and set(by) <= MIGRANTS_EXACT:
        return 0
    least = THRESHOLDS[measure.rule]
    return max(least, OF_CHILDREN) if measure.rule is not Rule.EXACT and TELLS_CHILDREN & set(by) else least


def never(measure: Measure, by: Sequence[str]) -> str | None:
    """Why a table may never be shown, whatever its numbers, as a code of the catalogues; None where it may."""
    if measure.rule is Rule.EXACT:
        return None
    fixed = {name for name, _ in measure.where}
    told = set(by) | fixed
    if TELLS_CHILDREN & told and COUNTRIES & told and FORMS & told:
        return "children_by_country_and_form"
    if len(by) > MOST_DIMENSIONS:
        return "too_many_dimensions"
    if measure.rule is Rule.VICTIMS and measure.within and by:
        return "part_beside_whole"  # with the table of the whole it would tell what is left over
    return None


def protect(
    measure: Measure, by: Sequence[str], total: Counted, rows: Sequence[Counted], exceptions: Iterable[str] = ()
) -> PublicTable:
    """The table as it may be shown. `exceptions` are codes that two people let out although they are small."""
    least, let_out = threshold_of(measure, by), frozenset(exceptions)
    table = PublicTable(measure, tuple(by), None if small(total, least) else total, threshold=least)
    if reason := never(measure, by):
        return replace(table, refused=reason)
    hidden = {row.codes for row in rows if small(row, least) and ",".join(row.codes) not in let_out}
    if hidden and len(by) > 1:
        return replace(table, refused="margins_would_tell")
    if hidden:
        hidden = widened(hidden, rows, least, let_out)
        if sum(row.value for row in rows if row.codes in hidden) < least or len(hidden) < 2:
            return replace(table, refused="too_few")
    cells = tuple(Cell(row.codes, None if row.codes in hidden else row) for row in rows)
    shown = tuple(sorted(code for code in let_out if any(code == ",".join(row.codes) for row in rows)))
    return replace(table, cells=cells, exceptions=shown)


def small(row: Counted, least: int) -> bool:
    """Whether a value is below the threshold; that there is none may be said."""
    return 0 < row.value < least


def widened(
    hidden: set[tuple[str, ...]], rows: Sequence[Counted], least: int, let_out: frozenset[str]
) -> set[tuple[str, ...]]:
    """The rows to hide, with the next smallest until what is hidden cannot be found by subtraction."""
    found = set(hidden)
    others = sorted(
        (row for row in rows if row.codes not in found and row.value and ",".join(row.codes) not in let_out),
        key=lambda row: (row.value, row.codes),
    )
    for row in others:
        if len(found) > 1 and sum(one.value for one in rows if one.codes in found) >= least:
            break
        found.add(row.codes)
    return found


@dataclass(frozen=True, slots=True)
class Released:
    """A table of victims as an earlier revision showed it: the values by code, None where hidden."""

    name: str
    values: Mapping[str, float | None]
    rest: float | None


def differences(table: PublicTable, earlier: Iterable[Released]) -> list[str]:
    """What a table would tell together with earlier revisions of it: the codes whose difference is small.

    Two releases of one table are as good as a third one of what came between (the attack by differencing).
    """
    if table.measure.rule is not Rule.VICTIMS or table.refused:
        return []
    now = {",".join(cell.codes): cell.counted.value if cell.counted else None for cell in table.cells}
    same = [before for before in earlier if before.name == table.name]
    return sorted({code for before in same for code in told_apart(now, table.rest, before, table.threshold)})


def told_apart(now: Mapping[str, float | None], rest: float | None, before: Released, least: int) -> list[str]:
    """The codes of which two releases together tell a number below the threshold; `rest` for all that is hidden."""
    found = []
    for code in sorted(now.keys() | before.values.keys()):
        was, is_now = before.values.get(code, 0.0), now.get(code, 0.0)
        if was is None and is_now is None:
            continue
        if was is None or is_now is None:
            if code in now and code in before.values:
                found.append(code)  # hidden once and shown once: the difference can be narrowed down
        elif 0 < abs(is_now - was) < least:
            found.append(code)
    if rest is not None and before.rest is not None and 0 < abs(rest - before.rest) < least:
        found.append("rest")
    return found


def check_exceptions(tables: Sequence[PublicTable], wanted: Sequence[Exceptional]) -> list[Exceptional]:
    """The exceptions that no table has use for: of no such row, or of a table that may never be shown."""
    known = {(table.name, code) for table in tables for code in table.exceptions}
    return [one for one in wanted if (one.table, one.code) not in known]
