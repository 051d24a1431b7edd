"""A server of one's own, copied and brought back by Debian's pgBackRest, as docs/recovery.md tells it.

`python -m tests.faults.pgbackrest --megabytes 300`. `tripoint backup` and `tripoint restore` give the orders. It wants
Debian's PostgreSQL 15 and `pgbackrest`; for root `nobody` does the work, as PostgreSQL refuses root. The configuration
comes from the page itself. It finds the loss, too: with
`--without-archive` the log is not handed on, and what was written after the copy is gone.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from typer.testing import CliRunner

from tripoint.base.migrate import migrate
from tripoint.doors.cli import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "recovery.md"
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
AS = ("runuser", "-u", "nobody", "--") if os.geteuid() == 0 else ()
FILL = "insert into bulk select n, md5(random()::text) || repeat(md5(n::text), 30) from generate_series(1, %s) n"
ROW = 1024  # bytes of a row, about


@dataclass(frozen=True)
class Own:
    """A PostgreSQL 15 in a folder of its own, and pgBackRest's files beside it."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "main"

    @property
    def address(self) -> str:
        return f"postgresql://tripoint@/postgres?host={self.folder}"

    def run(self, program: str | Path, *words: str) -> str:
        """Run a program as the server's user; what it said. Raises with its words where it failed."""
        done = subprocess.run([*AS, str(program), *words], cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def backrest(self, *words: str) -> str:
        """pgBackRest with the page's configuration."""
        return self.run("/usr/bin/pgbackrest", f"--config={self.folder}/pgbackrest.conf", "--stanza=tripoint", *words)

    def tripoint(self, *words: str) -> str:
        """One of the hub's commands; what it said. Raises with its words where it failed."""
        if AS and not (wrapper := self.folder / "bin" / "pgbackrest").exists():
            wrapper.parent.mkdir()
            wrapper.write_text(f'#!/bin/sh\ncd /\nexec {" ".join(AS)} /usr/bin/pgbackrest "$@"\n')
            wrapper.chmod(0o755)
        chosen = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "TRIPOINT_DATA": f"{self.folder}/hub",
            "TRIPOINT_DATABASE": self.address, "TRIPOINT_BACKUP_TOOL": "pgbackrest",
            "TRIPOINT_PGBACKREST_CONFIG": f"{self.folder}/pgbackrest.conf",
        }  # fmt: skip
        done = CliRunner().invoke(app, list(words), env=chosen)
        if done.exit_code:
            raise RuntimeError(f"tripoint {' '.join(words)}: {done.output}")
        return done.output

    def start(self) -> None:
        """Start the server, and wait until it takes writing."""
        self.run(PROGRAMS / "pg_ctl", "-D", str(self.data), "-w", "-t", "300", "-l", str(self.folder / "said"), "start")
        with psycopg.connect(self.address, autocommit=True) as connection:
            while connection.execute("select pg_is_in_recovery()").fetchone() != (False,):
                time.sleep(0.1)

    def stop(self, how: str = "fast") -> None:
        """Stop the server, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self.run(PROGRAMS / "pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")


def recipe(own: Own) -> tuple[str, str]:
    """The two pieces of configuration that the page shows, with this machine's folders: pgBackRest's, PostgreSQL's."""
    blocks = re.findall(r"(?:^    .*\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    backrest = next(block for block in blocks if "[tripoint]" in block)
    server = next(block for block in blocks if "archive_command" in block)
    paths = {"/backup": f"{own.folder}/repo", "/var/lib/postgresql/15/main": str(own.data)}
    for there, here in paths.items():
        backrest = backrest.replace(there, here)
    ours = (f"{name}-path={own.folder}/{name}" for name in ("log", "lock", "spool"))
    more = "\n".join((*ours, "repo1-cipher-pass=for-this-proof-alone", ""))
    backrest = re.sub(r"repo1-cipher-pass=.*\n", "", re.sub(r"^ {4}", "", backrest, flags=re.MULTILINE))
    backrest = backrest.replace("[global]\n", f"[global]\n{more}").replace("[tripoint]\n", (
        f"[tripoint]\npg1-socket-path={own.folder}\npg1-user=tripoint\n"
    ))  # fmt: skip
    server = re.sub(r"^ {4}", "", server, flags=re.MULTILINE)
    return backrest, server.replace("pgbackrest ", f"pgbackrest --config={own.folder}/pgbackrest.conf ")


@contextmanager
def own_server(*, archive: bool) -> Generator[Own]:
    """The server, running, with the hub's tables in it."""
    with tempfile.TemporaryDirectory(prefix="tripoint-own-") as name:
        own = Own(Path(name))
        if AS:
            shutil.chown(name, "nobody")
        own.run(PROGRAMS / "initdb", "-D", str(own.data), "-U", "tripoint", "-A", "trust", "--locale=C.UTF-8")
        backrest, server = recipe(own)
        (own.folder / "pgbackrest.conf").write_text(backrest, encoding="utf-8")
        listening = f"listen_addresses = ''\nunix_socket_directories = '{own.folder}'\n"
        with (own.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(listening + (server if archive else server.replace("archive_mode = on", "archive_mode = off")))
        own.start()
        migrate(own.address)
        try:
            yield own
        finally:
            own.stop("immediate")


def write(own: Own, first: int, last: int, rows: int = 0) -> datetime:
    """Write the marks from first to last, one transaction each, and filling; the moment after the last."""
    with psycopg.connect(own.address, autocommit=True) as connection:
        connection.execute("create table if not exists restore_mark (n integer primary key)")
        connection.execute("create table if not exists bulk (n bigint, filling text)")
        if rows:
            connection.execute(FILL, [rows])
        for n in range(first, last + 1):
            connection.execute("insert into restore_mark values (%s)", [n])
        time.sleep(0.05)
        found = connection.execute("select clock_timestamp()").fetchone()
    assert found
    moment: datetime = found[0]
    return moment


def marks(own: Own) -> list[int]:
    with psycopg.connect(own.address) as connection:
        return [row[0] for row in connection.execute("select n from restore_mark order by n")]


def brought_back(own: Own, *words: str) -> tuple[list[int], float]:
    """The disk is lost, the copy put back; which marks are there, and after how many seconds."""
    with refused("server runs"):
        own.tripoint("restore", *words)
    own.stop()
    shutil.rmtree(own.data)
    began = time.monotonic()
    own.data.mkdir(mode=0o700)
    if AS:
        shutil.chown(own.data, "nobody")
    own.tripoint("restore", *words)
    own.start()
    return marks(own), time.monotonic() - began


@contextmanager
def refused(words: str) -> Generator[None]:
    """The command within the block must be refused with these words."""
    try:
        yield
    except RuntimeError as refusal:
        if words not in " ".join(str(refusal).split()):
            raise
    else:
        raise RuntimeError(f"no refusal says: {words}")


def damage_is_found(own: Own) -> bool:
    """Whether `tripoint backup verify` finds a changed byte in the largest file of the copy."""
    kept = (path for path in (own.folder / "repo" / "backup").rglob("pg_data/base/**/*") if path.is_file())
    largest = max(kept, key=lambda path: path.stat().st_size)
    with largest.open("r+b") as file:
        file.seek(largest.stat().st_size // 2)
        changed = bytes([file.read(1)[0] ^ 1])
        file.seek(-1, os.SEEK_CUR)
        file.write(changed)
    try:
        own.tripoint("backup", "verify")
    except RuntimeError as refusal:
        print(" ".join(str(refusal).split())[:300])
        return True
    return False


def prove(megabytes: int) -> bool:
    """Copy, write, lose the disk, come back to a moment and, anew, as far as the log goes; whether all was exact."""
    with own_server(archive=True) as own:
        write(own, 1, 10, megabytes * 1_000_000 // ROW)
        with refused("has no stanza"):
            own.tripoint("backup", "run")
        own.backrest("stanza-create")
        began = time.monotonic()
        own.tripoint("backup", "run")
        copied = time.monotonic() - began
        time.sleep(2)  # pgBackRest counts whole seconds: the moment must lie after the copy's last one
        moment = write(own, 11, 20)
        write(own, 21, 30)
        whole, to_the_end = brought_back(own)
        written = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
        exact, to_the_moment = brought_back(own, "--at", written)
        own.tripoint("backup", "verify")
        damaged = damage_is_found(own)
        kept = sum(path.stat().st_size for path in (own.folder / "repo").rglob("*") if path.is_file())
    good = whole == list(range(1, 31)) and exact == list(range(1, 21)) and damaged
    print(
        f"{megabytes} MB: copied in {copied:.1f} s, {kept / 1e6:.0f} MB kept, encrypted; back to the end of the log in"
        f" {to_the_end:.1f} s ({len(whole)} of 30 marks), to a moment in {to_the_moment:.1f} s"
        f" ({'exact' if exact == list(range(1, 21)) else f'NOT EXACT: {exact}'});"
        f" a damaged piece of the copy was {'found' if damaged else 'NOT FOUND'}"
    )
    return good


def lose(megabytes: int) -> bool:
    """The same without the log being handed on: what came after the copy must be missing."""
    with own_server(archive=False) as own:
        write(own, 1, 10, megabytes * 1_000_000 // ROW)
        copy = own.folder / "copy"
        own.run(PROGRAMS / "pg_basebackup", "-d", own.address, "-D", str(copy), "-c", "fast")
        write(own, 11, 30)
        own.stop("immediate")
        shutil.rmtree(own.data)
        copy.rename(own.data)
        own.start()
        found = marks(own)
    print(f"without an archive: {30 - len(found)} of 30 marks lost")
    return len(found) < 30


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--without-archive", action="store_true", help="show what is lost without the log")
    chosen = parser.parse_args(words)
    if not PROGRAMS.exists() or shutil.which("pgbackrest") is None:
        sys.exit("Install first: sudo apt-get install postgresql-15 pgbackrest")
    sys.exit(0 if (lose if chosen.without_archive else prove)(chosen.megabytes) else 1)


if __name__ == "__main__":
    main()
