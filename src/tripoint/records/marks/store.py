"""The table of marks: looked up by folds, or by pattern, through functions that know what the asker's party may meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tripoint.base.database import Session, Statement, together

Row = dict[str, Any]
SEARCH = """
select * from search_marks(%(places)s::integer[], %(folds)s::text[], %(slips)s::integer[], %(asked)s::text[], %(makes)s::text[], %(holders)s)
"""
# What a check needs of listed firearms: `place` is the question's place here.
MET = """
select at as place, slip, holder as id, owner, level, raw as serial, normal, make, model, calibre, country, status, reported, version
  from search_marks(%(places)s::integer[], %(folds)s::text[], %(slips)s::integer[], %(asked)s::text[], %(makes)s::text[], %(holders)s)
"""
PATTERN = """
select * from search_mark_pattern(%(expression)s, %(low)s, %(high)s, %(reversed)s, %(makes)s::text[], %(holders)s, %(most)s)
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question by folds: each with its edits, the number itself, the make; `place` among those asked together."""

    place: int
    folds: dict[str, int]
    asked: str
    make: str | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which folds a pattern's matches lie, read forwards or backwards; no bounds where `low` is None."""

    low: str | None = None
    high: str | None = None
    reversed: bool = False


def by_folds(session: Session, wanted: Iterable[Wanted], holders: str | None) -> list[Row]:
    """The marks with one of the folds of each question, with the question's place and the edits between."""
    return together(session, [folds_look(wanted, holders)])[0]


def met_look(wanted: Iterable[Wanted]) -> Statement:
    """The statement by which checks look for the serials of listed firearms, as `by_folds`."""
    return folds_look(wanted, "listed", MET)


def folds_look(wanted: Iterable[Wanted], holders: str | None, text: str = SEARCH) -> Statement:
    """The statement of `by_folds`."""
    lines = [(one.place, fold, slips, one.asked, one.make) for one in wanted for fold, slips in one.folds.items()]
    names = ("places", "folds", "slips", "asked", "makes")
    columns: dict[str, Any] = {name: [line[at] for line in lines] for at, name in enumerate(names)}
    return Statement(text, columns | {"holders": holders})


def by_pattern(
    session: Session, expression: str, bounds: Bounds, makes: Sequence[str] | None, holders: str | None, most: int
) -> list[Row]:
    """The marks whose fold fits an expression; of the makes given or of no known make."""
    asked = {
        "expression": expression, "low": bounds.low, "high": bounds.high, "reversed": bounds.reversed,
        "makes": None if makes is None else list(makes), "holders": holders, "most": most,
    }  # fmt: skip
    return together(session, [Statement(PATTERN, asked)])[0]
