"""An embedded server that is killed whole comes back by itself, with all that was committed."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from sqlalchemy import make_url

from tests.faults.forked_hub import kill_database, processes_of_database
from tripoint.base import watched_postgres as watched
from tripoint.base.watched_postgres import watched_postgres

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found through /proc")


@pytest.fixture
def folder() -> Generator[Path]:
    with tempfile.TemporaryDirectory(prefix="tripoint-watched-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


def connected(address: str) -> psycopg.Connection:
    return psycopg.connect(make_url(address).set(drivername="postgresql").render_as_string(hide_password=False))


def told(address: str, statement: LiteralString) -> None:
    with connected(address) as connection:
        connection.execute(statement)


def asked(address: str, query: LiteralString) -> object:
    with connected(address) as connection:
        return connection.execute(query).fetchone()


def until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not true():
        assert time.monotonic() < ends, "it did not come back"
        time.sleep(0.05)


def answers(address: str) -> bool:
    try:
        return asked(address, "select 1") == (1,)
    except psycopg.OperationalError:
        return False


def test_a_server_that_is_killed_whole_comes_back_at_the_same_address(folder: Path) -> None:
    with watched_postgres(folder) as servers:
        told(servers.admin, "create table kept as select 7 as value")
        first = processes_of_database(folder)[0]
        kill_database(folder)
        until(lambda: answers(servers.admin))
        assert asked(servers.admin, "select value from kept") == (7,)
        assert processes_of_database(folder)[0] != first
        os.kill(processes_of_database(folder)[0], signal.SIGKILL)  # its children end by themselves
        until(lambda: answers(servers.admin))
    assert not answers(servers.admin), "nobody uses it: it must not come back"


def test_a_start_that_fails_is_tried_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "LONGEST_PAUSE", 0.5)
    with watched_postgres(folder, durable=False) as servers:
        conf = folder / "postgres" / "conf" / "own.conf"
        conf.write_text("no_such_setting = 1\n")
        conf.chmod(0o644)
        kill_database(folder)
        time.sleep(2)
        assert not answers(servers.admin)
        conf.unlink()
        until(lambda: answers(servers.admin))
