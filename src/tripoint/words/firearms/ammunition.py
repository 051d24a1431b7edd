"""Ammunition and magazines: headstamps taken apart, lots, and what a magazine holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tripoint.words.firearms.calibres import CalibreReading, read_calibre

LONGEST = 60
YEAR = re.compile(r"(?:19|20)\d\d")
SHORT_YEAR = re.compile(r"\d\d")


class RoundState(StrEnum):
    """What state rounds are in."""

    LIVE = "live"
    SPENT = "spent"
    RELOADED = "reloaded"
    BLANK = "blank"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Headstamp:
    """What stands on the base of a case, read clockwise. `year` only where the stamp names one; None else.

    `parts` are the words as stamped, in capitals; none of them is ever changed into another.
    """

    marked: str
    parts: tuple[str, ...]
    calibre: CalibreReading | None
    year: int | None


@dataclass(frozen=True, slots=True)
class AmmunitionLot:
    """Rounds of one kind held as one line: however many, they are one lot and no rows.

    `rounds` is how many; `lot` the maker's lot number as printed on the packaging; empty where none is.
    """

    calibre: CalibreReading
    rounds: int
    state: RoundState
    headstamp: Headstamp | None = None
    lot: str = ""
    packaging: str = ""

    def __post_init__(self) -> None:
        if self.rounds < 1:
            raise ValueError("a lot has one round or more")


@dataclass(frozen=True, slots=True)
class Magazine:
    """A magazine: for what calibre, how many rounds it takes, its own mark. Never counted as a firearm."""

    calibre: CalibreReading
    capacity: int | None = None
    mark: str = ""


def read_headstamp(text: str) -> Headstamp:
    """A headstamp as its parts. Raises ValueError for none, and for more than 60 characters.

    A year is taken from four digits, else from two only where a maker's letters stand beside them: `12 12` is a gauge.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        raise ValueError("holds nothing; write what is stamped, clockwise from the top")
    if len(plain) > LONGEST:
        raise ValueError(f"has {len(plain)} characters; at most {LONGEST} are possible")
    parts = tuple(part for part in re.split(r"[\s·•|/]+", plain.upper()) if part)
    said = [found for found in map(read_calibre, windows(parts)) if found.calibre_id]
    year = year_of(parts)
    calibre = max(said, key=lambda found: found.confidence, default=None)  # of equals the longest run comes first
    return Headstamp(plain, parts, None if calibre and calibre.marked == str(year)[2:] else calibre, year)


def windows(parts: tuple[str, ...]) -> list[str]:
    """Runs of neighbouring parts, the longest first: a calibre may stand in two of them."""
    sizes = range(len(parts), 0, -1)
    return [" ".join(parts[at : at + size]) for size in sizes for at in range(len(parts) - size + 1)]


def year_of(parts: tuple[str, ...]) -> int | None:
    """The year that a stamp names."""
    full = [int(part) for part in parts if YEAR.fullmatch(part)]
    if full:
        return full[0]
    short = [part for part in parts if SHORT_YEAR.fullmatch(part)]
    letters = any(part.isalpha() for part in parts)
    if len(short) == 1 and letters and len(parts) == 2:
        return 1900 + int(short[0]) if int(short[0]) > 30 else 2000 + int(short[0])
    return None


def lot_key(text: str) -> str:
    """A lot number for comparison: capitals and digits, without separators; leading zeros stay."""
    return re.sub(r"[^0-9A-Z]+", "", unicodedata.normalize("NFKC", text).upper())
