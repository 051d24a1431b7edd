"""The first house: pathways of referral, and what people tell in interviews."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0019_victims_interviews"
down_revision = "pre_0018_occurrences"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
