"""Bring a database to the newest shape; safe to run by many processes at once."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tripoint.base.database import driver_address

MIGRATIONS = Path(__file__).parent.parent / "migrations"
ONE_AT_A_TIME = 7_261_001  # the advisory lock that migrations hold


def configuration() -> Config:
    """Alembic's settings, made in code so that an installed wheel needs no file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(admin_address: str) -> None:
    """Apply every migration that is missing, in one transaction each run.

    `admin_address` names a role that owns the tables and may create roles; the application never uses it.
    """
    engine = create_engine(driver_address(admin_address), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.execute(text("grant select on alembic_version to tripoint_app, tripoint_relay"))
    engine.dispose()


def newest_revision() -> str:
    """The revision this code expects the database to be at."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    if head is None:
        raise RuntimeError("No migrations are packed with this installation.")
    return head
