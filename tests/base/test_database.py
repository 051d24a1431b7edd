"""One transaction an errand, under one role; a database that is gone is said to be so, and found again by itself."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tests.town import as_owner, rows
from tripoint.base.database import Statement, driver_address, make_engine, stand_under, together, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import NotFound, SetUp, StillAnswering, Unavailable
from tripoint.base.ids import uuid7

END_ALL = """
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
"""


@pytest.fixture
def small(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.app, pool=1)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_the_address_names_our_driver(scheme: str) -> None:
    assert driver_address(f"{scheme}://hub@host/name") == "postgresql+psycopg://hub@host/name"


@pytest.mark.parametrize("address", ["", "mysql://hub@host/name", "hub.db"])
def test_another_kind_of_database_is_refused_with_the_remedy(address: str) -> None:
    with pytest.raises(SetUp) as refused:
        driver_address(address)
    assert refused.value.field == "TRIPOINT_DATABASE"
    assert refused.value.remedy


def test_every_connection_acts_as_the_role_that_owns_nothing(small: Engine) -> None:
    with transaction(small) as session:
        who, zone = rows(session, "select current_user, current_setting('timezone')")[0]
        assert (who, zone) == ("tripoint_app", "UTC")
        owned = "select count(*) from pg_class where relowner = current_user::regrole"
        assert rows(session, owned) == [(0,)]
        powers = "rolsuper or rolbypassrls or rolcreaterole or rolcreatedb"
        assert rows(session, f"select {powers} from pg_roles where rolname = current_user") == [(False,)]


def test_nothing_is_kept_of_a_transaction_that_failed(small: Engine, database: Servers) -> None:
    for error in (NotFound, ZeroDivisionError):
        with pytest.raises(error), transaction(small) as session:  # noqa: PT012
            session.exec_driver_sql("insert into outbox (kind, parties, ref) values ('hit', '{5}', gen_random_uuid())")
            raise error
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local role tripoint_relay")
        assert rows(owner, "select count(*) from outbox") == [(0,)]


def test_what_one_stood_under_is_forgotten_with_the_transaction(small: Engine) -> None:
    asked = "select current_setting('tripoint.party', true), me()"
    with transaction(small) as session:
        stand_under(session, 5, uuid7())
        assert rows(session, asked) == [("5", 5)]
    with transaction(small) as session:
        assert rows(session, asked) == [("", None)]


def test_a_database_that_broke_off_is_unavailable_and_then_found_again(small: Engine, database: Servers) -> None:
    with pytest.raises(Unavailable) as broken, transaction(small) as session:  # noqa: PT012
        with as_owner(database) as owner:
            rows(owner, END_ALL)
        rows(session, "select 1")
    assert broken.value.remedy
    with transaction(small) as session:
        assert rows(session, "select 1") == [(1,)]


def test_a_database_that_went_while_nobody_asked_costs_one_answer_at_most(small: Engine, database: Servers) -> None:
    with transaction(small) as session:
        rows(session, "select 1")
    with as_owner(database) as owner:
        rows(owner, END_ALL)
    with pytest.raises(Unavailable), transaction(small) as session:
        rows(session, "select 1")
    with transaction(small) as session:
        assert rows(session, "select 1") == [(1,)]


def test_no_server_at_all_is_unavailable() -> None:
    engine = make_engine("postgresql://nobody@/none?host=/nowhere")
    with pytest.raises(Unavailable), transaction(engine):
        pass
    engine.dispose()


def test_a_fault_in_a_statement_is_no_excuse_of_the_database(small: Engine) -> None:
    with pytest.raises(DBAPIError, match="division"), transaction(small) as session:
        rows(session, "select 1 / 0")


def test_a_pool_that_is_used_up_is_unavailable(database: Servers) -> None:
    engine = make_engine(database.app, pool=1)
    engine.pool._timeout = 0.05  # type: ignore[attr-defined]
    with engine.connect(), engine.connect(), pytest.raises(Unavailable), transaction(engine):
        pass
    engine.dispose()


def test_statements_sent_together_answer_each_for_itself(small: Engine) -> None:
    wanted = [Statement("select %(n)s::int as n", {"n": n}) for n in (1, 2)]
    none = Statement("select 1 as n where false", {})
    with transaction(small) as session:
        assert together(session, [*wanted, none]) == [[{"n": 1}], [{"n": 2}], []]
        assert together(session, []) == []


def once(number: int) -> Statement:
    return Statement("insert into once values (%(n)s)", {"n": number}, taken=StillAnswering)


def test_what_is_sent_with_the_commit_is_kept_whole_or_not_at_all(small: Engine) -> None:
    with transaction(small) as session:  # of this connection alone
        together(session, [Statement("create temporary table once (n integer primary key)", {}), once(1)], commit=True)
    with pytest.raises(DBAPIError), transaction(small) as session:
        together(session, [once(2), Statement("select 1 / 0", {}), once(3)], commit=True)
    with pytest.raises(StillAnswering), transaction(small) as session:
        together(session, [once(4), once(1)], commit=True)
    with transaction(small) as session:
        assert rows(session, "select n from once") == [(1,)]


def test_a_connection_that_broke_off_is_said_so_and_not_used_again(small: Engine) -> None:
    with pytest.raises(Unavailable), transaction(small) as session:
        together(session, [Statement("select 1", {}), Statement("select pg_terminate_backend(pg_backend_pid())", {})])
    with transaction(small) as session:
        assert together(session, [Statement("select 1 as n", {})]) == [[{"n": 1}]]
