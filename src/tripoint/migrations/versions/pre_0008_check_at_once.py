"""The first house: a check in fewer steps."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0008_check_at_once"
down_revision = "pre_0007_retention"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
