"""Migrations are written as SQL files; this runs one.

A function that is written whole again from step to step has a file of its own in `sql/functions`, as it stands now;
a step that changes it changes that file and runs it. Earlier steps that ran it then make the later form, before the
tables it speaks of are there: bodies are not looked into while a step runs.
"""

from pathlib import Path

from alembic import op

FOLDER = Path(__file__).parent / "sql"


def run_sql_file(revision: str) -> None:
    """Run `sql/<revision>.sql` on the migration's connection, as one script."""
    run((FOLDER / f"{revision}.sql").read_text(encoding="utf-8"))


def run_functions(*names: str) -> None:
    """Make these functions as their files in `sql/functions` have them now."""
    for name in names:
        script = (FOLDER / "functions" / f"{name}.sql").read_text(encoding="utf-8")
        run(f"set check_function_bodies = off;\n{script}reset check_function_bodies;")


def run(script: str) -> None:
    """Run statements on the migration's connection."""
    connection = op.get_bind().connection.driver_connection
    if connection is None:
        raise RuntimeError("A migration needs a live connection.")
    connection.execute(script)
