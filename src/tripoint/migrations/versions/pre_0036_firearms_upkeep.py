"""Firearms, second part."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0036_firearms_upkeep"
down_revision = "pre_0035_leaks"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
