"""How makers write serial numbers, from a table that people can read and mend (formats.csv)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tripoint.words.firearms.serials import normalise_make


@dataclass(frozen=True, slots=True)
class Format:
    """One form of a make's numbers: `L` a letter, `#` a digit; first and last year it was used, where known."""

    make: str
    form: str
    first: int | None
    last: int | None
    basis: str

    def fits(self, normal: str, year: int | None = None) -> bool:
        """Whether a normalised number is written so, and could be in that year."""
        in_time = year is None or ((self.first or year) <= year <= (self.last or year))
        return in_time and expression(self.form).fullmatch(normal) is not None


@lru_cache(512)
def expression(form: str) -> re.Pattern[str]:
    """A form as a regular expression over normalised numbers."""
    parts = {"L": "[A-Z]", "#": "[0-9]"}
    return re.compile("".join(parts.get(one, one) for one in form if one.isalnum() or one == "#"))


@cache
def formats() -> dict[str, tuple[Format, ...]]:
    """The forms by make."""
    table = files(__package__).joinpath("formats.csv").read_text("utf-8")
    found: dict[str, list[Format]] = {}
    for row in csv.DictReader(line for line in table.splitlines() if not line.startswith("//")):
        one = Format(row["make"], row["form"], year(row["from"]), year(row["until"]), row["basis"])
        found.setdefault(one.make, []).append(one)
    return {make: tuple(forms) for make, forms in found.items()}


def year(cell: str) -> int | None:
    """A year, None where the cell is empty."""
    return int(cell) if cell else None


def forms_of(make: str | None) -> tuple[Format, ...]:
    """The forms of a make as people write it; empty where the table has none."""
    return formats().get(normalise_make(make), ()) if make else ()


def fits(make: str | None, normal: str, in_year: int | None = None) -> bool | None:
    """Whether a make is known to write numbers so; None where the table does not know the make."""
    forms = forms_of(make)
    return any(one.fits(normal, in_year) for one in forms) if forms else None


def warning(make: str | None, normal: str, in_year: int | None = None) -> str | None:
    """What to tell whoever asks for a number that is impossible for its make; None where there is nothing to tell."""
    if fits(make, normal, in_year) is not False:
        return None
    known = ", ".join(dict.fromkeys(one.form for one in forms_of(make)))
    table = f"the table of formats ({known}; L a letter, # a digit)"
    return f"{normal} is impossible for this make by {table}: read it again"
