"""A reference of makes and models in the shape of the Firearms Reference Table, as a user has it (CSV or JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tripoint.base.errors import BadInput
from tripoint.words.firearms.serials import normalise_make

MOST_BYTES = 400_000_000
LONGEST = 2_000
# Our field, and what the table and its copies call it.
NAMES: dict[str, tuple[str, ...]] = {
    "number": ("frn", "frt_ref", "number", "id"), "make": ("make",), "model": ("model",),
    "manufacturer": ("manufacturer",), "type": ("type",), "action": ("action",),
    "country": ("country", "country_of_manufacture"), "importer": ("importer",),
    "serial_numbering": ("serial_numbering",), "years": ("year_dates", "years"),
}  # fmt: skip
CALIBRE = ("calibre", "caliber", "shots", "barrel", "class")
Row = dict[str, Any]


def read_reference(content: bytes) -> list[Row]:
    """The records of a reference, each once by its number; sub-entries (`FRN-n`) become the calibres of theirs.

    JSON is an array of objects, or an object with `records`; CSV has a heading. Unknown fields are passed over. Raises
    BadInput where the file is neither, or a record has no number, make or model.
    """
    if len(content) > MOST_BYTES:
        raise BadInput("The reference is too large.", field="file", remedy="Give at most 400 MB.")
    found: dict[str, Row] = {}
    for place, raw in enumerate(records_in(content), 1):
        row = record(raw, place)
        held = found.setdefault(row["number"], row)
        if held is not row:
            held["calibres"] += row["calibres"]
    return list(found.values())


def records_in(content: bytes) -> Iterator[Mapping[str, Any]]:
    """The records as they stand in the file. Raises BadInput."""
    try:
        text = content.decode("utf-8-sig")
        if text.lstrip()[:1] not in ("[", "{"):
            yield from csv.DictReader(io.StringIO(text))
            return
        said = json.loads(text)
    except (ValueError, csv.Error, RecursionError) as error:
        raise BadInput("The reference cannot be read.", field="file", remedy="Give CSV or JSON in UTF-8.") from error
    records = said.get("records") if isinstance(said, dict) else said
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise BadInput("The reference holds no list of records.", field="file", remedy="Give an array of objects.")
    yield from records


def record(raw: Mapping[str, Any], place: int) -> Row:
    """One record in our form. Raises BadInput naming its place."""
    named = {str(name).strip().casefold().replace(" ", "_"): value for name, value in raw.items() if name}
    row: Row = {name: text_in(named, theirs) for name, theirs in NAMES.items()}
    for name in ("number", "make", "model"):
        if not row[name]:
            raise BadInput(f"Record {place} has no {name}.", field=name, remedy="Complete it, or leave it out.")
    row["number"] = row["number"].partition("-")[0]
    entries = named.get("entries") or named.get("sub_entries")
    parts = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else [named]
    calibres = [{name: str(one[name])[:100] for name in CALIBRE if one.get(name)} for one in parts]
    also = named.get("cross_references")
    return {
        **row, "make_id": normalise_make(row["make"]), "calibres": [one for one in calibres if one],
        "also": [str(one)[:100] for one in also] if isinstance(also, list) else [],
    }  # fmt: skip


def text_in(named: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these fields that says something."""
    return next((str(named[name]).strip()[:LONGEST] for name in names if str(named.get(name) or "").strip()), None)
