"""Migrations are written as SQL files; this runs one."""

from pathlib import Path

from alembic import op

FOLDER = Path(__file__).parent / "sql"


def run_sql_file(revision: str) -> None:
    """Run `sql/<revision>.sql` on the migration's connection, as one script."""
    script = (FOLDER / f"{revision}.sql").read_text(encoding="utf-8")
    connection = op.get_bind().connection.driver_connection
    if connection is None:
        raise RuntimeError("A migration needs a live connection.")
    connection.execute(script)
