"""The recipe on one machine: DuckDB joins, all cores make keys and score; what does not fit in memory waits on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tripoint.bulk.crossmatch import plan_store
from tripoint.bulk.crossmatch.hands import KEYS_OF, SCORED, emit_part, pairs_in, score_tile, tiles
from tripoint.bulk.crossmatch.recipe import Match, Recipe, Tell
from tripoint.bulk.crossmatch.staging import Staged
from tripoint.bulk.scoring import Pairs

SLICE = 5  # parts of the left list joined at once
MOST_PAIRS = 200_000  # of one task
AHEAD = 4  # tasks a hand may have waiting


def match(left: Staged, right: Staged, recipe: Recipe, hands: Executor, workers: int, tell: Tell) -> Iterator[Match]:
    """The pairs the recipe tells, best first. Files of the work are made in the folders of the lists."""
    make_keys(left, right, hands, tell)
    scored = left.folder / "scored.parquet"
    with duckdb.connect(":memory:") as database:
        database.execute("set temp_directory = ?", [str(left.folder / "waiting")])
        database.execute("set threads = ?", [workers])
        database.execute("set memory_limit = '50%'")  # the rest is for the hands
        database.execute(plan_store.right_keys(keys_of(right, asking=False)))
        with pq.ParquetWriter(scored, SCORED) as out:
            for table in scores(database, left, right, recipe, hands, workers, tell):
                out.write_table(table)
        yield from told(database, scored, left, right)


def keys_of(staged: Staged, *, asking: bool) -> str:
    """The pattern of the files that hold a list's keys."""
    return str(staged.folder / f"{KEYS_OF[asking]}-*.parquet")


def make_keys(left: Staged, right: Staged, hands: Executor, tell: Tell) -> None:
    """The keys of both lists, a file a part."""
    tasks = [(staged.people(part), asking) for staged, asking in ((left, True), (right, False))
             for part in range(staged.parts)]  # fmt: skip
    for done, _ in enumerate(hands.map(emit_part, *zip(*tasks, strict=True)), 1):
        tell("Making keys", done, len(tasks))


def scores(
    database: duckdb.DuckDBPyConnection,
    left: Staged,
    right: Staged,
    recipe: Recipe,
    hands: Executor,
    workers: int,
    tell: Tell,
) -> Iterator[pa.Table]:
    """The scores of all candidates that reach the least, task by task."""
    waiting: deque[Future[pa.Table]] = deque()
    sizes = (left.size, right.size)
    for first in range(0, left.parts, SLICE):
        tell("Matching", first, left.parts)
        found = candidates(database, left, right, first, recipe)
        for pairs in (piece for batch in found for piece in tiles(batch, sizes)):
            one, other = (pairs[0] // sizes).tolist()
            files = (left.people(one), right.people(other))
            waiting.append(hands.submit(score_tile, *files, pairs, sizes, recipe.least))
            if len(waiting) > workers * AHEAD:
                yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
    tell("Matching", left.parts, left.parts)


def candidates(
    database: duckdb.DuckDBPyConnection, left: Staged, right: Staged, first: int, recipe: Recipe
) -> Iterator[Pairs]:
    """The candidates of a slice of the left list, tile after tile."""
    span = (first * left.size, (first + SLICE) * left.size)
    database.execute(plan_store.left_keys(keys_of(left, asking=True), *span))
    for name, step in plan_store.steps(recipe):
        kind = "table" if name in ("block", "candidate") else "view"
        if name != "block" or first == 0:  # how many share a key is the same for all slices
            database.execute(f"create or replace temp {kind} {name} as {step}")
    query = plan_store.SLICE_IN_TILES.format(left=left.size, right=right.size)
    reader = database.sql(query).to_arrow_reader(MOST_PAIRS)
    yield from map(pairs_in, reader)


def told(database: duckdb.DuckDBPyConnection, scored: Path, left: Staged, right: Staged) -> Iterator[Match]:
    """The scored pairs with the ids of their entries, best first."""
    lists = [plan_store.people(str(staged.folder / "people-*.parquet")) for staged in (left, right)]
    query = plan_store.best_first(plan_store.people(str(scored)), *lists)
    for batch in database.sql(query).to_arrow_reader(65_536):
        yield from map(Match, *(column.to_pylist() for column in batch.columns))
