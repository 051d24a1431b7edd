"""Marks of listed firearms by all their keys."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0026_marks"
down_revision = "pre_0025_quick_plans"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
