"""The first house: many checks in one exchange."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0022_batches"
down_revision = "pre_0021_results"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
