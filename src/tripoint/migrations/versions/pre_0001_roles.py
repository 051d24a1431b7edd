"""The first house: roles."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0001_roles"
down_revision = None


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
