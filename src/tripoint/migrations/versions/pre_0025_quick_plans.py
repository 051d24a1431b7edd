"""The first house: searches that every check makes keep their plans."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0025_quick_plans"
down_revision = "pre_0024_room"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
