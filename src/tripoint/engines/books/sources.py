"""Files of books as rows of text: delimited text, workbooks, Parquet; what cannot be read costs its row only."""

from __future__ import annotations

import csv
import warnings
from codecs import getincrementaldecoder
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
KINDS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".parquet"})
LONGEST_CELL = 1 << 16
BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the books: its headings, and for text how it is written."""

    path: Path
    name: str
    headings: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Unread:
    """A row of a file that could not be taken apart, and why."""

    line: int
    why: str
    text: str


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that may be books, by name; folders within are looked through, too."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS and path.is_file())


def source_of(path: Path, folder: Path) -> Source:
    """A file's headings. Raises ValueError for one that has none or cannot be read."""
    name = str(path.relative_to(folder))
    match path.suffix.lower():
        case ".parquet":
            return Source(path, name, parquet_headings(path))
        case ".xlsx":
            first = next(workbook_rows(path), None)
            if first is None:
                raise ValueError("the workbook has no rows")
            return Source(path, name, distinct(first[1]))
        case _:
            return text_source(path, name)


def text_source(path: Path, name: str) -> Source:
    """A delimited text: the sign that parts most cells of the first line, UTF-8 or else Windows-1252."""
    with path.open("rb") as stream:
        first = stream.readline(LONGEST_CELL).removeprefix(b"\xef\xbb\xbf")
    encoding = "utf-8" if decodes(path) else "cp1252"
    line = first.decode(encoding, "replace").replace("\0", "")
    delimiter = max(DELIMITERS, key=line.count)
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise ValueError("the first line cannot be taken apart") from error
    if not any(cell.strip() for cell in cells):
        raise ValueError("the first line holds no headings")
    return Source(path, name, distinct(cells), delimiter, encoding)


def decodes(path: Path) -> bool:
    """Whether the whole file is UTF-8."""
    decoder = getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def distinct(cells: Sequence[str]) -> tuple[str, ...]:
    """Headings as they stand, without blanks around; empty or repeated ones get their number."""
    found: list[str] = []
    for number, cell in enumerate(cells, 1):
        heading = cell.strip().strip("\ufeff")
        found.append(heading if heading and heading not in found else f"{heading or 'column'} {number}")
    return tuple(found)


def parquet_headings(path: Path) -> tuple[str, ...]:
    """The columns of a Parquet file. Raises ValueError for what is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return tuple(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as error:
        raise ValueError("the file is no Parquet that can be read") from error


def lines_in(path: Path) -> int:
    """How many lines a text has; a last one without its end counts."""
    count, last = 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            count += block.count(b"\n")
            last = block[-1:]
    return count + (last != b"\n")


def careful_rows(source: Source) -> Iterator[tuple[int, list[str]] | Unread]:
    """The rows of a text one by one, with the line each begins at; for files that are not plain throughout."""
    wide = len(source.headings)
    with source.path.open(encoding=source.encoding, errors="replace", newline="") as stream:
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=source.delimiter)
        next(reader, None)
        while True:
            begins = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Unread(begins, f"cannot be taken apart ({error})", "")
                continue
            if cells:
                yield as_wide(begins, cells, wide)


def as_wide(line: int, cells: list[str], wide: int) -> tuple[int, list[str]] | Unread:
    """A row that has as many cells as the headings, or that it has not."""
    if len(cells) == wide:
        return line, cells
    return Unread(line, f"has {len(cells)} cells, the heading {wide}", " ; ".join(cells)[:200])


def workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a workbook's first sheet that are not empty, as text. Raises ValueError for what is no workbook."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles, which do not matter here
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            page = book[book.sheetnames[0]]
            page.reset_dimensions()  # what a sheet says of its size is often wrong
            for number, row in enumerate(page.iter_rows(values_only=True), 1):
                cells = [written(cell) for cell in row]
                if any(cells):
                    yield number, cells
            book.close()
        except Exception as error:  # the library raises whatever a broken archive makes it stumble over
            raise ValueError(f"the workbook cannot be read ({type(error).__name__})") from error


def written(cell: object) -> str:
    """A cell as text; days as year-month-day, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:LONGEST_CELL]


def even_rows(source: Source) -> Iterator[tuple[int, list[str]] | Unread]:
    """The rows of a workbook below its headings, each as wide as they are; empty cells at the end are not written."""
    wide = len(source.headings)
    rows = workbook_rows(source.path)
    next(rows, None)
    for number, cells in rows:
        yield as_wide(number, (cells + [""] * wide)[:wide] if not any(cells[wide:]) else cells, wide)
