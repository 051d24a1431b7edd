"""Fixtures every test may use.

Which one to pick:
- Nothing at all, for words, engines, rules and models: they are pure, call them with values.
- `connection`: for queries of one store. One transaction as the application's role, rolled back after the test; call
  `stand_under` to be a party. Quickest of those with a database.
- `engine` and `database`: for work that commits. One fresh, migrated database per test file, so tests of a file see
  what earlier ones left: make parties and records of your own in each test, and ask only about those.
- `own_database`: the same for one test alone. Only when a test counts everything, or breaks things.
- `data_folder("screening")`: real lists beside the project; the test is skipped where they are absent.
- `chromium`: the browser's path for journeys; skipped where there is none.
Before adding a fixture here: would a plain function in your test file do? Most often it would.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tripoint.access import proof
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers, embedded_postgres
from tripoint.base.migrate import migrate
from tripoint.base.postgres_conf import APP_ROLE, INDEX_ROLE, RELAY_ROLE, SEALER_ROLE

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
SERVER_GIVEN = "TRIPOINT_TEST_DATABASE"
FOLDER = "PYTEST_TRIPOINT_FOLDER"  # one server for all workers of a run
JOURNEYS_REQUIRED = os.environ.get("TRIPOINT_JOURNEYS") == "required"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
USE_A_DATABASE = {"server", "template", "database", "own_database", "engine", "connection"}

hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")

COSTLY = proof.HASHER  # as an installed hub hashes
proof.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # thousands of sign-ins prove other things

LONGEST = "test_noninterference"  # every reader at every route, in two worlds
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Generator[Servers]:
    """A server's own database, as its administrator; seldom what a test wants."""
    if given := os.environ.get(SERVER_GIVEN):
        yield _as_each_user(given)
        return
    with embedded_postgres(Path(os.environ[FOLDER]), durable=False) as servers:
        yield servers


@pytest.fixture(scope="session")
def template(server: Servers, worker: str) -> Generator[str]:
    """The name of a migrated, otherwise empty database to copy from."""
    with _new_database(server, f"tripoint_template_{worker}", "template0") as servers:
        with (Path(os.environ[FOLDER]) / "migrating.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # roles belong to the whole server, which all workers share
            migrate(servers.admin)
        yield make_url(servers.admin).database or ""


@pytest.fixture(scope="module")
def database(server: Servers, template: str, worker: str) -> Generator[Servers]:
    """A fresh, migrated database for one test file."""
    with _new_database(server, f"tripoint_test_{worker}_{next(numbers)}", template) as servers:
        yield servers


@pytest.fixture
def own_database(server: Servers, template: str, worker: str) -> Generator[Servers]:
    """A fresh, migrated database for one test."""
    with _new_database(server, f"tripoint_test_{worker}_{next(numbers)}", template) as servers:
        yield servers


@pytest.fixture(scope="module")
def engine(database: Servers) -> Generator[Engine]:
    """The application's engine on `database`: its role owns nothing and sees nothing until it stands under a party."""
    engine = make_engine(database.app)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Generator[Connection]:
    """A transaction of the application's, rolled back afterwards."""
    with engine.connect() as connection, connection.begin() as errand:
        yield connection
        errand.rollback()


@pytest.fixture
def costly_passwords(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Passwords hashed as an installed hub hashes them; elsewhere in the tests that is made quick."""
    monkeypatch.setattr(proof, "HASHER", COSTLY)
    proof.nobodys_hash.cache_clear()
    yield
    proof.nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def worker() -> str:
    """The name of this test process among its neighbours."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def data_folder() -> Callable[[str], Path]:
    """A function from a name such as "screening" to the folder of real data; skips the test where it is absent."""

    def find(name: str) -> Path:
        if not (DATA / name).exists():
            pytest.skip(f"../shared/data/{name} is absent")
        return DATA / name

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser to drive."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium was found: on Debian, apt-get install chromium")


@contextmanager
def _new_database(server: Servers, name: str, template: str) -> Generator[Servers]:
    _administer(
        server, f'drop database if exists "{name}" with (force)', f'create database "{name}" template {template}'
    )
    try:
        users = (server.admin, server.app, server.relay, server.index, server.sealer)
        yield Servers(*(_address(address, name) for address in users))
    finally:
        _administer(server, f'drop database if exists "{name}" with (force)')


def _administer(server: Servers, *statements: str) -> None:
    engine = create_engine(server.admin, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _address(address: str, database: str) -> str:
    return make_url(address).set(database=database).render_as_string(hide_password=False)


def _as_each_user(given: str) -> Servers:
    admin = make_url(given).set(drivername="postgresql+psycopg")
    addresses = [admin, *(admin.set(username=role) for role in (APP_ROLE, RELAY_ROLE, INDEX_ROLE, SEALER_ROLE))]
    servers = Servers(*(address.render_as_string(hide_password=False) for address in addresses))
    password = f"password '{admin.password}'" if admin.password else ""
    for role in (APP_ROLE, RELAY_ROLE, INDEX_ROLE, SEALER_ROLE):
        make = f"create role {role} login nosuperuser nobypassrls {password}"
        there = "exception when duplicate_object or unique_violation then null"
        _administer(servers, f"do $$ begin {make}; {there}; end $$")
    return servers


def pytest_configure(config: pytest.Config) -> None:
    if not os.environ.get(FOLDER):  # an empty one would be the folder the tests are started in
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="tripoint-tests-")
        if os.geteuid() == 0:  # the server then runs as another user, who must pass
            Path(os.environ[FOLDER]).chmod(0o711)
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if USE_A_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if "journeys" in item.path.parts:
            item.add_marker("journey")
    longest_first(items)
    if JOURNEYS_REQUIRED and not any(item.get_closest_marker("journey") for item in items):
        raise pytest.UsageError("TRIPOINT_JOURNEYS=required, and no journey was found.")


def longest_first(items: list[pytest.Item]) -> None:
    """The longest file comes first, then those with slow tests, journeys, many tests, so that workers end together."""
    many = Counter(item.path for item in items)
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    journeys = {item.path for item in items if item.get_closest_marker("journey")}
    items.sort(
        key=lambda item: (
            item.path.stem != LONGEST, -slow[item.path], item.path not in journeys, -many[item.path], str(item.path)
        )
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if JOURNEYS_REQUIRED and report.skipped and item.get_closest_marker("journey") and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"A journey must not be skipped here. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if JOURNEYS_REQUIRED and report.skipped and "journeys" in collector.path.parts:
        report.outcome = "failed"
        report.longrepr = "A file of journeys must not be skipped here."
    return report
