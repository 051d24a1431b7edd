"""Forms as sheets: the columns of a form, a row of cells as values, values as a row of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tripoint.words.forms.model import YES_NO_UNKNOWN, Field, Form, Json, Part, ValueKind

MOST_ROWS = 5  # of a field of rows, in a sheet: its columns stand side by side
FREE = frozenset({ValueKind.TEXT, ValueKind.LONG_TEXT, ValueKind.PLACE, ValueKind.ROWS, ValueKind.REFERENCE})
# A cell cannot hold them as one text that is read back.
IN_PARTS = {ValueKind.MONEY: ("amount", "currency"), ValueKind.PLACE: ("name", "country", "latitude", "longitude")}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading (`legs.1.from`), where the value stands, and the codes to choose from."""

    heading: str
    path: tuple[str | int, ...]
    choices: tuple[str, ...] = ()


def columns_in(form: Form) -> tuple[Column, ...]:
    """The columns that a sheet may bring: all that is not sealed and not of a facilitator."""
    return tuple(one for field in form.of_part(Part.LINE, Part.BODY) for one in columns_of(field))


def columns_out(form: Form, *, body: bool) -> tuple[Column, ...]:
    """The columns that leave in a sheet: codes and numbers of the line, and of the body where that is open; free text
    stays in the hub."""
    parts = (Part.LINE, Part.BODY) if body else (Part.LINE,)
    return tuple(
        one for field in form.of_part(*parts) for one in columns_of(field, free=False)
        if field.kind not in FREE or field.kind is ValueKind.ROWS
    )  # fmt: skip


def columns_of(field: Field, before: tuple[str | int, ...] = (), *, free: bool = True) -> Iterator[Column]:
    """The columns of one field, side by side where it has parts or rows."""
    path = (*before, field.name)
    if field.kind is ValueKind.ROWS:
        for place in range(min(MOST_ROWS, int(field.most or MOST_ROWS))):
            for one in field.fields:
                if free or one.kind not in FREE:
                    yield from columns_of(one, (*path, place), free=free)
    elif field.kind in IN_PARTS:
        yield from (column((*path, part)) for part in IN_PARTS[field.kind])
    else:
        yield column(path, choices_of(field))


def column(path: tuple[str | int, ...], choices: tuple[str, ...] = ()) -> Column:
    """A column; rows are numbered from 1 in its heading."""
    return Column(".".join(str(part + 1) if isinstance(part, int) else part for part in path), path, choices)


def choices_of(field: Field) -> tuple[str, ...]:
    """The codes that a cell may hold; none where it holds several, a number or a country."""
    if field.kind is ValueKind.YES_NO_UNKNOWN:
        return YES_NO_UNKNOWN
    if field.kind is ValueKind.YES_NO:
        return ("yes", "no")
    return field.choices if field.kind is ValueKind.CHOICE else ()


def values_of(form: Form, cells: Mapping[str, str]) -> Json:
    """The values that a row's cells hold, by heading; blank cells say nothing."""
    found: Json = {}
    for one in columns_in(form):
        if text := cells.get(one.heading, "").strip():
            put(found, one.path, text)
    return {name: dense(value) for name, value in found.items()}


def put(values: dict[Any, Any], path: tuple[str | int, ...], text: str) -> None:
    """Put a text where its path leads; rows stand by their number for now."""
    for part in path[:-1]:
        values = values.setdefault(part, {})
    values[path[-1]] = text


def dense(value: Any) -> Any:
    """Rows by number as a list; what else there is stays."""
    if not isinstance(value, dict):
        return value
    inner = {name: dense(part) for name, part in value.items()}
    return [inner[place] for place in sorted(inner)] if all(isinstance(name, int) for name in inner) else inner


def cells_of(columns: tuple[Column, ...], values: Mapping[str, Any]) -> list[str | None]:
    """The cells of a row, in the order of the columns."""
    return [cell(found_at(values, one.path)) for one in columns]


def found_at(values: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a path; None where nothing does."""
    for part in path:
        if isinstance(part, int):
            values = values[part] if isinstance(values, list) and part < len(values) else None
        else:
            values = values.get(part) if isinstance(values, Mapping) else None
    return values


def cell(value: Any) -> str | None:
    """One value as a cell: lists with semicolons, yes and no in words."""
    if value is None or isinstance(value, dict):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(str(one) for one in value) if isinstance(value, list) else str(value)
