"""Trace requests, their steps and answers."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0028_tracing"
down_revision = "pre_0027_firearms"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
