"""The first house: records."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0003_records"
down_revision = "pre_0002_access"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
