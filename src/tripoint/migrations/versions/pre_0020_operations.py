"""The first house: an operation planned whole, and the situation reports of its parties."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0020_operations"
down_revision = "pre_0019_victims_interviews"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
