"""The first house: what keeping the hub still lacked."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0023_upkeep"
down_revision = "pre_0022_batches"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
