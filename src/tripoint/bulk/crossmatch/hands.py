"""What each core does of a crossmatch by itself: make the keys of a part, score the pairs of two parts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tripoint.bulk.crossmatch.keying import emit
from tripoint.bulk.crossmatch.staging import persons_in
from tripoint.bulk.scoring import Pairs, Scores, score_batch
from tripoint.words.people import PersonDescription

KEYS_OF = {True: "asked", False: "filed"}  # by whether the record asks
SCORED = pa.schema([("left_record", pa.int32()), ("right_record", pa.int32()), ("score", pa.float32())])
PARTS_KEPT = 8  # in memory by each process


def emit_part(people: Path, asking: bool) -> Path:
    """Write the keys of one part beside it; gives the file."""
    out = people.with_name(people.name.replace("people", KEYS_OF[asking]))
    batch = pq.read_table(people, columns=["record", "person"]).combine_chunks().to_batches()[0]
    pq.write_table(pa.Table.from_batches([emit(batch, asking=asking)]), out, compression="none")
    return out


def score_tile(left: Path, right: Path, pairs: Pairs, sizes: tuple[int, int], least: float) -> pa.Table:
    """Score pairs of records whose persons stand in two parts; only those from the least score on come back.

    `sizes` are how many persons the parts of either list hold.
    """
    scores = score_batch(persons_of(left), persons_of(right), pairs % np.array(sizes, dtype=np.int32))
    return kept(pairs, scores, least)


def kept(pairs: Pairs, scores: Scores, least: float) -> pa.Table:
    """The pairs from the least score on, with their scores."""
    good = scores >= np.float32(least)
    columns = (pairs[good, 0], pairs[good, 1], scores[good])
    return pa.table([pa.array(column, type=field.type) for column, field in zip(columns, SCORED, strict=True)], SCORED)


@lru_cache(PARTS_KEPT)
def persons_of(people: Path) -> tuple[PersonDescription, ...]:
    """The persons of one part."""
    return tuple(persons_in(pq.read_table(people, columns=["person"]).column(0).to_pylist()))
