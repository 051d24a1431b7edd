"""The first house: access."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0002_access"
down_revision = "pre_0001_roles"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
