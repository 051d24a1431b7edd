"""The recipe on Spark: pair by pair what one machine gives. Needs Java 17 and the extra `spark`."""

from __future__ import annotations

import os
import shutil
import warnings
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bulk.invented import people
from tripoint.bulk.crossmatch.recipe import Recipe, silently
from tripoint.bulk.crossmatch.staging import stage
from tripoint.bulk.crossmatch.work import match_on_duckdb, spark_session

ABSENT = [name for name, there in (("java", shutil.which("java")), ("pyspark", find_spec("pyspark"))) if not there]
REQUIRED = os.environ.get("TRIPOINT_SPARK") == "required"  # then these tests fail where others would skip them
pytestmark = pytest.mark.skipif(bool(ABSENT) and not REQUIRED, reason=f"Spark needs {' and '.join(ABSENT)}")


@pytest.mark.slow
def test_spark_gives_the_pairs_of_one_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not ABSENT, "TRIPOINT_SPARK=required, and these are absent"
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # it runs for seconds only
    from tripoint.bulk.crossmatch import spark_engine

    left, right = stage(people(160, 11), tmp_path / "left", size=50), stage(people(90, 12), tmp_path / "right", size=50)
    two, within = Recipe(least=0.3, shared_by=60, budget=120, keep=9), Recipe(0.3, 30, 60, 5, within=True)
    here = [list(match_on_duckdb(left, other, how, workers=1)) for other, how in ((right, two), (left, within))]
    with warnings.catch_warnings():  # Spark leaves sockets to the collector
        warnings.simplefilter("ignore")
        with spark_session("local[2]", spark_sql_shuffle_partitions="2", spark_sql_codegen_wholeStage="false") as spark:
            for other, how, expected in ((right, two, here[0]), (left, within, here[1])):
                assert list(spark_engine.match(left, other, how, spark, silently)) == expected
    assert min(map(len, here)) > 30
