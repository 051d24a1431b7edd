"""How Han characters are read in each language, from the table beside this file (see tools/make_han.py)."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this file, its notice left out."""
    lines = resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def tables() -> dict[str, dict[str, str]]:
    """For each language a reading for each character; `mandarin2` has second readings, `simplified`, `full` forms."""
    found: dict[str, dict[str, str]] = {}
    for row in rows_of("han.csv"):
        language = row["language"] + (row["rank"] if row["rank"] != "1" else "")
        table = found.setdefault(language, {})
        if language == "simplified":
            table.update(zip(row["characters"], row["reading"], strict=True))
            found.setdefault("full", {}).update(zip(row["reading"], row["characters"], strict=True))
        else:
            table.update(dict.fromkeys(row["characters"], row["reading"]))
    return found
