"""Loading lists: a place where rows wait until they are merged."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0006_loading"
down_revision = "pre_0005_search"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
