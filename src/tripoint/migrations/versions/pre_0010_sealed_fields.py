"""The first house: sealed fields, and clocks of retention that erase."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0010_sealed_fields"
down_revision = "pre_0009_audit_sealed"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
