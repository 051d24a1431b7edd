"""The recipe on Apache Spark: the same steps over a cluster, keys and scores made by its Python workers in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from tripoint.bulk.crossmatch import plan_store
from tripoint.bulk.crossmatch.hands import kept
from tripoint.bulk.crossmatch.keying import emit
from tripoint.bulk.crossmatch.recipe import Match, Recipe, Tell
from tripoint.bulk.crossmatch.staging import Staged, persons_in
from tripoint.bulk.scoring import score_batch

KEYS, SCORED = "record int, key bigint, weight int", "left_record int, right_record int, score float"
BATCH = 10_000  # rows sent to a Python worker at once


def match(left: Staged, right: Staged, recipe: Recipe, spark: SparkSession, tell: Tell) -> Iterator[Match]:
    """The pairs the recipe tells, best first. The folders of both lists must be in reach of every executor."""
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH))
    for name, staged, asking in (("left", left, True), ("right", right, False)):
        people = spark.read.parquet(str(staged.folder / "people-*.parquet"))
        people.createOrReplaceTempView(f"{name}_people")
        keys = people.mapInArrow(partial(emit_all, asking), KEYS)
        keys.persist().createOrReplaceTempView(f"{name}_keys")  # several steps read them; they cost more than to keep
    for name, step in plan_store.steps(recipe):
        spark.sql(step).createOrReplaceTempView(name)
    tell("Matching on Spark", 0, 1)
    scored(spark, recipe).createOrReplaceTempView("scored")
    best = spark.sql(plan_store.best_first("scored", "left_people", "right_people"))
    for row in best.toLocalIterator(prefetchPartitions=True):
        yield Match(*row)
    tell("Matching on Spark", 1, 1)
    spark.catalog.clearCache()


def scored(spark: SparkSession, recipe: Recipe) -> DataFrame:
    """The candidates from the least score on. Sorted, so that a worker reads each left person once."""
    beside = spark.sql(plan_store.WITH_RECORDS).repartition("left_record").sortWithinPartitions("left_record")
    return beside.mapInArrow(partial(score_all, recipe.least), SCORED)


def emit_all(asking: bool, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The keys of each batch of records."""
    return (emit(batch, asking=asking) for batch in batches)


def score_all(least: float, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The scores of each batch of pairs, whose persons stand beside the records' numbers."""
    for batch in batches:
        pairs = np.column_stack([batch.column(side).to_numpy() for side in ("left_record", "right_record")])
        left, right = (batch.column(side).dictionary_encode() for side in ("left_person", "right_person"))
        places = np.column_stack([side.indices.to_numpy() for side in (left, right)]).astype(np.int32)
        asked, held = (tuple(persons_in(side.dictionary.to_pylist())) for side in (left, right))
        yield from kept(pairs, score_batch(asked, held, places), least).to_batches()
