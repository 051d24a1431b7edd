"""The first house: checks."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0004_checks"
down_revision = "pre_0003_records"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
