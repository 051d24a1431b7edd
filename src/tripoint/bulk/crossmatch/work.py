"""Match two lists from file to file: stage them, let an engine carry out the recipe, write the pairs."""

from __future__ import annotations

import csv
import multiprocessing
import os
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TextIO

from tripoint.bulk.crossmatch import duckdb_engine
from tripoint.bulk.crossmatch.recipe import Match, Recipe, Tell, silently
from tripoint.bulk.crossmatch.staging import Staged
from tripoint.words.spreadsheets import safe_cell

COLUMNS = ("left", "right", "score")
WORTH_PROCESSES = 3_000  # persons; fewer are done before another process has begun


class OwnHands(Executor):
    """Does each task when it is given, in this process."""

    def submit(self, task: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(task(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@contextmanager
def hands_for(persons: int, workers: int) -> Generator[Executor]:
    """As many processes as asked for, or this one where that is quicker."""
    if workers == 1 or persons < WORTH_PROCESSES:
        yield OwnHands()
        return
    # Begun afresh, not copied: threads of the libraries in use do not survive being copied.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def match_on_duckdb(
    left: Staged, right: Staged, recipe: Recipe, workers: int | None = None, tell: Tell = silently
) -> Iterator[Match]:
    """The pairs of two staged lists, best first, by all cores of this machine (or as many as asked for)."""
    if not left.count or not right.count:
        return
    hired = workers or len(os.sched_getaffinity(0))
    with hands_for(left.count + right.count, hired) as hands:
        yield from duckdb_engine.match(left, right, recipe, hands, hired, tell)


def match_on_spark(
    left: Staged, right: Staged, recipe: Recipe, master: str = "local[*]", tell: Tell = silently
) -> Iterator[Match]:
    """The same pairs by Apache Spark. `master` is where, as Spark writes it; tripoint must be installed there too."""
    from tripoint.bulk.crossmatch import spark_engine

    if left.count and right.count:
        with spark_session(master) as spark:
            yield from spark_engine.match(left, right, recipe, spark, tell)


@contextmanager
def spark_session(master: str, **settings: str) -> Generator[Any]:
    """A session of Spark, ended with the block; `settings` as Spark names them, with underscores for points."""
    from pyspark.sql import SparkSession  # an optional part of the installation

    if master.startswith("local"):  # its workers are this Python; those of a cluster have their own
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("tripoint crossmatch").master(master)
    for name, value in {"spark_ui_enabled": "false", "spark_ui_showConsoleProgress": "false", **settings}.items():
        builder = builder.config(name.replace("_", "."), value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def write_matches(matches: Iterable[Match], out: TextIO) -> int:
    """Write pairs as CSV; gives how many."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for count, match in enumerate(matches, 1):  # noqa: B007 - the last number is the count
        writer.writerow((safe_cell(match.left), safe_cell(match.right), f"{match.score:.6f}"))
    return count
