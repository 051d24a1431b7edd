"""A PostgreSQL server of our own, for a hub that has no database server to join.

The programs come from a wheel, so nothing is installed by hand. The server keeps its data in one folder and listens
on a Unix socket only, which admits nobody but the user who started it. Several processes of that user may use it at
once; the last one to leave stops it.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tripoint.base.errors import SetUp
from tripoint.base.postgres_conf import (
    APP_ROLE,
    INDEX_ROLE,
    RELAY_ROLE,
    SEALER_ROLE,
    SUPERUSER,
    authentication,
    identities,
    server_settings,
    size_of_machine,
)
from tripoint.base.postgres_home import (
    Home,
    give_folder,
    make_socket_folder,
    open_home,
    reachable_programs,
)
from tripoint.base.postgres_programs import CHOSEN, find_programs, major_version

DATABASE = "tripoint"
PATIENCE = 600  # seconds; recovery after a crash may have gigabytes of log to read
SETTLING = 30  # seconds a server found half-way up or down gets to make up its mind
LAST_ONES_LEAVING = "shared memory block"  # said while processes of a killed server still end
LOG_REMEDY = "Free space or memory if the log names them, then start again; the whole log stands in {}."


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses of one running server, each for another database user."""

    admin: str  # owns everything; for migrations and set-up only
    app: str  # what requests use: owns nothing, cannot bypass row-level security
    relay: str  # what the announcements' relay uses
    index: str  # what the follower of persons uses
    sealer: str  # what seals the audit trail


class EmbeddedPostgres:
    """A running embedded server this process takes part in, until `stop`."""

    def __init__(self, home: Home, users: int, servers: Servers, durable: bool = True) -> None:
        self.servers = servers
        self.home = home
        self.durable = durable
        self._users = users

    def stop(self) -> None:
        """Leave the server; it stops when nobody else uses it. Leaving twice does no harm."""
        if self._users >= 0:
            users, self._users = self._users, -1
            _leave(self.home, users)


def start(folder: Path, *, durable: bool = True) -> EmbeddedPostgres:
    """Start the server that lives in `folder`, or join it if it runs already; the folder is made where absent.

    `durable=False` gives up safety against power cuts for speed, for tests. Raises SetUp with a remedy.
    """
    home = open_home(folder)
    users = _open_lock(home, "users.lock")
    try:
        with _alone(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            socket = _find_running(home) or _launch(home, durable)
            servers = _addresses(socket)
            _prepare(socket)
    except BaseException:
        _leave(home, users)
        raise
    return EmbeddedPostgres(home, users, servers, durable)


def start_again(running: EmbeddedPostgres) -> bool:
    """Start a server this process takes part in where it has died, at the same address; whether it had.

    Raises SetUp, with the server's own words, where it cannot start.
    """
    home = running.home
    if _running_pid(home):
        return False
    with _alone(home):
        if _running_pid(home):  # somebody else was quicker
            return False
        _launch(home, running.durable)
    return True


@contextmanager
def embedded_postgres(folder: Path, *, durable: bool = True) -> Generator[Servers]:
    """Run or join the server that lives in `folder` for the length of a `with` block; see `start`."""
    running = start(folder, durable=durable)
    try:
        yield running.servers
    finally:
        running.stop()


def _leave(home: Home, users: int) -> None:
    try:
        with _alone(home):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _running_pid(home):
                _run(home, "pg_ctl", "-D", str(home.data), "-w", "-t", str(PATIENCE), "-m", "fast", "stop")
    except BlockingIOError:
        pass  # others still use the server: the last one stops it
    finally:
        os.close(users)


def _launch(home: Home, durable: bool) -> Path:
    if not home.data.exists():
        _create(home, durable)
    _check_version(home)
    socket = make_socket_folder(home)
    _remove_stale_locks(home, socket)
    conf = {
        "postgresql.conf": server_settings(size_of_machine(home.path), socket, home.conf, durable=durable),
        "pg_hba.conf": authentication(),
        "pg_ident.conf": identities(home.client),
    }
    for name, text in conf.items():
        (home.conf / name).write_text(text)
        (home.conf / name).chmod(0o644 if home.account.stands_in else 0o600)
    _start_program(home)
    return socket


def _create(home: Home, durable: bool) -> None:
    # Made beside its place and moved there whole: an initdb that was killed leaves nothing half made.
    making = home.path / "making"
    shutil.rmtree(making, ignore_errors=True)
    give_folder(making, home.account)
    _run(
        home, "initdb", "-D", str(making), "-U", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8",
        "--data-checksums", "--no-instructions", *([] if durable else ["--no-sync"]),
    )  # fmt: skip
    making.rename(home.data)


def _check_version(home: Home) -> None:
    made_by = int((home.data / "PG_VERSION").read_text())
    if (have := major_version(find_programs())) != made_by:
        raise SetUp(
            f"The database in {home.data} was made by PostgreSQL {made_by}; the programs found are version {have}.",
            remedy=f"Set {CHOSEN} to the programs of version {made_by}, or choose another folder with TRIPOINT_DATA.",
        )


def _start_program(home: Home) -> None:
    deadline = time.monotonic() + SETTLING
    options = f"-c config_file={shlex.quote(str(home.conf / 'postgresql.conf'))}"
    while True:
        home.start_log.unlink(missing_ok=True)
        try:
            _run(
                home,
                "pg_ctl",
                "-D",
                str(home.data),
                "-w",
                "-t",
                str(PATIENCE),
                "-l",
                str(home.start_log),
                "-o",
                options,
                "start",
            )
        except SetUp:
            if LAST_ONES_LEAVING not in _start_messages(home) or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _find_running(home: Home) -> Path | None:
    """The socket folder of the server that runs in this home, or None; waits while one is half-way up or down."""
    deadline = time.monotonic() + SETTLING
    while pid := _running_pid(home):
        socket = Path(_pid_file(home)[4]) if len(_pid_file(home)) > 4 else None
        try:
            if socket:
                _connect(socket, "postgres").close()
                return socket
            reason = "it does not say where it listens"
        except psycopg.OperationalError as error:
            reason = str(error).strip()
        if time.monotonic() > deadline:
            raise SetUp(
                f"A PostgreSQL server (process {pid}) runs in {home.data} and does not let this process in: {reason}.",
                remedy=f"Wait until it has started, or end process {pid} and start again.",
            )
        time.sleep(0.2)
    return None


def _running_pid(home: Home) -> int | None:
    """The process number of the live server of this home; what a killed one left behind does not count."""
    lines = _pid_file(home)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if _is_server(pid, home.data) else None


def _is_server(pid: int, data: Path) -> bool:
    if Path("/proc/self").exists():
        try:
            return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _pid_file(home: Home) -> list[str]:
    try:
        return (home.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _remove_stale_locks(home: Home, socket: Path) -> None:
    """Remove lock files whose process number another program has since been given: PostgreSQL would believe them."""
    for lock in (home.data / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
        first = lock.read_text().split("\n")[0].strip() if lock.exists() else ""
        if first.isdigit() and Path(f"/proc/{first}").exists():
            lock.unlink()


def _run(home: Home, program: str, *arguments: str) -> None:
    programs = reachable_programs(find_programs(), home)
    account = home.account
    done = subprocess.run(
        [programs / program, *arguments],
        user=account.uid if account.stands_in else None,
        group=account.gid if account.stands_in else None,
        extra_groups=[] if account.stands_in else None,
        cwd=home.path, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace", umask=0o077, env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"}, check=False,
    )  # fmt: skip
    if done.returncode:
        said = " ".join(f"{done.stderr} {_start_messages(home)}".split())[-600:]
        raise SetUp(
            f"PostgreSQL's {program} failed: {said or f'status {done.returncode}'}", remedy=LOG_REMEDY.format(home.data)
        )


def _start_messages(home: Home) -> str:
    return home.start_log.read_text(errors="replace") if home.start_log.exists() else ""


def _prepare(socket: Path) -> None:
    """Create the database and the log-in roles where absent."""
    with _connect(socket, "postgres") as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(DATABASE)))
        for role in (APP_ROLE, RELAY_ROLE, INDEX_ROLE, SEALER_ROLE):
            if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
                options = sql.SQL("login nosuperuser nobypassrls nocreatedb nocreaterole")
                connection.execute(sql.SQL("create role {} {}").format(sql.Identifier(role), options))


def _connect(socket: Path, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(socket), port=5432, user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=10
    )


def _addresses(socket: Path) -> Servers:
    place = f"/{DATABASE}?host={quote(str(socket), safe='')}"
    users = (SUPERUSER, APP_ROLE, RELAY_ROLE, INDEX_ROLE, SEALER_ROLE)
    return Servers(*(f"postgresql+psycopg://{user}@{place}" for user in users))


@contextmanager
def stopped(folder: Path) -> Generator[Home]:
    """The home of a server that does not run, and does not start while the block runs. Raises SetUp where it runs."""
    home = open_home(folder)
    with _alone(home):
        if pid := _running_pid(home):
            raise SetUp(
                f"The database in {home.data} runs (process {pid}).", remedy="Stop the hub, then try again."
            )
        yield home


@contextmanager
def _alone(home: Home) -> Generator[None]:
    """Nobody else starts, joins or leaves this server meanwhile. The lock goes with the process, even when killed."""
    lock = _open_lock(home, "start.lock")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _open_lock(home: Home, name: str) -> int:
    return os.open(home.path / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
