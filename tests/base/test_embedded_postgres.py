"""The embedded server: closed to others, shared by its user's processes, whole again after a kill."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tripoint.base import embedded_postgres as embedded, postgres_home, postgres_programs
from tripoint.base.embedded_postgres import Servers, embedded_postgres, start
from tripoint.base.errors import SetUp
from tripoint.base.postgres_home import Home

ROOT = os.geteuid() == 0
STARTER = """
import sys, time
from pathlib import Path
from tripoint.base.embedded_postgres import start
running = start(Path(sys.argv[1]), durable=False)
print(running.servers.admin, flush=True)
if len(sys.argv) > 2:
    time.sleep(float(sys.argv[2]))
running.stop()
"""


really_create = embedded._create


@pytest.fixture(scope="module")
def made_before() -> Generator[Path]:
    """Where a folder made once is kept, to be copied for the tests that do not look at its making."""
    place = Path(tempfile.mkdtemp(prefix="tripoint-made-"))
    yield place / "data"
    shutil.rmtree(place)


@pytest.fixture
def folder(made_before: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """A data folder; a database in it is made by copying."""

    def create(home: Home, durable: bool) -> None:
        if not made_before.exists():
            really_create(home, durable)
            subprocess.run(["cp", "-a", home.data, made_before], check=True)
        else:
            subprocess.run(["cp", "-a", made_before, home.data], check=True)

    monkeypatch.setattr(embedded, "_create", create)
    place = Path(tempfile.mkdtemp(prefix="tripoint-embedded-"))
    place.chmod(0o711)
    yield place / "hub"
    shutil.rmtree(place)


def connect(address: str) -> psycopg.Connection:
    return psycopg.connect(make_url(address).set(drivername="postgresql").render_as_string(hide_password=False))


def socket_of(servers: Servers) -> Path:
    return Path(str(make_url(servers.admin).query["host"]))


def server_process(folder: Path) -> int:
    return int((folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()


def test_the_application_is_no_superuser_and_cannot_pass_row_level_security(folder: Path) -> None:
    with embedded_postgres(folder, durable=False) as servers:
        for address, role, powerful in (
            (servers.admin, "tripoint", True),
            (servers.app, "tripoint_app", False),
            (servers.relay, "tripoint_relay", False),
            (servers.index, "tripoint_index", False),
            (servers.sealer, "tripoint_sealer", False),
        ):
            with connect(address) as connection:
                found = connection.execute(
                    "select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
                ).fetchone()
            assert found == (role, powerful, powerful)


def test_it_is_durable_and_not_on_the_network(folder: Path) -> None:
    with embedded_postgres(folder) as servers, connect(servers.admin) as connection:
        for setting, value in {
            "listen_addresses": "",
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "jit": "off",
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
        }.items():
            assert connection.execute("select current_setting(%s)", [setting]).fetchone() == (value,)


def test_only_the_owner_passes_to_the_socket(folder: Path) -> None:
    with embedded_postgres(folder, durable=False) as servers:
        found = socket_of(servers).stat()
        assert stat.S_IMODE(found.st_mode) == 0o700
        assert found.st_uid == postgres_home.server_account().uid


def test_an_unknown_database_user_is_refused(folder: Path) -> None:
    with embedded_postgres(folder, durable=False) as servers:
        stranger = make_url(servers.admin).set(username="postgres").render_as_string(hide_password=False)
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            connect(stranger)


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_another_user_of_the_machine_is_refused(folder: Path) -> None:
    with embedded_postgres(folder, durable=False) as servers:
        socket = socket_of(servers)
        nobody = pwd.getpwnam("nobody")  # may even pass to the socket, as the server runs as it
        tried = subprocess.run(
            [postgres_programs.find_programs() / "psql", "-h", socket,
             "-U", "tripoint_app", "-c", "select", "tripoint"],
            user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[], capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert tried.returncode != 0
        assert "Peer authentication failed" in tried.stderr


@pytest.mark.skipif(not ROOT, reason="only root can become another user")
def test_it_runs_as_an_ordinary_user(folder: Path) -> None:
    python = next((p for p in (sys.executable, "/usr/bin/python3") if can_run(p)), None)
    if python is None:
        pytest.skip("no Python that another user may run")
    folder.parent.chmod(0o777)
    done = subprocess.run(
        [python, "-c", STARTER, folder], user=1, group=1, extra_groups=[], capture_output=True, text=True,
        env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, cwd="/", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (folder / "postgres" / "data").stat().st_uid == 1


def can_run(python: str) -> bool:
    path = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(
            [python, "-c", "import psycopg"], user=1, group=1, extra_groups=[], capture_output=True,
            env={"PATH": os.defpath, "PYTHONPATH": path}, cwd="/", check=False,
        )  # fmt: skip
    except OSError:
        return False
    return done.returncode == 0


@pytest.mark.slow
def test_what_was_kept_is_there_at_the_next_start(folder: Path) -> None:
    with embedded_postgres(folder, durable=False) as servers, connect(servers.admin) as connection:
        connection.execute("create table kept (value int)")
    with embedded_postgres(folder, durable=False) as servers, connect(servers.admin) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_the_last_one_to_leave_stops_it(folder: Path) -> None:
    first = start(folder, durable=False)
    second = start(folder, durable=False)
    pid = server_process(folder)
    first.stop()
    first.stop()
    with connect(second.servers.app) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    second.stop()
    assert not runs(pid)


def test_another_process_joins_and_a_killed_one_does_not_keep_it_running(folder: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", STARTER, folder, "60"], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    address = other.stdout.readline().strip()
    with embedded_postgres(folder, durable=False) as servers:
        assert servers.admin == address
        pid = server_process(folder)
        other.kill()
        other.wait()
        other.stdout.close()
        assert runs(pid)
    assert not runs(pid)


def test_a_killed_server_comes_back(folder: Path) -> None:
    running = start(folder)
    with connect(running.servers.admin) as connection:
        connection.execute("create table kept as select 1 as value")
    os.kill(pid := server_process(folder), signal.SIGKILL)
    while runs(pid):
        time.sleep(0.05)
    with embedded_postgres(folder) as servers, connect(servers.admin) as connection:
        assert connection.execute("select value from kept").fetchone() == (1,)
    running.stop()


def test_a_process_number_given_to_another_program_does_not_block(folder: Path) -> None:
    with embedded_postgres(folder, durable=False):
        pass
    (folder / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getppid()}\n/nowhere\n0\n5432\n/nowhere\n\n")
    with embedded_postgres(folder, durable=False) as servers, connect(servers.app) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_an_interrupted_creation_is_done_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "_create", really_create)
    making = folder / "postgres" / "making"
    making.mkdir(parents=True)
    (making / "half").touch()
    with embedded_postgres(folder, durable=False) as servers, connect(servers.app) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    with embedded_postgres(folder / ("long" * 30), durable=False) as servers:
        socket = socket_of(servers)
        assert len(str(socket)) <= postgres_home.LONGEST_SOCKET_PATH
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    socket.rmdir()


def test_odd_names_of_folders_do_no_harm(folder: Path) -> None:
    odd = folder / "it's a, b%20?"
    with embedded_postgres(odd, durable=False) as servers, connect(servers.app) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    if socket_of(servers).exists() and not socket_of(servers).is_relative_to(folder):
        socket_of(servers).rmdir()


def test_a_path_the_shell_would_misread_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetUp, match=r"holds \$"):
        start(tmp_path / "$HOME")


def test_a_link_in_the_socket_folders_place_is_refused(tmp_path: Path) -> None:
    account = postgres_home.server_account()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SetUp, match="not a private folder"):
        postgres_home.give_folder(tmp_path / "link", account)
    (tmp_path / "open").mkdir(mode=0o755)
    with pytest.raises(SetUp, match="not a private folder"):
        postgres_home.give_folder(tmp_path / "open", account)


@pytest.mark.skipif(not ROOT, reason="only root has folders its stand-in cannot pass")
def test_roots_closed_folders_are_served_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(tempfile.mkdtemp(prefix="tripoint-elsewhere-"))
    place.chmod(0o711)
    monkeypatch.setattr(postgres_home, "ELSEWHERE", place)
    tmp_path.chmod(0o700)
    install = postgres_programs.find_programs().parent
    programs = tmp_path / install.parent.name / install.name
    shutil.copytree(install, programs, symlinks=True)
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, tmp_path / libraries.name)
    monkeypatch.setenv("TRIPOINT_POSTGRES_BIN", str(programs / "bin"))
    with embedded_postgres(tmp_path / "hub", durable=False) as servers, connect(servers.app) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
        assert (tmp_path / "hub" / "postgres").resolve().parent == place
    shutil.rmtree(place)


def test_a_database_of_another_version_is_named(folder: Path) -> None:
    with embedded_postgres(folder, durable=False):
        pass
    (folder / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(SetUp, match="made by PostgreSQL 9") as error:
        start(folder)
    assert "TRIPOINT_POSTGRES_BIN" in str(error.value.remedy)


def test_a_failing_start_tells_the_servers_own_words(folder: Path) -> None:
    with embedded_postgres(folder, durable=False):
        pass
    (folder / "postgres" / "conf" / "own.conf").write_text("no_such_setting = 1\n")
    (folder / "postgres" / "conf" / "own.conf").chmod(0o644)
    with pytest.raises(SetUp, match="no_such_setting") as error:
        start(folder)
    assert error.value.remedy


def test_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIPOINT_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(SetUp, match="lacks initdb"):
        postgres_programs.find_programs()
    monkeypatch.delenv("TRIPOINT_POSTGRES_BIN")
    monkeypatch.setattr(postgres_programs, "WHEELS", ())
    monkeypatch.setattr(postgres_programs, "SYSTEM", tmp_path)
    with pytest.raises(SetUp, match="No PostgreSQL programs"):
        postgres_programs.find_programs()
