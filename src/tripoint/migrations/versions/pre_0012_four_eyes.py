"""The first house: devices, four eyes and break-glass."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0012_four_eyes"
down_revision = "pre_0011_passkeys"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
