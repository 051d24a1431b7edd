"""What nobody needs to learn, third part."""

from tripoint.migrations.sql_files import run_sql_file

revision = "pre_0035_leaks"
down_revision = "pre_0034_ballistics"


def upgrade() -> None:
    """Apply the SQL file of the same name."""
    run_sql_file(revision)
