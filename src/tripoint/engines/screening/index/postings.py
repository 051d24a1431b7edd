"""Postings: which rows are filed under a key, sorted, with a directory that leads to any key in one step.

A posting is the low 32 bits of its key (the tag) and a row. The directory has a place for each value of the top bits
of a key: 12 at least, which with the tag make the whole key. Rows of one key stand in ascending order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled
from tripoint.engines.screening.index import filing
from tripoint.engines.screening.index.asking import reference_keys
from tripoint.engines.screening.index.kinds import WEIGHTS
from tripoint.engines.screening.people import People

Column = npt.NDArray[Any]
ROW_BITS = 20  # of a key with its row in one number
MOST_ROWS = 1 << ROW_BITS  # of one batch
COARSE_BITS, MOST_BITS, TAG_BITS = 12, 28, 32
A_PLACE = 4  # postings to a place of the directory
AT_ONCE = 2_000_000  # postings merged in one stretch


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """`tag` and `row` of each posting; place p of `directory` (2**bits + 1 entries) begins at `directory[p]`."""

    directory: Column  # uint32
    tag: Column  # uint32
    row: Column  # int32

    @property
    def bits(self) -> int:
        """The top bits of a key that the directory covers."""
        return (len(self.directory) - 1).bit_length() - 1


def file_people(people: People, references: Column) -> Postings:
    """The postings of a batch of at most 2**20 persons with their references, uint8 [n, 16]."""
    packed = np.concatenate((packed_keys(people), packed_references(references)))
    packed.sort()
    packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))] if len(packed) else packed
    tag = (packed >> np.uint64(ROW_BITS)).astype(np.uint32)
    row = (packed & np.uint64(MOST_ROWS - 1)).astype(np.int32)
    bits = directory_bits(len(packed))
    places = (packed >> np.uint64(ROW_BITS + filing.KEY_BITS - bits)).astype(np.int64)
    return Postings(directory_of(places, bits), tag, row)


def packed_keys(people: People) -> Column:
    """Every key of every person with the row, in one number each."""
    keys, weights = np.empty(filing.MOST_KEYS, dtype=np.uint64), np.empty(filing.MOST_KEYS, dtype=np.int32)
    out = np.empty(64 * len(people) + filing.MOST_KEYS, dtype=np.uint64)
    source, begin, parts = filing.filed(people), 0, []
    while begin < len(people):
        with np.errstate(over="ignore"):  # meant, where it runs uncompiled
            begin, count = filing.pack_rows(source, begin, WEIGHTS, out, keys, weights, np.uint64(ROW_BITS))
        parts.append(out[:count].copy())
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.uint64)


def packed_references(references: Column) -> Column:
    """The keys of references with their rows."""
    rows = np.arange(len(references), dtype=np.uint64)
    return (reference_keys(references) << np.uint64(ROW_BITS)) | rows


def directory_bits(count: int) -> int:
    """The bits of a directory for so many postings."""
    return min(MOST_BITS, max(COARSE_BITS, (count // A_PLACE).bit_length()))


def directory_of(places: Column, bits: int) -> Column:
    """Where each place begins, from the ascending places of all postings."""
    return np.searchsorted(places, np.arange((1 << bits) + 1)).astype(np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Merged postings whose keys fill the places of a directory from `first` to `last`; `place` is that of each."""

    first: int
    last: int
    place: Column
    tag: Column
    row: Column


def merge_postings(sources: Sequence[Postings], renumbered: Sequence[Column], bits: int) -> Iterator[Stretch]:
    """The postings of several, their rows renumbered (-1 drops one), stretch by stretch for a directory of `bits`.

    The sources' new numbers must ascend from each to the next. A stretch is as long as memory and 64 bits allow.
    """
    rows = 1 + max((int(numbers.max(initial=-1)) for numbers in renumbered), default=0)
    row_bits = max(1, rows.bit_length())
    longest = 1 << min(COARSE_BITS, max(0, 64 - TAG_BITS - row_bits))
    steps = max((1 << COARSE_BITS) // longest, -(-sum(len(source.row) for source in sources) // AT_ONCE))
    stretch = max(1, (1 << COARSE_BITS) // steps)
    for begin in range(0, 1 << COARSE_BITS, stretch):
        end = min(begin + stretch, 1 << COARSE_BITS)
        parts = [pack(source, begin, end, own, row_bits) for source, own in zip(sources, renumbered, strict=True)]
        packed = np.concatenate(parts)
        packed.sort()
        yield unpack(packed, begin, end, row_bits, bits)


def pack(source: Postings, begin: int, end: int, renumbered: Column, row_bits: int) -> Column:
    """The postings of some coarse places as place, tag and new row in one number, those dropped left out."""
    starts = source.directory[(np.arange(begin, end + 1) << (source.bits - COARSE_BITS))].astype(np.int64)
    rows = renumbered[source.row[starts[0] : starts[-1]]]
    kept = rows >= 0
    places = np.repeat(np.arange(end - begin, dtype=np.uint64), np.diff(starts))[kept]
    tags = source.tag[starts[0] : starts[-1]][kept].astype(np.uint64)
    return np.asarray((((places << np.uint64(TAG_BITS)) | tags) << np.uint64(row_bits)) | rows[kept].astype(np.uint64))


def unpack(packed: Column, begin: int, end: int, row_bits: int, bits: int) -> Stretch:
    """Sorted postings as `pack` made them, with their places in a directory of `bits`."""
    finer = bits - COARSE_BITS
    keys = packed >> np.uint64(row_bits)
    places = (keys >> np.uint64(TAG_BITS - finer)).astype(np.int64) + (begin << finer)
    rows = packed & np.uint64((1 << row_bits) - 1)
    return Stretch(begin << finer, end << finer, places, keys.astype(np.uint32), rows.astype(np.int32))


@compiled
def locate(keys: Column, directory: Column, tag: Column, low: Column, high: Column) -> None:
    """Where the postings of each key begin and end, into `low` and `high` (int64)."""
    places = len(directory) - 1
    bits = 0
    while (1 << bits) < places:
        bits += 1
    for at in range(len(keys)):
        place = np.int64(keys[at] >> np.uint64(44 - bits))
        wanted = np.uint32(keys[at] & np.uint64(0xFFFFFFFF))
        begin, end = np.int64(directory[place]), np.int64(directory[place + 1])
        low[at] = first_from(tag, begin, end, wanted, False)
        high[at] = first_from(tag, low[at], end, wanted, True)


@compiled
def first_from(tag: Column, begin: Any, end: Any, wanted: Any, above: bool) -> Any:
    """The first place from `begin` to `end` whose tag is not below the one wanted, or is above it."""
    while begin < end:
        middle = (begin + end) >> 1
        if tag[middle] < wanted or (above and tag[middle] == wanted):
            begin = middle + 1
        else:
            end = middle
    return begin


def rows_of(postings: Postings, key: int) -> Column:
    """The rows filed under one key."""
    low, high = np.empty(1, dtype=np.int64), np.empty(1, dtype=np.int64)
    locate(np.array([key], dtype=np.uint64), postings.directory, postings.tag, low, high)
    return postings.row[low[0] : high[0]]
