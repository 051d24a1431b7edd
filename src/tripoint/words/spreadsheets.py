"""Text that goes into a spreadsheet as text: no cell of ours is ever taken for a formula.

A spreadsheet program carries out a cell that begins with one of a few signs (CWE-1236; OWASP, "CSV injection"). It
also begins a new cell at a separator of its own choice, whatever the file meant: a semicolon in half of the world's
settings. So every place where a program could see the beginning of a cell is made safe, by an apostrophe before the
sign. `meant_by` takes the apostrophes off again, so that a list written here is read here as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"  # and their wide forms, which some programs read alike
SEPARATORS = ";\t\r\n"
# Passed over on the way to the sign: blanks, marks without width, quotation marks, and the separators themselves.
PASSED = r"\s\"';\x00\u200b-\u200f\u2060\ufeff"
SIGN = re.compile(f"[{SIGNS}]")
# The look behind lets a run be tried from its beginning only: the work grows with the text and no faster.
BEFORE_SIGN = re.compile(f"(?<![{PASSED}])([{PASSED}]*)(?=[{SIGNS}])")
APOSTROPHE = "'"
# A tab, carriage return or NUL at the very beginning is marked whatever follows (OWASP ASVS 5.0, 1.2.10).
BEGINNING = re.compile(r"'*[\t\r\x00]")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before each sign that could begin a formula; any other text as it is."""
    safe = BEFORE_SIGN.sub(made_safe, text) if SIGN.search(text) else text
    return APOSTROPHE + safe if BEGINNING.match(safe) else safe


def meant_by(cell: str) -> str:
    """What `safe_cell` was given: the same text without the apostrophes it put in."""
    if APOSTROPHE not in cell:
        return cell
    plain = cell.removeprefix(APOSTROPHE) if BEGINNING.match(cell) else cell
    return BEFORE_SIGN.sub(made_plain, plain) if SIGN.search(plain) else plain


def safe_row(values: Iterable[object]) -> list[str]:
    """A row for a CSV writer: numbers as they are, nothing for None, all else as safe text."""
    return [written(value) for value in values]


def written(value: object) -> str:
    """One value as a cell."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) else safe_cell(str(value))


def made_safe(found: re.Match[str]) -> str:
    """The run before a sign, closed by an apostrophe where a cell could begin in it."""
    return found[1] + APOSTROPHE if begins_a_cell(found) else found[1]


def made_plain(found: re.Match[str]) -> str:
    """The run before a sign as it was before `made_safe`."""
    return found[1].removesuffix(APOSTROPHE) if begins_a_cell(found) else found[1]


def begins_a_cell(found: re.Match[str]) -> bool:
    """Whether some program could see the sign as the first of a cell."""
    return found.start() == 0 or any(separator in found[1] for separator in SEPARATORS)
