"""Recovered firearms, their marks and what they meet."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0027_firearms"
down_revision = "pre_0026_marks"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
