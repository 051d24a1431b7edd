"""The first house: an act that is sent twice is done once."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0015_once"
down_revision = "pre_0014_no_leaks"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
