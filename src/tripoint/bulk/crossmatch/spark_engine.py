"""The recipe on Apache Spark: the same joins over a cluster; keys and scores are made by its Python workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, functions

from tripoint.bulk.crossmatch import plan_store
from tripoint.bulk.crossmatch.hands import KEYS_OF, emit_part, pairs_in, score_tile, tiles
from tripoint.bulk.crossmatch.recipe import Match, Recipe, Tell
from tripoint.bulk.crossmatch.staging import Staged

SCORED = "left_record int, right_record int, score float"
BATCH = 50_000  # pairs sent to a Python worker at once


def match(left: Staged, right: Staged, recipe: Recipe, spark: SparkSession, tell: Tell) -> Iterator[Match]:
    """The pairs the recipe tells, best first. The folders of both lists must be in reach of every executor."""
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(BATCH))
    for done, (name, staged, asking) in enumerate((("left", left, True), ("right", right, False))):
        tell("Making keys on Spark", done, 2)
        make_keys(spark, staged, asking=asking)
        for view, files in (("people", "people"), ("keys", KEYS_OF[asking])):
            table = spark.read.parquet(str(staged.folder / f"{files}-*.parquet"))
            table.createOrReplaceTempView(f"{name}_{view}")
    for name, step in plan_store.steps(recipe):
        spark.sql(step).createOrReplaceTempView(name)
    tell("Matching on Spark", 0, 1)
    scored(spark, left, right, recipe).createOrReplaceTempView("scored")
    best = spark.sql(plan_store.best_first("scored", "left_people", "right_people"))
    for row in best.toLocalIterator():
        yield Match(*row)
    tell("Matching on Spark", 1, 1)


def make_keys(spark: SparkSession, staged: Staged, *, asking: bool) -> None:
    """The keys of a list, a task a part."""
    files = [staged.people(part) for part in range(staged.parts)]
    spark.sparkContext.parallelize(files, len(files)).map(lambda file: str(emit_part(file, asking))).collect()


def scored(spark: SparkSession, left: Staged, right: Staged, recipe: Recipe) -> DataFrame:
    """The candidates from the least score on. Together by tile, so that a worker reads each part seldom."""
    record = ("left_record", "right_record")
    tile = [functions.floor(functions.col(name) / each.size).alias(f"{name}_part")
            for name, each in zip(record, (left, right), strict=True)]  # fmt: skip
    pairs = spark.table("candidate").select(*record, *tile)
    order = [f"{name}_part" for name in record]
    together = pairs.repartition(*order).sortWithinPartitions(*order, *record).select(*record)
    return together.mapInArrow(Scoring(left, right, recipe.least), SCORED)


@dataclass(frozen=True)
class Scoring:
    """What a worker does with its batches of pairs."""

    left: Staged
    right: Staged
    least: float

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The scores of each batch."""
        sizes = (self.left.size, self.right.size)
        for batch in batches:
            for pairs in tiles(pairs_in(batch), sizes):
                one, other = (int(record) // size for record, size in zip(pairs[0], sizes, strict=True))
                files = self.left.people(one), self.right.people(other)
                yield from score_tile(*files, pairs, sizes, self.least).to_batches()
