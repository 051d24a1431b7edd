"""The first house: search."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0005_search"
down_revision = "pre_0004_checks"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
