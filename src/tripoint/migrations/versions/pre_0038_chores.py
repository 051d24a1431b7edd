"""Chores that look only at what is due."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0038_chores"
down_revision = "pre_0037_operations_upkeep"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
