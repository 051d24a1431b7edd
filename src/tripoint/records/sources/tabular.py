"""Delimited text as numbered rows: any bytes may come, a line that cannot be read costs that line only."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from tripoint.records.sources.outcomes import BadRow, excerpt
from tripoint.words.spreadsheets import APOSTROPHE, meant_by

BLOCK = 1 << 20
LONGEST_LINE = 1 << 16
# A cell may hold line breaks; a quotation mark that nothing closes must not swallow the rest of the file.
LONGEST_CELL_LINES = 20
SAVE_AS_UTF8 = "save the file as UTF-8, or name its encoding in the mapping"
UNQUOTE = "write it in double quotes, a quotation mark inside it doubled, and close it"

Numbered = tuple[int, list[str]]


def read_table(stream: BinaryIO, delimiter: str = ",", encoding: str = "utf-8") -> Iterator[Numbered | BadRow]:
    """Yield `(line, cells)` for every row, or a `BadRow`; empty lines are skipped.

    In: the open file, a delimiter of one character, and an encoding Python knows in which a line break is one byte
    (not UTF-16). A byte order mark is taken off, and so are the apostrophes that keep cells from being formulas.
    Never raises for what the bytes say.
    """
    first_line = 1
    for block in blocks(stream):
        text = decoded(block, encoding, first_line == 1)
        rows = rows_of(list(io.StringIO(text, newline="\n")), first_line, delimiter)
        yield from meant(rows) if APOSTROPHE in text else rows
        first_line += block.count(b"\n")


def meant(rows: Iterable[Numbered | BadRow]) -> Iterator[Numbered | BadRow]:
    """The rows with cells as they were before they were made safe for spreadsheets."""
    for row in rows:
        yield row if isinstance(row, BadRow) else (row[0], [meant_by(cell) for cell in row[1]])


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of about a megabyte that end with a line; a longer line is cut, so that it shows as bad."""
    rest = b""
    while piece := stream.read(BLOCK):
        end = piece.rfind(b"\n") + 1
        if end:
            yield rest + piece[:end]
            rest = piece[end:]
        else:
            # What lies beyond the longest line allowed is of no use: it is bad already.
            rest = (rest + piece)[: LONGEST_LINE + 1]
    if rest:
        yield rest


def decoded(block: bytes, encoding: str, first: bool) -> str:
    """The text; bytes that are not in the encoding become lone surrogates, which `rows_of` finds."""
    if first and block.startswith(codecs.BOM_UTF8):
        block = block[len(codecs.BOM_UTF8) :]
    return block.decode(encoding, "surrogateescape")


def rows_of(lines: list[str], first_line: int, delimiter: str) -> Iterator[Numbered | BadRow]:
    """The rows of one block: at a run where every line is plain, line by line with care where one is not."""
    if is_plain(lines):
        reader = csv.reader(lines, delimiter=delimiter)
        for number, cells in enumerate(reader, first_line):
            if cells:
                yield number, cells
        return
    yield from careful_rows(lines, first_line, delimiter)


def is_plain(lines: list[str]) -> bool:
    """Whether one line is one row in all of them, without a fault to look for."""
    text = "".join(lines)
    if "\0" in text or "\r" in text.replace("\r\n", "") or any(len(line) > LONGEST_LINE for line in lines):
        return False
    if '"' in text and any(line.count('"') % 2 for line in lines):
        return False
    return text.isascii() or not has_surrogate(text)


def has_surrogate(text: str) -> bool:
    """Whether some byte was not in the file's encoding."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def careful_rows(lines: list[str], first_line: int, delimiter: str) -> Iterator[Numbered | BadRow]:
    """The rows of a block that holds faults or cells with line breaks."""
    at, number = 0, first_line
    while at < len(lines):
        taken, found = careful_row(lines, at, number, delimiter)
        if found is not None:
            yield found
        number += sum(line.endswith("\n") for line in lines[at : at + taken])
        at += taken


def careful_row(lines: list[str], at: int, number: int, delimiter: str) -> tuple[int, Numbered | BadRow | None]:
    """One row that begins at `lines[at]`: how many lines it took, and what it says."""
    taken = closing(lines, at)
    text = "".join(lines[at : at + taken])
    fault = fault_of(text)
    if fault:
        return 1, BadRow(number, "line", *fault, excerpt(lines[at].rstrip("\r\n")))
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return 1, BadRow(number, "line", f"cannot be split into cells ({error})", UNQUOTE, excerpt(lines[at].rstrip()))
    return taken, (number, cells) if cells else None


def closing(lines: list[str], at: int) -> int:
    """How many lines belong together: until the quotation marks come out even, or one if they never do."""
    quotes = 0
    for taken, line in enumerate(lines[at : at + LONGEST_CELL_LINES], 1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return taken
    return 1


def fault_of(text: str) -> tuple[str, str] | None:
    """Why a row cannot be read at all, with the remedy."""
    if len(text) > LONGEST_LINE:
        return f"is longer than {LONGEST_LINE} characters", "check that lines end with a line break"
    if "\0" in text:
        return "holds a NUL byte", "export the file again as plain text"
    if has_surrogate(text):
        return "holds bytes that are not in the file's encoding", SAVE_AS_UTF8
    return None


def as_rows(cells: Iterable[Sequence[object]]) -> Iterator[Numbered | BadRow]:
    """Rows of a workbook in the shape of `read_table`."""
    for number, row in enumerate(cells, 1):
        if not row:  # a million of them may lie between two rows
            continue
        values = [cell_text(value) for value in row]
        fault = fault_of(whole := "".join(values))
        if fault:
            yield BadRow(number, "line", *fault, excerpt(whole))
        elif any(values):
            yield number, values


def cell_text(value: object) -> str:
    """A workbook's cell as the text a person would read: dates as YYYY-MM-DD, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    written = getattr(value, "isoformat", None)
    return str(written())[:10] if written else str(value)
