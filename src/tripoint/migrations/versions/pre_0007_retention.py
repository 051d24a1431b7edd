"""The first house: retention, and the grades that go with a record."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0007_retention"
down_revision = "pre_0006_loading"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
