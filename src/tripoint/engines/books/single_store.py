"""One file of books read by itself, for whoever keeps its rows elsewhere; and books kept elsewhere asked the rules."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from tripoint.engines.books.engine_store import Choices, findings, opened, run
from tripoint.engines.books.mapping import FileMapping, columns, guessed
from tripoint.engines.books.model import Book, Finding, Order, RefusedRow
from tripoint.engines.books.reading_store import (
    REFUSE,
    cells,
    name_makes,
    order_of,
    prepare,
    read,
    refused_rows,
    stage,
)
from tripoint.engines.books.sources import source_of

MEMORY = "512MB"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that was taken: its line, what is compared of it, and its cells as they stand."""

    line: int
    dealer: str | None
    serial: str | None
    make: str | None
    day: date | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file read: as what, by which columns, and its rows."""

    mapping: FileMapping
    left: tuple[str, ...]
    order: Order
    sure: bool
    rows: tuple[ReadRow, ...]
    refused: tuple[RefusedRow, ...]


def headings_of(path: Path) -> tuple[str, ...]:
    """The headings of a file. Raises ValueError for one that cannot be read."""
    return source_of(path, path.parent).headings


def file_rows(path: Path, name: str, mapping: FileMapping | None, make_key: Callable[[str], str]) -> ReadFile:
    """Read one file whole. Raises ValueError for one that cannot be read or whose columns are not those of a book."""
    source = source_of(path, path.parent)
    chosen = mapping or guessed(name, source.headings)
    if chosen is None:
        raise ValueError("the columns are not those of any book")
    try:
        with tempfile.TemporaryDirectory(prefix="tripoint-book-") as room, duckdb.connect(":memory:") as database:
            prepare(database, 1, MEMORY, Path(room))
            stage(database, 1, source, chosen)
            database.execute("insert into file values (1, $name, $book)", {"name": name, "book": chosen.book.value})
            order, sure = order_of(database, chosen)
            own = [column for column in columns(chosen.book) if column.name in chosen.columns]
            name_makes(database, own, make_key)
            database.execute(f"create temp table read as {read(1, chosen.book, own, order)}")
            database.execute(REFUSE.format(values=cells(own)), {"number": 1})
            rows = tuple(taken_rows(database, chosen))
            refused = tuple(refused_rows(database))
    except duckdb.Error as error:
        raise ValueError(str(error).splitlines()[0]) from error
    left = tuple(one for one in source.headings if one not in chosen.columns.values())
    return ReadFile(chosen, left, order, sure, rows, refused)


def taken_rows(database: duckdb.DuckDBPyConnection, mapping: FileMapping) -> Iterator[ReadRow]:
    """The good rows with their cells as they stand in the file."""
    there = {column.name for column in columns(mapping.book)}
    day = "reported" if mapping.book is Book.THEFT else "day"
    compared = ", ".join(f"r.{one}" if one in there else "null" for one in ("dealer", "serial", "make", day))
    ours = list(mapping.columns)
    shown = ", ".join(f"s.{one}" for one in ours)
    query = f"select r.line, {compared}, {shown} from read r join staged s using (line) where r.bad is null order by r.line"  # noqa: S608 - names of ours
    for line, dealer, serial, make, on, *values in database.execute(query).fetchall():
        kept = {name: str(value) for name, value in zip(ours, values, strict=True) if value not in (None, "")}
        yield ReadRow(line, dealer, serial, make, on, kept)


@dataclass(frozen=True, slots=True)
class KeptBook:
    """Rows of one file kept elsewhere: its name, and each row's line with its cells by our columns."""

    name: str
    mapping: FileMapping
    rows: Iterable[tuple[int, Mapping[str, str]]]


def ask(books: Sequence[KeptBook], make_key: Callable[[str], str]) -> list[tuple[Finding, list[tuple[str, int]]]]:
    """Ask all rules of books kept elsewhere: each finding with its rows by name of file and line there.

    A rule at fault raises RuntimeError naming it: indicators are stored whole or not at all.
    """
    with tempfile.TemporaryDirectory(prefix="tripoint-kept-") as folder:
        lines = {f"{number}.csv": (one.name, write(one, Path(folder) / f"{number}.csv")) for number, one in enumerate(books)}
        mappings = {f"{number}.csv": same_names(one.mapping) for number, one in enumerate(books)}
        choices = Choices(threads=2, memory="1GB", mappings=mappings)
        with opened(Path(folder), choices, make_key, lambda *_: None) as there:
            outcomes = run(there, lambda *_: None)
            if faulty := [one for one in outcomes if one.fault]:
                raise RuntimeError(f"rule {faulty[0].recipe.number}: {faulty[0].fault}")
            return [(found, [(lines[row.file][0], lines[row.file][1][row.line - 2]) for row in found.rows])
                    for found in findings(there, outcomes)]  # fmt: skip


def same_names(mapping: FileMapping) -> FileMapping:
    """The mapping of a file whose columns bear our names."""
    return FileMapping(mapping.book, {name: name for name in mapping.columns}, mapping.order)


def write(book: KeptBook, path: Path) -> list[int]:
    """Write a book's rows under our names; gives the line that each row had where it came from."""
    lines = []
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(book.mapping.columns)
        for line, row in book.rows:
            writer.writerow([" ".join(row.get(name, "").split()) for name in book.mapping.columns])
            lines.append(line)
    return lines
