"""Pairs of names in a CSV file, each given its score and the reasons."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TextIO

from tripoint.base.errors import BadInput
from tripoint.bulk.lists import Complaint, Told, plain
from tripoint.bulk.scoring import score_names
from tripoint.records.sources.outcomes import excerpt

NAMES = ("name1", "name2")
ADDED = ("score", "reasons")
LONGEST_CELL = 1 << 20
Row = list[str]
Follow = Callable[[Iterable[Row]], Iterable[Row]]


def score_pairs_file(stream: BinaryIO, out: TextIO, told: Told, follow: Follow = iter) -> int:
    """Score each row of a CSV file with the columns name1 and name2; other columns stay. Gives how many were scored.

    Rows keep their order; `reasons` holds sentences separated by semicolons. An empty name is scored as the engine
    scores it and told. A row with too few or too many cells is told and kept out. Raises BadInput without heading.
    """
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    reader, writer = csv.reader(text), csv.writer(out, lineterminator="\n")
    heading = next(readable(reader, told), [])
    places = [at for name in NAMES for at, cell in enumerate(heading) if cell.strip().lower() == name]
    if len(places) != len(NAMES):
        remedy = "Name them in the first line: name1,name2 (other columns are kept)."
        raise BadInput("The file has not the columns name1 and name2.", field="--pairs", remedy=remedy)
    kept = [at for at, cell in enumerate(heading) if cell not in ADDED]
    writer.writerow([*(heading[at] for at in kept), *ADDED])
    count = 0
    for row in follow(whole_rows(reader, len(heading), told)):
        names = [row[at] for at in places]
        for name, field in zip(names, NAMES, strict=True):
            if not name.strip():
                told(Complaint(reader.line_num, field, "is empty", "give a name", kept_out=False))
        score, reasons = score_names(*names)
        writer.writerow([*(row[at] for at in kept), f"{score:.6f}", "; ".join(reasons)])
        count += 1
    text.detach()
    return count


def readable(rows: Iterator[Row], told: Told) -> Iterator[Row]:
    """The rows that are CSV and not blank; others are told."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            line = int(getattr(rows, "line_num", 0))
            told(Complaint(line, "line", f"is not CSV: {error}", "put cells with commas or quotes in double quotes"))
            continue
        if row:
            yield [plain(cell) for cell in row]


def whole_rows(rows: Iterator[Row], width: int, told: Told) -> Iterator[Row]:
    """The rows with as many cells as the heading has; others are told."""
    for row in readable(rows, told):
        if len(row) == width:
            yield row
            continue
        reason = f"has {len(row)} cells, the heading has {width}"
        line = int(getattr(rows, "line_num", 0))
        told(Complaint(line, "line", reason, "put cells with commas in double quotes", excerpt(",".join(row))))
