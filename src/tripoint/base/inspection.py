"""Facts about a database server that an operator should know before trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from tripoint.base.database import APPLICATION_ROLE, driver_address
from tripoint.base.errors import Unavailable

# Lists stay fast under row-level security only if these may run before it; migrations mark them where they may.
LEAKPROOF = ("ts_match_vq(tsvector,tsquery)", "texticlike(text,text)")
ABOUT_THE_SERVER = text(
    "select current_setting('server_version_num')::int / 10000 as version, clock_timestamp() as clock,"
    " r.rolname as role, r.rolsuper as superuser, r.rolbypassrls as bypasses,"
    " exists (select from pg_roles a where a.rolname = :app and pg_has_role(a.oid, 'member')) as may_act,"
    " to_regclass('alembic_version') is not null as migrated"
    " from pg_roles r where r.rolname = session_user"
)


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What one connection found. `ahead` is by how much the server's clock is ahead of ours."""

    version: int
    role: str
    superuser: bool
    bypasses_security: bool
    may_act_as_application: bool
    migrated: bool
    revision: str | None  # None also where this role may not read it
    not_leakproof: tuple[str, ...]
    ahead: timedelta


def inspect_database(address: str) -> DatabaseFacts:
    """Connect once and look, changing nothing. Raises Unavailable with the server's own words, without the password."""
    engine = create_engine(driver_address(address), poolclass=NullPool, connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as connection:
            return _look(connection)
    except SQLAlchemyError as error:
        words = " ".join(str(getattr(error, "orig", error)).split())
        raise Unavailable(f"The database does not answer: {words}.") from error
    finally:
        engine.dispose()


def _look(connection: Connection) -> DatabaseFacts:
    before = datetime.now(UTC)
    found = connection.execute(ABOUT_THE_SERVER, {"app": APPLICATION_ROLE}).one()
    ours = before + (datetime.now(UTC) - before) / 2
    slow = connection.execute(
        text("select f from unnest(cast(:wanted as text[])) f join pg_proc p on p.oid = f::regprocedure"
             " where not p.proleakproof order by f"),
        {"wanted": list(LEAKPROOF)},
    ).scalars()  # fmt: skip
    not_leakproof = tuple(slow)
    return DatabaseFacts(
        version=found.version,
        role=found.role,
        superuser=found.superuser,
        bypasses_security=found.bypasses,
        may_act_as_application=found.may_act,
        migrated=found.migrated,
        revision=_revision(connection) if found.migrated else None,
        not_leakproof=not_leakproof,
        ahead=found.clock - ours,
    )


def _revision(connection: Connection) -> str | None:
    readable = connection.execute(text("select has_table_privilege('alembic_version', 'select')")).scalar_one()
    if not readable:
        return None
    revision: str | None = connection.execute(text("select max(version_num) from alembic_version")).scalar_one()
    return revision
