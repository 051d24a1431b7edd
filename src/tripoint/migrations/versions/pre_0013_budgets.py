"""The first house: budgets of reading."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0013_budgets"
down_revision = "pre_0012_four_eyes"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
