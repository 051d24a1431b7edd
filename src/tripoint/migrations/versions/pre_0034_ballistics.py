"""Exhibits, their scans, comparisons and hit links."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0034_ballistics"
down_revision = "pre_0033_operations"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
