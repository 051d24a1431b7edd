"""What nobody needs to learn, third part."""

from tripoint.migrations.sql_files import run_functions, run_sql_file

revision = "pre_0035_leaks"
down_revision = "pre_0034_ballistics"


def upgrade() -> None:
    """Apply the SQL file of the same name, and the functions that have files of their own."""
    run_sql_file(revision)
    run_functions("sign_on", "open_glass", "open_stage")
