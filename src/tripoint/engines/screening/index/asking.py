"""The keys of a question, and those by which the writer finds a record again."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.screening.index import filing
from tripoint.engines.screening.index.kinds import REF, WEIGHTS
from tripoint.engines.screening.people import People

Column = npt.NDArray[Any]


def ask(people: People) -> tuple[Column, Column]:
    """The keys of a question (the first person of `people`) and their weights, each key once, in order of value."""
    keys, weights = np.empty(filing.MOST_ASKED, dtype=np.uint64), np.empty(filing.MOST_ASKED, dtype=np.int32)
    with np.errstate(over="ignore"):
        count = filing.keys_of(filing.filed(people), 0, True, WEIGHTS, keys, weights)
    found, first = np.unique(keys[:count], return_index=True)
    return found, weights[first]


def reference_key(reference: bytes) -> int:
    """The key of a record's reference of 16 bytes."""
    halves = np.frombuffer(reference, dtype="<u8")
    with np.errstate(over="ignore"):
        return int(filing.key_of(REF, halves[0], halves[1]))


def reference_keys(references: Column) -> Column:
    """The keys of references, uint8 [n, 16]."""
    with np.errstate(over="ignore"):
        halves = np.ascontiguousarray(references).view("<u8").reshape(-1, 2)
        mixing = getattr(filing.mixed, "py_func", filing.mixed)
        first = mixing(halves[:, 0] + filing.SPREAD * np.uint64(REF + 1))
        return np.asarray(mixing(first + halves[:, 1]) >> np.uint64(64 - filing.KEY_BITS))
