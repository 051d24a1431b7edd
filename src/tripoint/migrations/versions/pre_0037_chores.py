"""Chores that look only at what is due."""

from tripoint.migrations.sql_files import run_functions, run_sql_file

revision = "pre_0037_chores"
down_revision = "pre_0036_firearms_upkeep"


def upgrade() -> None:
    """Apply the SQL file of the same name, and the function that has a file of its own."""
    run_sql_file(revision)
    run_functions("marks_to_meet")
