"""Connections: one engine a process, one transaction an errand, each standing under one party."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

import psycopg
from sqlalchemy import Connection as Session, Engine, RowMapping as Row, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError as NoConnection

from tripoint.base.errors import DiskFull, QueryFailed, SetUp, TripointError, Unavailable
from tripoint.base.exchange import Connection, exchange
from tripoint.base.logs import logger
from tripoint.base.room_left import MAKE_ROOM

__all__ = [
    "Engine",
    "Row",
    "Session",
    "Statement",
    "apart",
    "driver_address",
    "make_engine",
    "owner_engine",
    "stand_under",
    "together",
    "transaction",
]

T = TypeVar("T")
log = logger(__name__)
APPLICATION_ROLE = "tripoint_app"
RELAY_ROLE = "tripoint_relay"
INDEX_ROLE = "tripoint_index"
SEALER_ROLE = "tripoint_sealer"
SEND_AGAIN = "Send the same again in a moment; a check that keeps its id is answered once."
STAND_UNDER = text(
    "select set_config('tripoint.party', :party, true), set_config('tripoint.home', :party, true),"
    " set_config('tripoint.officer', :officer, true)"
)


def driver_address(address: str) -> str:
    """The address with our driver named: `postgresql://` becomes `postgresql+psycopg://`."""
    scheme, separator, rest = address.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg") or not separator:
        raise SetUp(
            f"The database address begins with {scheme!r}.",
            field="TRIPOINT_DATABASE",
            remedy="Write postgresql://user@host/name.",
        )
    return f"postgresql+psycopg://{rest}"


def make_engine(address: str, *, role: str = APPLICATION_ROLE, pool: int = 16) -> Engine:
    """An engine whose every connection acts as `role`, which owns no table and cannot bypass row-level security.

    `pool` is the number of connections kept; as many again may be opened in a burst. Raises nothing until used.
    """
    engine = create_engine(
        driver_address(address),
        pool_size=pool,
        max_overflow=pool,
        pool_timeout=10,
        pool_use_lifo=True,  # the connection used last: its plans and pages are still in the processor's caches
        hide_parameters=True,
        connect_args={"connect_timeout": 10},
    )

    @event.listens_for(engine, "do_connect")
    def connect(_: Any, __: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Connection:
        return Connection.connect(*arguments, **named)

    @event.listens_for(engine, "connect")
    def act_as_role(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"set role {role}")
            cursor.execute("set timezone to 'UTC'")
        connection.commit()

    return engine


@contextmanager
def owner_engine(address: str, *, pool: int = 1) -> Generator[Engine]:
    """An engine of the role that owns the tables, for founding and set-up only; closed at the end."""
    engine = make_engine(address, role="none", pool=pool)  # `set role none`: the role that signed in
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def transaction(engine: Engine) -> Generator[Session]:
    """One transaction: committed at the end, or nothing kept at all.

    Raises Unavailable when the database cannot be reached or breaks off, DiskFull when it has no room; other errors
    pass through.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except TripointError:
        raise
    except (OperationalError, NoConnection) as error:
        if isinstance(getattr(error, "orig", None), psycopg.errors.DiskFull):
            raise DiskFull(remedy=MAKE_ROOM) from error
        raise Unavailable(remedy=SEND_AGAIN) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(remedy=SEND_AGAIN) from error
        raise


def apart(session: Session, query: Callable[[], T]) -> T:
    """Run `query` within a savepoint, so that its failure leaves the rest of the transaction whole.

    Raises QueryFailed when the database refuses it, Unavailable when the database is gone.
    """
    try:
        with session.begin_nested():
            return query()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(remedy=SEND_AGAIN) from error
        log.error("a query failed apart", error=type(error.orig).__name__)
        raise QueryFailed from error


def stand_under(connection: Session, party: int, officer: UUID | None = None) -> None:
    """Let the rest of this transaction see what party number `party` may see (work without a sign-in)."""
    connection.execute(STAND_UNDER, {"party": str(party), "officer": str(officer or "")})


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its parameters; `taken` is raised where its row breaks a rule of uniqueness."""

    text: str
    parameters: Mapping[str, Any]
    taken: type[TripointError] | None = None


def together(session: Session, statements: Sequence[Statement], *, commit: bool = False) -> list[list[dict[str, Any]]]:
    """Run statements in one exchange with the server instead of one each; gives the rows of each.

    With `commit` the transaction is committed in the same exchange: a check under load waits for the server twice, not
    seven times. Raises Unavailable when the database is gone, a statement's `taken`, or DBAPIError, as others do; then
    nothing was committed.
    """
    connection = cast("psycopg.Connection[Any]", session.connection.driver_connection)
    try:
        return exchange(
            connection, session.info, [(one.text, one.parameters) for one in statements], commit=commit
        )
    except psycopg.Error as error:
        taken = next((one.taken for one in statements if one.taken), None)
        if taken and isinstance(error, psycopg.errors.UniqueViolation):
            raise taken from error
        if connection.closed:
            session.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, psycopg.Error, hide_parameters=True, connection_invalidated=connection.closed
        ) from error
