"""Back up a hub's database under writing, lose it, bring it back to a moment; says how long each took.

`python -m tests.faults.restore --megabytes 1000`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.faults.kill import open_folder
from tripoint.base import backup
from tripoint.base.archive import Archive
from tripoint.base.embedded_postgres import embedded_postgres
from tripoint.base.migrate import migrate

FILL = "insert into bulk select n, md5(random()::text) || repeat(md5(n::text), 30) from generate_series(1, %s) n"
ROW = 1024  # bytes of a row, about


@dataclass
class Measured:
    """Seconds, and whether the moment was met exactly."""

    bytes: int
    backup: float
    verify: float
    restore: float
    exact: bool
    to_the_end: bool

    def __str__(self) -> str:
        return (
            f"{self.bytes / 1e6:.0f} MB: backup {self.backup:.1f} s, verify {self.verify:.1f} s,"
            f" restore {self.restore:.1f} s;"
            f" {'exact' if self.exact else 'NOT EXACT'} at the moment,"
            f" {'all' if self.to_the_end else 'NOT ALL'} there when restored as far as the log goes"
        )


def now() -> datetime:
    return datetime.now(UTC)


def connected(folder: Path, address: str) -> psycopg.Connection:
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def write(folder: Path, first: int, last: int, *, rows: int = 0) -> datetime:
    """Write the marks from first to last, one transaction each, and filling; the moment after the last."""
    with embedded_postgres(folder) as servers, connected(folder, servers.admin) as connection:
        connection.execute("create table if not exists restore_mark (n integer primary key)")
        connection.execute("create table if not exists bulk (n bigint, filling text)")
        if rows:
            connection.execute(FILL, [rows])
        for n in range(first, last + 1):
            connection.execute("insert into restore_mark (n) values (%s)", [n])
        time.sleep(0.05)
        found = connection.execute("select clock_timestamp()").fetchone()
    assert found
    moment: datetime = found[0]
    return moment


def marks(folder: Path) -> list[int]:
    """The marks that are there."""
    with embedded_postgres(folder) as servers, connected(folder, servers.admin) as connection:
        return [row[0] for row in connection.execute("select n from restore_mark order by n")]


def opened(folder: Path, *, migrated: bool) -> Archive:
    """A data folder whose server archives into a folder beside it."""
    archive = backup.turn(folder, folder / "backup")
    assert archive
    if migrated:
        with embedded_postgres(folder) as servers:
            migrate(servers.admin)
    return archive


def run(megabytes: int, *, migrated: bool = True) -> Measured:
    """Write, copy, write, note the moment, write more; restore to the end, then to the moment."""
    with open_folder() as folder:
        archive = opened(folder, migrated=migrated)
        with embedded_postgres(folder):  # runs on meanwhile
            write(folder, 1, 10, rows=megabytes * 1_000_000 // ROW)
            began = time.monotonic()
            copy = backup.make(folder, archive, keep=timedelta(days=1), clock=now)
            backed_up = time.monotonic()
            moment = write(folder, 11, 20)
            write(folder, 21, 30)
        checking = time.monotonic()
        wrong = backup.verify(archive)
        assert not wrong, wrong
        checked = time.monotonic()
        shutil.rmtree(folder / "postgres" / "data")  # the disk is gone
        backup.restore(folder, archive, moment=None, clock=now)
        everything = marks(folder)
        restoring = time.monotonic()
        backup.restore(folder, archive, moment=moment, clock=now)
        restored = time.monotonic()
        found = marks(folder)
        return Measured(
            copy.bytes, backed_up - began, checked - checking, restored - restoring, found == list(range(1, 21)),
            everything == list(range(1, 31)),
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--megabytes", type=int, default=1000)
    measured = run(parser.parse_args().megabytes)
    print(measured)
    sys.exit(0 if measured.exact and measured.to_the_end else 1)


if __name__ == "__main__":
    main()
