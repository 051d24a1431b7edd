"""The first house: what the operations room counts, summed by the hour."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0024_room"
down_revision = "pre_0023_upkeep"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
