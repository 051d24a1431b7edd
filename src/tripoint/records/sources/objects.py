"""What the readers of documents, vehicles and firearms share: heading, columns, and words turned into values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import BinaryIO, TypeVar

from tripoint.base.archives import ARCHIVE
from tripoint.records.model import Content
from tripoint.records.sources.mapping import Mapping
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome, Row, excerpt
from tripoint.records.sources.tabular import Numbered, read_table
from tripoint.records.sources.workbooks import workbook_rows
from tripoint.words.countries import read_country

DIFFERENT_WORDS = 65536
LONGEST_WORD, LONGEST_TEXT = 100, 1000
FIRST_REPORT = 1900
Rows = Iterator[Numbered | BadRow]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of ours: without a `default` it must be a column or a constant."""

    name: str
    default: str | None = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the heading. Each is followed by the constants, so that every field is at one place: `places`."""

    rows: Rows
    width: int
    constants: list[str]
    places: dict[str, int]

    def complete(self, cells: list[str]) -> list[str]:
        """The cells with the constants; raises Faulty where the row is longer or shorter than the heading."""
        if len(cells) != self.width:
            raise Faulty(
                "line",
                f"has {len(cells)} columns, the heading has {self.width}",
                "put cells that hold the delimiter in double quotes",
                ",".join(cells),
            )
        cells += self.constants
        return cells


def open_rows(stream: BinaryIO, mapping: Mapping) -> Rows:
    """The rows of a CSV file or of one sheet of an XLSX workbook, told by its first bytes."""
    start = stream.read(len(ARCHIVE))
    stream.seek(0)
    if start == ARCHIVE:
        yield from workbook_rows(stream, mapping.sheet)
    else:
        yield from read_table(stream, mapping.delimiter, mapping.encoding)


def fatal(reason: str, remedy: str, line: int = 1, field: str = "file") -> BadRow:
    """The end of what can be read."""
    return BadRow(line, field, reason, remedy, fatal=True)


def begin(rows: Rows, mapping: Mapping, fields: tuple[Field, ...]) -> Table | BadRow:
    """Read the heading and find every field's place; a fatal `BadRow` when a field has none."""
    heading = next(rows, None)
    if heading is None:
        return fatal("is empty", "give a heading line and the rows below it")
    if isinstance(heading, BadRow):
        return fatal(f"has a heading that {heading.reason}", heading.remedy, heading.line, "heading")
    names = [cell.strip().casefold() for cell in heading[1]]
    known = {field.name for field in fields}
    for name in (*mapping.columns, *mapping.constants, *mapping.values):
        if name not in known:
            remedy = f"the fields are {', '.join(sorted(known))}"
            return fatal(f"names {name!r}, which is no field here", remedy, 1, "mapping")
    return find_places(rows, names, mapping, fields)


def find_places(rows: Rows, names: list[str], mapping: Mapping, fields: tuple[Field, ...]) -> Table | BadRow:
    """Where each field stands: its column, or behind the columns as a constant."""
    constants: list[str] = []
    places: dict[str, int] = {}
    for field in fields:
        column = mapping.columns.get(field.name, field.name).strip().casefold()
        constant = mapping.constants.get(field.name, None if field.name in mapping.columns else field.default)
        if column in names and field.name not in mapping.constants:
            places[field.name] = names.index(column)
        elif constant is not None:
            places[field.name] = len(names) + len(constants)
            constants.append(constant)
        else:
            reason = f"has no column {column!r}; it has {excerpt(', '.join(names))}"
            return fatal(reason, "name the column or a constant in the mapping", 1, field.name)
    return Table(rows, len(names), constants, places)


def rows_through(
    table: Table, read: Callable[[list[str]], Content], key: Callable[[list[str]], str]
) -> Iterator[Outcome]:
    """Every row of the table as `read` makes it; a bad one with the record it names, where `key` can still tell."""
    for found in table.rows:
        if isinstance(found, BadRow):
            yield found
            continue
        line, cells = found
        try:
            yield Row(line, None, read(cells))
        except Faulty as fault:
            yield fault.at(line, key_or_none(table, key, cells))


def key_or_none(table: Table, key: Callable[[list[str]], str], cells: list[str]) -> str | None:
    """What identifies a row within its set, or None where that cannot be read either."""
    if len(cells) != table.width + len(table.constants):
        return None
    try:
        return key(cells)
    except Faulty:
        return None


def translated(field: str, mapping: Mapping, convert: Callable[[str], Value], remedy: str) -> Callable[[str], Value]:
    """`convert` behind the mapping's words for `field`, remembering what it met; a ValueError becomes a `Faulty`."""
    words = {theirs.strip().casefold(): ours for theirs, ours in mapping.values.get(field, {}).items()}

    @lru_cache(DIFFERENT_WORDS)
    def read(cell: str) -> Value:
        plain = cell.strip()
        try:
            return convert(words.get(plain.casefold(), plain))
        except ValueError:
            raise Faulty(field, f"is {excerpt(plain)!r}" if plain else "is empty", remedy, cell) from None

    return read


def reported_on(mapping: Mapping) -> Callable[[str], date | None]:
    """A reader of the day of the report, empty for none."""
    return day_in("reported", mapping)


def day_in(field: str, mapping: Mapping) -> Callable[[str], date | None]:
    """A reader of a day, empty for none."""
    form = mapping.dates

    def convert(text: str) -> date | None:
        if not text:
            return None
        found = datetime.strptime(text, form).date() if form else date.fromisoformat(text[:10])
        if found.year < FIRST_REPORT:
            raise ValueError
        return found

    return translated(field, mapping, convert, f"write it as {form or 'YYYY-MM-DD'}, a day that exists")


def country_in(field: str, mapping: Mapping, *, needed: bool = False) -> Callable[[str], str | None]:
    """A reader of a country, empty for none unless `needed`."""
    return translated(
        field,
        mapping,
        lambda text: read_country(text) if text or needed else None,
        "give a three-letter code (ISO 3166-1), such as PAN",
    )


def words_in(field: str, mapping: Mapping, longest: int = LONGEST_WORD) -> Callable[[str], str | None]:
    """A reader of a free word such as a colour, empty for none."""

    def convert(text: str) -> str | None:
        if len(text) > longest:
            raise ValueError
        return text or None

    return translated(field, mapping, convert, f"give at most {longest} characters")


def normalised(field: str, convert: Callable[[str], str]) -> Callable[[str], str]:
    """A reader of a number that must be given; the sentence of the ValueError is its reason."""

    def read(cell: str) -> str:
        try:
            return convert(cell)
        except ValueError as error:
            raise Faulty(field, str(error), "correct the number", cell) from None

    return read
