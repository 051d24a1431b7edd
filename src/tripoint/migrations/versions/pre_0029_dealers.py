"""Licensees, bound books, inspections, indicators."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0029_dealers"
down_revision = "pre_0028_tracing"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
