"""The first house: the sealed audit trail."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0009_audit_sealed"
down_revision = "pre_0007_retention"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
