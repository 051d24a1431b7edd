"""A list staged for bulk work: parts of so many persons each in files of columns, which every engine reads alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tripoint.bulk.lists import Listed
from tripoint.records.codec import description_from_json, description_to_json
from tripoint.words.people import PersonDescription

PART = 20_000  # persons
PEOPLE = pa.schema([("record", pa.int32()), ("id", pa.string()), ("person", pa.string())])


@dataclass(frozen=True, slots=True)
class Staged:
    """A staged list: `people-*.parquet` in its folder, `count` persons numbered from 0 in the order of the list.

    `size` is how many persons a part holds; the last may hold fewer.
    """

    folder: Path
    count: int
    size: int = PART

    @property
    def parts(self) -> int:
        """How many parts it has."""
        return -(-self.count // self.size)

    def people(self, part: int) -> Path:
        """The file of one part."""
        return self.folder / f"people-{part:05d}.parquet"


def stage(people: Iterable[Listed], folder: Path, size: int = PART) -> Staged:
    """Write a list into a new folder, holding one part of `size` persons at a time."""
    folder.mkdir(parents=True)
    entries, staged = iter(people), Staged(folder, 0, size)
    while part := list(islice(entries, size)):
        pq.write_table(pa.Table.from_batches([batch_of(part, staged.count)]), staged.people(staged.parts))
        staged = replace(staged, count=staged.count + len(part))
    return staged


def batch_of(part: list[Listed], first: int) -> pa.RecordBatch:
    """Entries as columns, numbered from `first`."""
    texts = [json.dumps(description_to_json(each.person), ensure_ascii=False) for each in part]
    columns = [range(first, first + len(part)), [each.id for each in part], texts]
    return pa.record_batch(
        [pa.array(values, type=field.type) for values, field in zip(columns, PEOPLE, strict=True)], schema=PEOPLE
    )


def persons_in(texts: Iterable[str]) -> Iterator[PersonDescription]:
    """The persons of a `person` column."""
    return (description_from_json(json.loads(text)) for text in texts)
