"""Statements in one exchange: the values psycopg's own cursors give, and errors that leave nothing behind."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from psycopg.rows import dict_row

from tripoint.base.embedded_postgres import Servers
from tripoint.base.exchange import Connection, Translated, exchange, translate

Line: TypeAlias = psycopg.Connection[Any]
Kept: TypeAlias = dict[Any, Any]
pytestmark = pytest.mark.database
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "boolean": st.booleans(),
    "float8": st.floats(allow_nan=False),
    "numeric": st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12),
    "bytea": st.binary(max_size=30),
    "uuid": st.uuids(),
    "date": st.dates(date(1, 1, 1)),
    "timestamptz": st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    "text[]": st.lists(TEXT, max_size=4),
    "smallint[]": st.lists(st.integers(-(2**15), 2**15 - 1), max_size=4),
    "uuid[]": st.lists(st.uuids(), max_size=3),
}


@pytest.fixture
def line(database: Servers) -> Generator[Line]:
    """A connection nobody spoke through before: names of statements are counted by each."""
    with Connection.connect(database.admin.replace("+psycopg", "")) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def kept() -> Kept:
    return {}


def test_names_become_numbers() -> None:
    text = "select %(b)s, %(a)s::int, %(b)s where 'x' like '%%y'"
    assert translate(text) == Translated(b"select $1, $2::int, $1 where 'x' like '%y'", ("b", "a"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.fixed_dictionaries({kind: st.none() | values for kind, values in VALUES.items()}))
def test_values_are_those_of_a_cursor(
    line: Line, kept: Kept, values: dict[str, Any]
) -> None:
    named = {f"v{place}": value for place, value in enumerate(values.values())}
    columns = ", ".join(f'%(v{place})s::{kind} as "{kind}"' for place, kind in enumerate(values))
    cursor = line.cursor(row_factory=dict_row).execute(f"select {columns}".encode(), named)
    ours = exchange(line, kept, [(f"select {columns}", named)])
    assert ours == [cursor.fetchall()]
    line.rollback()


def test_each_statement_has_its_rows_and_the_transaction_goes_on(line: Line, kept: Kept) -> None:
    for turn in range(3):  # the second time they are prepared already
        rows = exchange(line, kept, [
            ("create temp table if not exists seen (n int) on commit drop", {}),
            ("insert into seen select generate_series(1, %(n)s)", {"n": turn}),
            ("select n from seen order by n", {}),
        ])  # fmt: skip
        assert rows == [[], [], [{"n": n} for n in range(1, turn + 1)]]
        assert line.pgconn.transaction_status == psycopg.pq.TransactionStatus.INTRANS
        line.rollback()


def test_a_commit_ends_the_transaction_in_the_same_exchange(line: Line, kept: Kept) -> None:
    exchange(line, kept, [("create temp table stays (n int)", {})], commit=True)
    assert line.pgconn.transaction_status == psycopg.pq.TransactionStatus.IDLE
    assert exchange(line, kept, [("select count(*)::int as n from stays", {})]) == [[{"n": 0}]]
    line.rollback()


def test_of_what_fails_nothing_stays_and_the_connection_is_whole(line: Line, kept: Kept) -> None:
    exchange(line, kept, [("create temp table once (n int primary key)", {})], commit=True)
    insert = ("insert into once values (%(n)s)", {"n": 1})
    with pytest.raises(psycopg.errors.UniqueViolation):
        exchange(line, kept, [insert, insert, ("select pg_sleep(60)", {})], commit=True)
    line.rollback()
    assert exchange(line, kept, [("select count(*)::int as n from once", {}), insert], commit=True)[0] == [{"n": 0}]


def test_a_statement_that_cannot_be_prepared_may_come_again(line: Line, kept: Kept) -> None:
    for _ in range(2):
        with pytest.raises(psycopg.errors.UndefinedTable):
            exchange(line, kept, [("select 1 as n", {}), ("select * from nowhere_at_all", {}), ("select 2 as n", {})])
        line.rollback()
    assert exchange(line, kept, [("select 2 as n", {})]) == [[{"n": 2}]]
    line.rollback()


def test_a_plan_that_became_wrong_is_made_again(line: Line, kept: Kept) -> None:
    exchange(line, kept, [("create temp table shape (a int)", {}), ("select * from shape", {})], commit=True)
    exchange(line, kept, [("alter table shape add b int", {})], commit=True)
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        exchange(line, kept, [("select * from shape", {})])
    line.rollback()
    assert exchange(line, kept, [("insert into shape values (1, 2)", {}), ("select * from shape", {})])[1] == [
        {"a": 1, "b": 2}
    ]
    line.rollback()


def test_statements_are_prepared_again_where_the_driver_forgot_all(line: Line, kept: Kept) -> None:
    asked = [("select %(n)s::int as n", {"n": 1})]
    exchange(line, kept, asked)
    line.execute("select 1", prepare=True)
    line.rollback()
    assert exchange(line, kept, asked) == [[{"n": 1}]]
    line.rollback()


def test_a_lost_connection_is_said_to_be_lost(database: Servers, kept: Kept) -> None:
    address = database.admin.replace("+psycopg", "")
    with psycopg.connect(address) as mine, psycopg.connect(address) as other:
        exchange(mine, kept, [("select 1 as n", {})])
        other.execute("select pg_terminate_backend(%s)", [mine.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            exchange(mine, kept, [("select 1 as n", {})], commit=True)
        assert mine.closed


def test_large_answers_and_large_questions_pass(line: Line, kept: Kept) -> None:
    text = "x" * 3_000_000
    asked = [("select %(t)s::text || n as t from generate_series(1, 2) n", {"t": text})] * 3
    assert [len(rows[1]["t"]) for rows in exchange(line, kept, asked)] == [3_000_001] * 3
    line.rollback()

