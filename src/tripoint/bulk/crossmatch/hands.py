"""What each core does of a crossmatch by itself: make the keys of a part, score the pairs of two parts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tripoint.bulk.crossmatch.keying import emit
from tripoint.bulk.crossmatch.staging import persons_in
from tripoint.bulk.scoring import Pairs, Scores, score_batch
from tripoint.engines.screening.people import People, encode, from_columns

KEYS_OF = {True: "asked", False: "filed"}  # by whether the records ask
SCORED = pa.schema([("left_record", pa.int32()), ("right_record", pa.int32()), ("score", pa.float32())])
PARTS_KEPT = 8  # in memory by each process


def emit_part(people: Path, asking: bool) -> Path:
    """Write the keys of one part beside it, and its persons encoded; gives the file of keys."""
    staged = pq.read_table(people, columns=["record", "person"])
    records, persons = staged.column("record").to_pylist(), staged.column("person").to_pylist()
    encoded = encode(persons_in(persons))
    with written(encoded_file(people)) as out:
        np.savez(out, allow_pickle=False, **encoded.columns())
    keys = people.with_name(people.name.replace("people", KEYS_OF[asking]))
    with written(keys) as out:
        pq.write_table(emit(encoded, records[0], asking=asking), out, compression="none")
    return keys


class written:  # noqa: N801 - read as a verb
    """A file that has its name only once it is whole: a task may be done twice, or be broken off."""

    def __init__(self, path: Path) -> None:
        self.path, self.draft = path, path.with_name(f"{path.name}.{os.getpid()}.draft")

    def __enter__(self) -> BinaryIO:
        self.stream = self.draft.open("wb")
        return self.stream

    def __exit__(self, kind: Any, *_: object) -> None:
        self.stream.close()
        if kind is None:
            self.draft.replace(self.path)


def encoded_file(people: Path) -> Path:
    """Where the encoded persons of a part stand."""
    return people.with_name(people.name.replace("people", "encoded")).with_suffix(".npz")


@lru_cache(PARTS_KEPT)
def persons_of(people: Path) -> People:
    """The encoded persons of one part."""
    with np.load(encoded_file(people)) as stored:
        columns = {name: stored[name] for name in stored.files}
    for column in columns.values():
        column.flags.writeable = False
    return from_columns(columns)


def score_tile(left: Path, right: Path, pairs: Pairs, sizes: tuple[int, int], least: float) -> pa.Table:
    """Score pairs of records whose persons stand in two parts; only those from the least score on come back.

    `sizes` are how many persons the parts of either list hold.
    """
    places = np.ascontiguousarray(pairs % np.array(sizes, dtype=np.int32))
    return kept(pairs, score_batch(persons_of(left), persons_of(right), places), least)


def tiles(pairs: Pairs, sizes: tuple[int, int]) -> Iterator[Pairs]:
    """Sorted pairs cut so that each piece has its left records in one part and its right ones in one."""
    tile = pairs // np.array(sizes, dtype=np.int32)
    edges = np.flatnonzero((tile[1:] != tile[:-1]).any(axis=1)) + 1
    return (piece for piece in np.split(pairs, edges) if len(piece))


def pairs_in(batch: pa.RecordBatch) -> Pairs:
    """The columns left_record and right_record as pairs."""
    sides: list[npt.NDArray[Any]] = [batch.column(side).to_numpy() for side in ("left_record", "right_record")]
    return np.column_stack(sides).astype(np.int32)


def kept(pairs: Pairs, scores: Scores, least: float) -> pa.Table:
    """The pairs from the least score on, with their scores."""
    good = scores >= np.float32(least)
    columns = (pairs[good, 0], pairs[good, 1], scores[good])
    return pa.table([pa.array(column, type=field.type) for column, field in zip(columns, SCORED, strict=True)], SCORED)
