"""A mark as it stands on metal, read into the forms in which it is compared; what was written is never changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tripoint.engines.marks.folding import fold
from tripoint.words.firearms.recovery import ReadingMethod
from tripoint.words.firearms.serials import LEAD, normalise_serial
from tripoint.words.names import latin

LONGEST_RAW = 200
PRIVATELY_MADE = re.compile(r"^\s*\d{8}\s*-\s*(?=\S)")  # first three and last five of a licence, then a number (US)


class Script(StrEnum):
    """The alphabet of a mark (EU 2019/68 allows Latin, Cyrillic and Greek)."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    MIXED = "mixed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PositionRead:
    """What an examiner saw at one position, counted from 1: the characters it may be, none where it is ground off."""

    position: int
    candidates: str = ""
    confidence: float | None = None
    examiner: str | None = None
    method: ReadingMethod = ReadingMethod.VISUAL

    def __post_init__(self) -> None:
        if self.position < 1:
            raise ValueError("counts positions from 1")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise ValueError("has a confidence between 0 and 1")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: as written, its alphabet, in Latin capitals and digits, and folded; `keys` are all it is found by."""

    raw: str
    script: Script
    normal: str
    fold: str
    keys: tuple[str, ...]
    privately_made: bool = False

    @property
    def without_zeros(self) -> str:
        """The normal form without leading zeros, or as it is where nothing else would be left."""
        return self.normal.lstrip("0") or self.normal


def read_marks(raw: str) -> tuple[Mark, ...]:
    """The marks in what is written, in their order: several serials of one gun are parted by semicolons.

    Raises ValueError where nothing can be read, or a mark has more than 40 letters and digits.
    """
    if len(raw) > LONGEST_RAW:
        raise ValueError(f"has {len(raw)} characters; at most {LONGEST_RAW} are possible")
    parts = [part.strip() for part in raw.split(";") if part.strip()]
    return tuple(read_mark(part) for part in parts or [raw])


def read_mark(raw: str) -> Mark:
    """One mark. Raises ValueError as `read_marks`."""
    normal, script = normalise_serial(raw), script_of(raw)
    made_privately = PRIVATELY_MADE.match(raw) is not None
    keys = [normal]
    if made_privately:
        keys.append(normalise_serial(PRIVATELY_MADE.sub("", raw)))
    if script is not Script.LATIN:
        keys += by_sound(raw)
    return Mark(raw, script, normal, fold(normal), tuple(dict.fromkeys(keys)), made_privately)


def by_sound(raw: str) -> list[str]:
    """The letters of another alphabet as they sound, where that differs from what they look like."""
    written = latin(LEAD.sub("", unicodedata.normalize("NFKC", raw))).upper()
    try:
        return [normalise_serial(written)]
    except ValueError:
        return []


def script_of(raw: str) -> Script:
    """The alphabet of the letters; Latin where there are none."""
    if raw.isascii():
        return Script.LATIN
    letters = [unicodedata.name(one, "").split(" ")[0] for one in unicodedata.normalize("NFKC", raw) if one.isalpha()]
    found = {Script(name.lower()) if name.lower() in set(Script) else Script.OTHER for name in letters}
    return found.pop() if len(found) == 1 else Script.MIXED if found else Script.LATIN


def pattern_of(readings: Iterable[PositionRead]) -> str:
    """What an examiner read position by position as a pattern: one candidate, several in brackets, none as `?`.

    Positions nobody speaks of are unknown. Raises ValueError where a position is told twice or there is none.
    """
    told: dict[int, str] = {}
    for one in readings:
        if one.position in told:
            raise ValueError(f"tells position {one.position} twice")
        seen = normalise_serial(one.candidates) if one.candidates.strip() else ""
        told[one.position] = seen if len(seen) == 1 else f"[{seen}]" if seen else "?"
    if not told:
        raise ValueError("tells of no position")
    return "".join(told.get(at, "?") for at in range(1, max(told) + 1))
