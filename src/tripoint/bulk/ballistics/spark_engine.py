"""A question to a collection on Apache Spark: the same search in the same parts, over a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyspark.sql import SparkSession

from tripoint.engines.ballistics.collection import Collection
from tripoint.engines.ballistics.collection.ranking import Question, Work

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Executors:
    """Does the parts of a question on Spark's executors. The collection's folder must be in reach of each."""

    spark: SparkSession
    folder: Path
    question: Question

    def __call__(self, work: Work, todo: Sequence[Rows]) -> list[Any]:
        """Every part done, in the order of the parts."""
        if not todo:
            return []
        context = self.spark.sparkContext
        asked = context.broadcast(self.question)
        folder = self.folder
        numbered = context.parallelize(list(enumerate(todo)), len(todo))
        done = dict(numbered.map(lambda part: (part[0], work(opened(folder), asked.value, part[1]))).collect())
        asked.unpersist()
        return [done[at] for at in range(len(todo))]


@lru_cache(4)
def opened(folder: Path) -> Collection:
    """The collection, opened once by each Python worker."""
    return Collection(folder)
