"""Pairs of names in a CSV file, each given its score and the reasons."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TextIO

from tripoint.base.errors import BadInput
from tripoint.bulk.lists import Complaint, Told
from tripoint.bulk.scoring import score_names
from tripoint.records.sources.outcomes import BadRow, excerpt
from tripoint.records.sources.tabular import Numbered, read_table
from tripoint.words.spreadsheets import safe_cell, safe_row

NAMES, ADDED = ("name1", "name2"), ("score", "reasons")
Follow = Callable[[Iterable[Numbered]], Iterable[Numbered]]


def score_pairs_file(stream: BinaryIO, out: TextIO, told: Told, follow: Follow = iter) -> int:
    """Score each row of a CSV file with the columns name1 and name2; other columns stay. Gives how many were scored.

    Rows keep their order; `reasons` holds sentences separated by semicolons. An empty name is scored as the engine
    scores it, and told. A row that cannot be read is told and kept out. Raises BadInput without such columns.
    """
    rows = readable(read_table(stream), told)
    _, heading = next(rows, (1, []))
    plain = [cell.strip().lower() for cell in heading]
    if any(plain.count(name) != 1 for name in NAMES):
        remedy = "Name them in the first line: name1,name2 (other columns are kept)."
        raise BadInput("The file has not the columns name1 and name2.", field="--pairs", remedy=remedy)
    kept = [at for at, cell in enumerate(plain) if cell not in ADDED]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(safe_row([*(heading[at] for at in kept), *ADDED]))
    count = 0
    for line, cells in follow(whole(rows, len(heading), told)):
        names = [cells[plain.index(name)] for name in NAMES]
        for name, field in zip(names, NAMES, strict=True):
            if not name.strip():
                told(Complaint(line, field, "is empty", "give a name", kept_out=False))
        score, reasons = score_names(*names)
        writer.writerow([*safe_row(cells[at] for at in kept), f"{score:.6f}", safe_cell("; ".join(reasons))])
        count += 1
    return count


def readable(rows: Iterable[Numbered | BadRow], told: Told) -> Iterator[Numbered]:
    """The rows that could be read; the others are told."""
    for row in rows:
        if isinstance(row, BadRow):
            told(Complaint(row.line, row.field, row.reason, row.remedy, row.excerpt))
        else:
            yield row


def whole(rows: Iterable[Numbered], width: int, told: Told) -> Iterator[Numbered]:
    """The rows with as many cells as the heading has; the others are told."""
    for line, cells in rows:
        if len(cells) == width:
            yield line, cells
            continue
        reason = f"has {len(cells)} cells, the heading has {width}"
        told(Complaint(line, "line", reason, "put cells with commas in double quotes", excerpt(",".join(cells))))
