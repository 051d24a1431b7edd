"""Functions with a file of their own are changed there alone."""

from __future__ import annotations

import re

import pytest

from tripoint.migrations.sql_files import FOLDER

OWN = sorted(path.stem for path in (FOLDER / "functions").glob("*.sql"))
STEPS = sorted(FOLDER.glob("pre_*.sql"))
VERSIONS = FOLDER.parent / "versions"


def runs(revision: str) -> set[str]:
    """The functions that a step makes from their files."""
    source = (VERSIONS / f"{revision}.py").read_text(encoding="utf-8")
    return {name for call in re.findall(r"run_functions\(([^)]*)\)", source) for name in re.findall(r'"(\w+)"', call)}


@pytest.mark.parametrize("name", OWN)
def test_a_function_with_a_file_is_written_nowhere_later(name: str) -> None:
    makers = [path.stem for path in STEPS if name in runs(path.stem)]
    assert makers, f"no step runs sql/functions/{name}.sql"
    written = re.compile(rf"create (or replace )?function {name}\(")
    later = [
        path.stem for path in STEPS if path.stem > makers[0] and written.search(path.read_text(encoding="utf-8"))
    ]
    assert not later, f"{', '.join(later)} should change sql/functions/{name}.sql and run it"
    text = (FOLDER / "functions" / f"{name}.sql").read_text(encoding="utf-8")
    assert len(written.findall(text)) == text.count("create or replace function") == 1


def test_every_step_names_files_that_are_there() -> None:
    assert OWN
    for path in STEPS:
        assert runs(path.stem) <= set(OWN), path.stem
