"""The first house: people's requests about data held on them."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0016_subjects"
down_revision = "pre_0015_once"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
