"""Several segments made one: columns and postings are copied without the dead, nothing is computed anew.

It reads and writes a part at a time, so that memory stays bounded however large the segments are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.index import sketching
from tripoint.engines.screening.index.postings import directory_bits, merge_postings
from tripoint.engines.screening.index.segment import Draft, Layout, Segment
from tripoint.engines.screening.people import TYPES_OF, WIDTHS

Column = npt.NDArray[Any]
AT_ONCE = 50_000  # persons copied in one part
# What hangs on what: of each column of starts, the columns it leads to; those that are starts lead further.
LEADS_TO = {
    "names": ("script", "name_at", "name_flags", "sketch", "words"),
    "words": ("word_known", "word_groups", "bones", "spelling", "letters"),
    "letters": ("letter",),
    "births": ("birth",),
    "countries": ("country",),
    "papers": ("paper",),
}
OF_A_PERSON = ("reference", "names", "sex", "births", "countries", "papers")
TYPES = TYPES_OF | {"reference": "u1", "sketch": "u8"}
WIDTH = WIDTHS | {"reference": 16, "sketch": sketching.WIDTH}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some rows of one segment."""

    segment: Segment
    rows: Column  # int64, ascending


def parts_of(segments: Sequence[Segment], kept: Sequence[Column]) -> Iterator[Part]:
    """The kept rows (int64) of each segment in parts of bounded size."""
    for segment, rows in zip(segments, kept, strict=True):
        for begin in range(0, len(rows), AT_ONCE):
            yield Part(segment, rows[begin : begin + AT_ONCE])


def join(path: Path, segments: Sequence[Segment], kept: Sequence[Column], *, durable: bool = True) -> None:
    """Writes the kept rows (int64, ascending) of several segments as one segment file."""
    renumbered = new_numbers(segments, kept)
    filed = sum(
        int(np.count_nonzero(rows[segment.postings.row] >= 0))
        for segment, rows in zip(segments, renumbered, strict=True)
    )
    draft = Draft(path, joint_layout(segments, kept, filed))
    copy_persons(draft, segments, kept)
    copy_postings(draft, segments, renumbered)
    draft.finish(durable=durable)


def new_numbers(segments: Sequence[Segment], kept: Sequence[Column]) -> list[Column]:
    """Of each segment the new row of every old one, -1 where it is not kept."""
    found, at = [], 0
    for segment, rows in zip(segments, kept, strict=True):
        numbers = np.full(len(segment), -1, dtype=np.int32)
        numbers[rows] = np.arange(at, at + len(rows), dtype=np.int32)
        found.append(numbers)
        at += len(rows)
    return found


def joint_layout(segments: Sequence[Segment], kept: Sequence[Column], filed: int) -> Layout:
    """The layout of the joint segment, with so many postings."""
    counts: dict[str, int] = dict.fromkeys(TYPES, 0)
    for part in parts_of(segments, kept):
        for name, entries in taken(part).items():
            counts[name] += len(entries) - (name in LEADS_TO)
    layout: dict[str, tuple[str, tuple[int, ...]]] = {}
    for name in (*TYPES_OF, "reference", "sketch"):
        count = counts[name] + (name in LEADS_TO)
        layout[name] = (TYPES[name], (count, WIDTH[name]) if name in WIDTH else (count,))
    layout |= {"directory": ("u4", ((1 << directory_bits(filed)) + 1,))}
    return layout | {"tag": ("u4", (filed,)), "row": ("i4", (filed,))}


def taken(part: Part) -> dict[str, Column]:
    """The columns of some persons alone."""
    own = {"reference": part.segment.references, "sketch": part.segment.sketch}
    columns, found = part.segment.people.columns() | own, {}

    def follow(names: tuple[str, ...], chosen: Column) -> None:
        for name in names:
            if name not in LEADS_TO:
                found[name] = columns[name][chosen]
                continue
            found[name], entries = row_entries(columns[name], chosen)
            follow(LEADS_TO[name], entries)

    follow(OF_A_PERSON, part.rows)
    return found


def row_entries(starts: Column, rows: Column) -> tuple[Column, Column]:
    """The starts of some rows by themselves, and the places of their entries."""
    begins = starts[rows].astype(np.int64)
    counts = starts[rows + 1] - begins
    own = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
    return own, np.repeat(begins - own[:-1], counts) + np.arange(own[-1])


def copy_persons(draft: Draft, segments: Sequence[Segment], kept: Sequence[Column]) -> None:
    """Fills the columns of persons and their references, part by part."""
    filled = dict.fromkeys(TYPES, 0)
    for part in parts_of(segments, kept):
        bases = dict(filled)
        for name, entries in taken(part).items():
            at = filled[name]
            if name in LEADS_TO:
                base = bases[LEADS_TO[name][0]]
                draft.columns[name][at + 1 : at + len(entries)] = entries[1:] + base
                filled[name] += len(entries) - 1
            elif len(entries):
                draft.columns[name][at : at + len(entries)] = entries
                filled[name] += len(entries)


def copy_postings(draft: Draft, segments: Sequence[Segment], renumbered: Sequence[Column]) -> None:
    """Fills tags, rows and the directory."""
    directory, at = draft.columns["directory"], 0
    bits = directory_bits(len(draft.columns["tag"]))
    for stretch in merge_postings([segment.postings for segment in segments], renumbered, bits):
        count = len(stretch.tag)
        if count:
            draft.columns["tag"][at : at + count] = stretch.tag
            draft.columns["row"][at : at + count] = stretch.row
        sizes = np.bincount(stretch.place - stretch.first, minlength=stretch.last - stretch.first)
        directory[stretch.first + 1 : stretch.last + 1] = at + np.cumsum(sizes)
        at += count
