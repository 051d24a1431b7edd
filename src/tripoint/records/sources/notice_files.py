"""Files of notices as people save them: a page of the public interface, one notice, an array, or one per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tripoint.records.sources.outcomes import BadRow, excerpt

LARGEST_WHOLE = 256 << 20
LONGEST_LINE = 1 << 22
ONE_PER_LINE = "write one notice per line (JSON lines)"
REMEDY = f"save the answer of the interface as it is, or {ONE_PER_LINE}"

Entry = dict[str, Any]


def read_entries(stream: BinaryIO) -> Iterator[tuple[int, Entry] | BadRow]:
    """Yield `(line or place in the list, notice)`; never raises for what the bytes say.

    Lines are streamed; any other file is held in memory and may have 256 MiB.
    """
    first = stream.readline(LONGEST_LINE)
    rest = first and stream.readline(LONGEST_LINE)
    if rest and rest.strip() and is_whole(first):
        yield from lines_of(first, rest, stream)
        return
    text = first + rest + stream.read(LARGEST_WHOLE)
    if stream.read(1):
        yield BadRow(1, "file", "is larger than 256 MiB", ONE_PER_LINE, fatal=True)
        return
    found = parsed(text)
    if isinstance(found, str):
        yield BadRow(1, "file", found, REMEDY, excerpt(text[:200].decode("utf-8", "replace")), fatal=True)
        return
    for place, entry in enumerate(notices_in(found), 1):
        yield entry_at(place, entry)


def lines_of(first: bytes, second: bytes, stream: BinaryIO) -> Iterator[tuple[int, Entry] | BadRow]:
    """One value a line: a notice, or a whole page of them."""
    number = 0
    line = first
    while line:
        number += 1
        if line.strip():
            yield from line_entries(number, line)
        if not line.endswith(b"\n"):
            skip_line(stream, line)
        line, second = (second, b"") if second else (stream.readline(LONGEST_LINE), b"")


def line_entries(number: int, line: bytes) -> Iterator[tuple[int, Entry] | BadRow]:
    """The notices of one line."""
    found = parsed(line)
    if isinstance(found, str):
        yield BadRow(number, "line", found, ONE_PER_LINE, excerpt(line[:200].decode("utf-8", "replace")))
        return
    for entry in notices_in(found):
        yield entry_at(number, entry)


def skip_line(stream: BinaryIO, line: bytes) -> None:
    """Read on to the next line break when a line was longer than allowed."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(LONGEST_LINE)


def entry_at(place: int, entry: Any) -> tuple[int, Entry] | BadRow:
    """A numbered notice, or what stood there instead."""
    if isinstance(entry, dict):
        return place, entry
    return BadRow(place, "notice", "is no JSON object", REMEDY, excerpt(str(entry)[:200]))


def is_whole(line: bytes) -> bool:
    """Whether one line is a JSON value by itself."""
    return not isinstance(parsed(line), str)


def parsed(text: bytes) -> Any:
    """The object or array a text holds, or a sentence that says why there is none."""
    try:
        found = json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "holds bytes that are not UTF-8"
    except ValueError as error:
        return f"is no JSON ({error})"[:200]
    except RecursionError:
        return "is nested too deeply"
    return found if isinstance(found, dict | list) else "is neither a notice nor a list of notices"


def notices_in(found: Any) -> list[Any]:
    """The notices of a page, of an array (of notices or pages), or the one notice there is.

    Each notice of a page that has no address of its own gets the page's, which tells its colour.
    """
    if isinstance(found, list):
        return [notice for each in found for notice in (notices_in(each) if isinstance(each, dict) else [each])]
    if "_embedded" not in found:
        return [found]
    embedded = found["_embedded"]
    listed = embedded.get("notices") if isinstance(embedded, dict) else None
    if not isinstance(listed, list):
        return [None]
    links = found.get("_links")
    return [{"_links": links, **each} if isinstance(each, dict) else each for each in listed]
