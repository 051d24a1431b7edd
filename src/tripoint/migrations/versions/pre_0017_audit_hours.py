"""The first house: parties see of the sealed trail what was published, and fillers round it up."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0017_audit_hours"
down_revision = "pre_0016_subjects"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
