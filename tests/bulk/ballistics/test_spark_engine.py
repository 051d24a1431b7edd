"""A question on Spark gives what one machine gives. Needs Java 17 and the extra `spark`."""

from __future__ import annotations

import os
import shutil
import warnings
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.engines.ballistics.fadul import mark
from tripoint.bulk.crossmatch.work import spark_session
from tripoint.engines.ballistics.collection import Collection

ABSENT = [name for name, there in (("java", shutil.which("java")), ("pyspark", find_spec("pyspark"))) if not there]
REQUIRED = os.environ.get("TRIPOINT_SPARK") == "required"  # then these tests fail where others would skip them
pytestmark = pytest.mark.skipif(bool(ABSENT) and not REQUIRED, reason=f"Spark needs {' and '.join(ABSENT)}")


@pytest.mark.slow
def test_spark_ranks_as_one_machine_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not ABSENT, "TRIPOINT_SPARK=required, and these are absent"
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # it runs for seconds only
    from tripoint.bulk.ballistics.spark_engine import Executors

    names = ["1-1", "2-1", "10-1"]
    collection = Collection.create(tmp_path / "index")
    collection.append(names, map(mark, names))
    expected = collection.rank(mark("F"))
    with warnings.catch_warnings():  # Spark leaves sockets to the collector
        warnings.simplefilter("ignore")
        with spark_session("local[1]") as spark:
            assert collection.rank(mark("F"), by=partial(Executors, spark, tmp_path / "index")) == expected
    assert expected.candidates[0].id == "1-1"
