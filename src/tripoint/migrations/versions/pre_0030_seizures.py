"""Items of seizures, valuations, candidates of doubles."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0030_seizures"
down_revision = "pre_0029_dealers"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
