"""Upkeep, second part."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0032_upkeep"
down_revision = "pre_0031_modi_operandi"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
