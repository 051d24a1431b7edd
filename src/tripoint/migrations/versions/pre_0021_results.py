"""The first house: figures with their history, and former editions."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0021_results"
down_revision = "pre_0020_operations"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
