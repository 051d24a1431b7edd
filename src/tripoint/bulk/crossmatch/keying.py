"""What the records of a crossmatch are joined on: the keys of the screening engine, as columns."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from tripoint.bulk.crossmatch.staging import persons_in
from tripoint.engines.screening import Key, question_keys, record_keys
from tripoint.words.people import PersonDescription

KEYS = pa.schema([("record", pa.int32()), ("key", pa.int64()), ("weight", pa.int32())])
HUNDREDTHS = 100  # weights are whole numbers here: sums are then the same in whatever order an engine adds


def emit(people: pa.RecordBatch, *, asking: bool) -> pa.RecordBatch:
    """The keys of each record of a batch (`record`, `person`). `asking` adds what a question would look up."""
    records: list[int] = []
    values: list[int] = []
    weights: list[int] = []
    texts = people.column("person").to_pylist()
    for record, person in zip(people.column("record").to_pylist(), persons_in(texts), strict=True):
        for key in keys_of(person, asking=asking):
            records.append(record)
            values.append(key.value)
            weights.append(round(key.weight * HUNDREDTHS))
    columns = [
        pa.array(column, type=field.type) for column, field in zip((records, values, weights), KEYS, strict=True)
    ]
    return pa.record_batch(columns, schema=KEYS)


def keys_of(person: PersonDescription, *, asking: bool) -> Iterable[Key]:
    """A record's keys, each value once. Both lists may be rich records, so a question is also met as a record is."""
    filed = record_keys(person)
    if not asking:
        return filed
    return {key.value: key for key in (*question_keys(person), *filed)}.values()
