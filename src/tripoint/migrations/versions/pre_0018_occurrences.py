"""The first house: what parties report from the field, its lines, bodies, history and links."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0018_occurrences"
down_revision = "pre_0017_audit_hours"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
