"""Lists of serial numbers in CSV files into an index of marks, row by row; a row not taken is told with its reason."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from tripoint.base.errors import BadInput
from tripoint.bulk.lists import Complaint, Told
from tripoint.engines.marks.index import (
    Answer,
    Builder,
    Entry,
    IndexDamaged,
    MarkIndex,
    check_every_byte,
    open_index,
)
from tripoint.engines.marks.index.building import ASPECTS, AT_ONCE, LONGEST_ID
from tripoint.engines.marks.ranking import Described
from tripoint.engines.marks.reading import read_marks

SEPARATORS = ",;\t|"
LONGEST_CELL = 200
YEAR = re.compile("[12][0-9]{3}")
ALSO = {"caliber": "calibre", "serial_number": "serial", "manufacturer": "make"}
REMEDY = "The first line names the columns: id, serial, and where known make, model, calibre, type, year."
LONGEST_SERIAL = 40
SAID = ("make", "model", "calibre", "type", "year")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands in a row; -1 for one that is not there."""

    id: int
    serial: int
    aspects: tuple[int, ...]

    @property
    def last(self) -> int:
        """The cells a row must have."""
        return max(self.id, self.serial)


Follow = Callable[[Iterable[Entry]], Iterator[Entry]]


def build(stream: BinaryIO, folder: Path, told: Told, follow: Follow = iter) -> int:
    """An index in `folder` of a CSV file; gives how many rows were taken. What is refused goes to `told`.

    Raises BadInput where the file has no such columns, or the folder holds anything but an index.
    """
    builder, entries = Builder(), follow(read_entries(stream, told))
    while part := list(islice(entries, AT_ONCE)):
        builder.add(part)
    try:
        builder.write(folder)
    except (IndexDamaged, OSError) as error:
        remedy = "Name another folder, or make room on the disk."
        raise BadInput(f"The index cannot be written: {error}.", field="--out", remedy=remedy) from error
    return builder.entries


def read_entries(stream: BinaryIO, told: Told) -> Iterator[Entry]:
    """The entries of a CSV file: several serials parted by semicolons are one entry each. Raises BadInput."""
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
    try:
        yield from entries_of(text, told)
    finally:
        text.detach()


def entries_of(text: TextIO, told: Told) -> Iterator[Entry]:
    """The same of text."""
    first = text.readline(1 << 16)
    separator = max(SEPARATORS, key=first.count)
    heading = next(csv.reader([first], delimiter=separator), [])
    columns = columns_of(heading)
    rows = csv.reader(text, delimiter=separator)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            told(Complaint(rows.line_num + 1, "row", f"cannot be read: {error}", "quote cells that hold line ends"))
            continue
        if row is None:
            return
        if row:
            yield from taken(row, rows.line_num + 1, columns, told)


def columns_of(heading: Sequence[str]) -> Columns:
    """Where the columns stand. Raises BadInput where id or serial is missing."""
    names = [one.strip().casefold() for one in heading]
    places = {ALSO.get(name, name): at for at, name in enumerate(names)}
    for name in ("id", "serial"):
        if name not in places:
            raise BadInput(f"The list has no column {name}.", field="--list", remedy=REMEDY)
    return Columns(places["id"], places["serial"], tuple(places.get(name, -1) for name in ASPECTS))


def taken(row: Sequence[str], line: int, columns: Columns, told: Told) -> Iterator[Entry]:
    """The entries of one row; none, with a word on it, where it cannot be taken."""
    if len(row) <= columns.last:
        told(Complaint(line, "row", f"has {len(row)} cells", f"give at least {columns.last + 1}"))
        return
    name, raw = row[columns.id].strip(), row[columns.serial]
    if not 0 < len(name) <= LONGEST_ID:
        told(Complaint(line, "id", "is empty or too long", f"give 1 to {LONGEST_ID} characters", name[:40]))
        return
    try:
        marks = keys_of(raw)
    except ValueError as error:
        told(Complaint(line, "serial", str(error), "give the number as stamped, unknown ones not at all", raw[:40]))
        return
    aspects = tuple(aspects_of(row, line, columns, told))
    for written, keys in marks:
        yield Entry(name, keys, written, aspects)


def keys_of(raw: str) -> list[tuple[str, tuple[str, ...]]]:
    """The serials in a cell: as written where that differs from its key, and its keys. Raises ValueError."""
    if raw.isalnum() and raw.isascii() and raw[-1].isdigit() and len(raw) <= LONGEST_SERIAL:  # most are so
        normal = raw.upper()
        return [("" if normal == raw else raw, (normal,))]
    return [("" if one.raw == one.normal else one.raw, one.keys) for one in read_marks(raw)]


def aspects_of(row: Sequence[str], line: int, columns: Columns, told: Told) -> Iterator[str]:
    """Make, model, calibre, type and year of a row, empty where they are not told or cannot be taken."""
    for name, at in zip(ASPECTS, columns.aspects, strict=True):
        cell = row[at].strip() if 0 <= at < len(row) else ""
        if len(cell) > LONGEST_CELL or (name == "year" and cell and not YEAR.fullmatch(cell)):
            told(Complaint(line, name, "is too long or no year", "leave it empty", cell[:40], kept_out=False))
            cell = ""
        yield cell


def opened(folder: Path) -> MarkIndex:
    """The index in a folder. Raises BadInput where there is none, or it is cut short, foreign or damaged."""
    try:
        return open_index(folder)
    except IndexDamaged as error:
        remedy = "Build it with `tripoint marks build --list FILE.csv --out DIR`."
        raise BadInput(f"The index cannot be used: {error}.", field="--index", remedy=remedy) from error


def verified(folder: Path) -> int:
    """How many marks an index holds, after every byte of it was read. Raises BadInput as `opened`."""
    index = opened(folder)
    try:
        check_every_byte(folder)
    except IndexDamaged as error:
        raise BadInput(f"The index is damaged: {error}.", field="--index", remedy="Build it anew.") from error
    return len(index)


def ask(
    index: MarkIndex, query: str, said: Mapping[str, Any], most: int, *, edits: int | None = None, loose: bool = False
) -> dict[str, Any]:
    """The answer to one question in JSON values. Raises BadInput where it cannot be read or says too little."""
    try:
        answer = index.search(query, described(said), most, edits=edits, loose=loose)
    except ValueError as error:
        remedy = "Unknown places are ?, choices [8B3], runs *{2,4}; ~2 before all else allows two edits."
        raise BadInput(f"The question {error}.", field="--query", remedy=remedy) from error
    return shown(query, answer)


def described(said: Mapping[str, Any]) -> Described:
    """What is known beside the mark. Raises BadInput where the year is none."""
    values = {name: said[name] for name in SAID if said.get(name) not in (None, "")}
    try:
        year = int(values.pop("year")) if "year" in values else None
    except (TypeError, ValueError):
        raise BadInput("The year is no number.", field="year", remedy="Write four digits.") from None
    return Described(**{name: str(value)[:LONGEST_CELL] for name, value in values.items()}, year=year)


def shown(query: str, answer: Answer) -> dict[str, Any]:
    """An answer in JSON values."""
    results = [
        {
            "id": one.id, "serial": one.serial, **{name: value for name, value in asdict(one.held).items() if value},
            "make": one.held.make, "score": one.score, "reasons": [reason.words for reason in one.reasons],
        }
        for one in answer.results
    ]  # fmt: skip
    return {
        "query": query, "results": results, "found": answer.found, "looked_at": answer.looked_at,
        "milliseconds": answer.milliseconds, "warnings": list(answer.warnings),
    }  # fmt: skip


def ask_each(index: MarkIndex, lines: Iterable[str], most: int, out: TextIO) -> int:
    """Answer questions in one process, a JSON object a line: `query`, and `make`, `model`, `calibre`, `type`, `year`,
    `k`, `edits`. A question that cannot be answered gets a line with its error. Gives how many were asked."""
    count = 0
    for line in lines:
        if line.strip():
            print(json.dumps(answered(index, line, most), ensure_ascii=False), file=out, flush=True)
            count += 1
    return count


def answered(index: MarkIndex, line: str, most: int) -> dict[str, Any]:
    """The answer to one line, or its error."""
    try:
        said = json.loads(line)
        if not isinstance(said, dict) or not isinstance(said.get("query"), str):
            raise BadInput("The line is no question.", field="query", remedy='Write {"query": "~1AB1234"}.')
        most, edits = number(said, "k", most, 1000), number(said, "edits", None, 2)
        return ask(index, said["query"], said, most or 1, edits=edits)
    except (BadInput, ValueError, RecursionError) as error:
        sentence = error.sentence if isinstance(error, BadInput) else "The line is no JSON."
        return {"error": sentence, "remedy": getattr(error, "remedy", None)}


def number(said: Mapping[str, Any], name: str, otherwise: Any, most: int) -> Any:
    """A whole number from 0 to `most` in a question. Raises BadInput."""
    value = said.get(name, otherwise)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most):
        raise BadInput(f"The {name} is no number from 0 to {most}.", field=name, remedy="Leave it out.")
    return value
