"""The first house: passkeys, one-time codes and step-up."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0011_passkeys"
down_revision = "pre_0010_sealed_fields"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
