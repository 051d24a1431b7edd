"""Operations, second part."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0033_operations"
down_revision = "pre_0032_upkeep"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
