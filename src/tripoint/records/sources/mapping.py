"""How a party's own file maps to our fields: which column, which words for which values, dates, encoding."""

from __future__ import annotations

import codecs
import json
import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tripoint.base.errors import BadInput

PARTS = ("columns", "constants", "values", "dates", "delimiter", "encoding", "sheet")
EXAMPLE = 'see "Mapping files" in docs/loading.md'


@dataclass(frozen=True, slots=True)
class Mapping:
    """Our field to their column (`columns`) or to one value for all rows (`constants`); `values` translates words.

    `dates` is a strptime form such as `%d/%m/%Y`, None for YYYY-MM-DD. `sheet` names the sheet of a workbook.
    """

    columns: AnyMapping[str, str] = field(default_factory=dict)
    constants: AnyMapping[str, str] = field(default_factory=dict)
    values: AnyMapping[str, AnyMapping[str, str]] = field(default_factory=dict)
    dates: str | None = None
    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str | None = None


OURS = Mapping()


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a TOML or JSON file. Raises BadInput naming the part that is wrong."""
    try:
        text = path.read_text("utf-8-sig")
        found = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise BadInput(f"The mapping {path} cannot be read: {error.strerror}.", field="mapping") from error
    except ValueError as error:
        raise BadInput(f"The mapping {path} is no TOML or JSON: {error}.", field="mapping", remedy=EXAMPLE) from error
    return make_mapping(found)


def make_mapping(found: Any) -> Mapping:
    """A mapping from plain values. Raises BadInput naming the part that is wrong."""
    if not isinstance(found, dict):
        raise wrong("mapping", "is no table of parts")
    for part in found:
        if part not in PARTS:
            raise wrong(str(part), f"is no part of a mapping; the parts are {', '.join(PARTS)}")
    values = found.get("values", {})
    if not isinstance(values, dict):
        raise wrong("values", "is no table")
    return Mapping(
        columns=words("columns", found.get("columns", {})),
        constants=words("constants", found.get("constants", {})),
        values={name: words(f"values.{name}", each) for name, each in values.items()},
        dates=word("dates", found.get("dates")),
        delimiter=one_character(found.get("delimiter", ",")),
        encoding=known_encoding(found.get("encoding", "utf-8")),
        sheet=word("sheet", found.get("sheet")),
    )


def wrong(part: str, why: str) -> BadInput:
    """The error for one part."""
    return BadInput(f"In the mapping, {part!r} {why}.", field=part, remedy=EXAMPLE)


def words(part: str, found: Any) -> dict[str, str]:
    """A table of texts; whole numbers are taken as text."""
    if not isinstance(found, dict) or not all(isinstance(each, str | int) for each in found.values()):
        raise wrong(part, "is no table of texts")
    return {str(name): str(each) for name, each in found.items()}


def word(part: str, found: Any) -> str | None:
    """A text or nothing."""
    if found is not None and not isinstance(found, str):
        raise wrong(part, "is no text")
    return found


def one_character(found: Any) -> str:
    """A delimiter; the word `tab` may be written."""
    text = "\t" if found in ("tab", "\\t") else found
    if not isinstance(text, str) or len(text) != 1 or text in '"\r\n\0':
        raise wrong("delimiter", "is not one character")
    return text


def known_encoding(found: Any) -> str:
    """An encoding in which a line break is one byte."""
    try:
        if isinstance(found, str) and "\n".encode(found) == b"\n" and codecs.lookup(found)._is_text_encoding:
            return found
    except LookupError:
        pass
    raise wrong("encoding", "is no encoding we can read line by line; save the file as UTF-8")
