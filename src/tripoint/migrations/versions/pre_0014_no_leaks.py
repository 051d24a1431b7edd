"""The first house: what the proofs of non-interference asked for."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0014_no_leaks"
down_revision = "pre_0013_budgets"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
