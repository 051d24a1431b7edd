"""Pictures and modi operandi."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0031_modi_operandi"
down_revision = "pre_0030_seizures"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
