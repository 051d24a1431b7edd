"""What the records of a crossmatch are joined on: the keys of the screening engine's index, as columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tripoint.engines.screening.index.filing import MOST_KEYS, filed, keys_of
from tripoint.engines.screening.index.kinds import WEIGHTS
from tripoint.engines.screening.people import People

# Weights are whole numbers: their sums are the same in whatever order an engine adds them.
KEYS = pa.schema([("record", pa.int32()), ("key", pa.int64()), ("weight", pa.int32())])

Column = npt.NDArray[Any]


def emit(people: People, first: int, *, asking: bool) -> pa.Table:
    """The keys of all persons, the first of them record number `first`; each key of a record once, at its weightiest.

    `asking` adds what a question looks up beyond what a record is filed under. Both lists may be rich records, so the
    left ones are looked up under all of their keys, however many.
    """
    source = filed(people)
    keys, weights = np.empty(MOST_KEYS, dtype=np.uint64), np.empty(MOST_KEYS, dtype=np.int32)
    found, worth, counts = [keys[:0]], [weights[:0]], np.zeros(len(people), dtype=np.int64)
    for row in range(len(people)):
        counts[row] = count = keys_of(source, row, asking, WEIGHTS, keys, weights)
        found.append(keys[:count].copy())
        worth.append(weights[:count].copy())
    records = np.repeat(np.arange(first, first + len(people), dtype=np.int32), counts)
    return once(records, np.concatenate(found).astype(np.int64), np.concatenate(worth))


def once(records: Column, keys: Column, weights: Column) -> pa.Table:
    """The keys without those that a record has again with no more weight."""
    order = np.lexsort((-weights.astype(np.int64), keys, records))
    records, keys, weights = records[order], keys[order], weights[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (records[1:] != records[:-1])
    columns = zip((records, keys, weights), KEYS, strict=True)
    return pa.table([pa.array(column[new], type=field.type) for column, field in columns], schema=KEYS)
