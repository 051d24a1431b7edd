"""The recipe on Spark: pair by pair what one machine gives. Needs Java 17 and the extra `spark`."""

from __future__ import annotations

import os
import shutil
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bulk.invented import people
from tripoint.bulk.crossmatch.recipe import Recipe
from tripoint.bulk.crossmatch.staging import stage
from tripoint.bulk.crossmatch.work import match_on_duckdb, match_on_spark

ABSENT = [name for name, there in (("java", shutil.which("java")), ("pyspark", find_spec("pyspark"))) if not there]
REQUIRED = os.environ.get("TRIPOINT_SPARK") == "required"  # then these tests fail where others would skip them
pytestmark = pytest.mark.skipif(bool(ABSENT) and not REQUIRED, reason=f"Spark needs {' and '.join(ABSENT)}")


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(least=0.5, shared_by=60, budget=120, keep=9),
        Recipe(least=0.6, shared_by=30, budget=60, keep=5, within=True),
    ],
    ids=["two lists", "within one"],
)
def test_spark_gives_the_pairs_of_one_machine(tmp_path: Path, recipe: Recipe) -> None:
    assert not ABSENT, "TRIPOINT_SPARK=required, and these are absent"
    left = stage(people(160, 11), tmp_path / "left", size=50)
    right = left if recipe.within else stage(people(110, 12), tmp_path / "right", size=50)
    here = list(match_on_duckdb(left, right, recipe, workers=1))
    with warnings.catch_warnings():  # Spark leaves sockets to the collector, and warns of libraries newer than itself
        warnings.simplefilter("ignore")
        there = list(match_on_spark(left, right, recipe, master="local[2]"))
    assert there == here
    assert len(here) > 30
