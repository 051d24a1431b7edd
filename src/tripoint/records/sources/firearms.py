"""A party's own list of firearms (CSV or XLSX)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from tripoint.records.model import Firearm
from tripoint.records.sources.mapping import OURS, Mapping
from tripoint.records.sources.objects import (
    Field,
    Table,
    begin,
    country_in,
    day_in,
    normalised,
    open_rows,
    reported_on,
    rows_through,
    translated,
    words_in,
)
from tripoint.records.sources.outcomes import BadRow, Outcome
from tripoint.words.firearms import FirearmStatus, normalise_serial
from tripoint.words.firearms.recovery import IllicitGround
from tripoint.words.firearms.types import TYPES

FIRST_YEAR, LAST_YEAR = 1600, 2150
FIELDS = (
    Field("status", None), Field("serial", None), Field("make"), Field("model"), Field("calibre"), Field("country"),
    Field("reported"), Field("type"), Field("made_in"), Field("importer"), Field("import_country"),
    Field("import_year"), Field("illicit"), Field("other_marks"), Field("event_date"), Field("event_place"),
    Field("case_reference"), Field("recheck"),
)  # fmt: skip


def type_in(field: str, mapping: Mapping) -> Callable[[str], Any]:
    """A reader of a code of the tree of types, empty for none."""

    def convert(text: str) -> str | None:
        if text and text.casefold() not in TYPES:
            raise ValueError
        return text.casefold() or None

    return translated(field, mapping, convert, "write a type of docs/firearms.md, such as pistol_semi_automatic")


def year_in(field: str, mapping: Mapping) -> Callable[[str], Any]:
    """A reader of a year from 1600 on, empty for none."""

    def convert(text: str) -> int | None:
        year = int(text) if text else None
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError
        return year

    return translated(field, mapping, convert, "give a year of four digits")


def grounds_in(field: str, mapping: Mapping) -> Callable[[str], Any]:
    """A reader of grounds parted by commas or semicolons, empty for none."""

    def convert(text: str) -> str | None:
        said = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        return ",".join(dict.fromkeys(IllicitGround(part.lower()).value for part in said)) or None

    return translated(field, mapping, convert, f"write one or more of: {', '.join(IllicitGround)}")


MORE: dict[str, Callable[[str, Mapping], Callable[[str], Any]]] = {
    "type": type_in, "made_in": year_in, "importer": words_in, "import_country": country_in, "import_year": year_in,
    "illicit": grounds_in, "other_marks": words_in, "event_date": day_in, "event_place": words_in,
    "case_reference": words_in, "recheck": day_in,
}  # fmt: skip


def read_firearms(stream: BinaryIO, mapping: Mapping = OURS) -> Iterator[Outcome]:
    """Yield each firearm; make and model are kept as written and compared in their plain form by the checks."""
    table = begin(open_rows(stream, mapping), mapping, FIELDS)
    if isinstance(table, BadRow):
        yield table
        return
    yield from rows_through(table, *firearm_reader(table, mapping))


def firearm_reader(table: Table, mapping: Mapping) -> tuple[Callable[[list[str]], Firearm], Callable[[list[str]], str]]:
    """What turns cells into a firearm, and into its key."""
    place = table.places
    read_status = translated(
        "status", mapping, lambda word: FirearmStatus(word.lower()), f"write one of: {', '.join(FirearmStatus)}"
    )
    read_serial = normalised("serial", normalise_serial)
    read_country, read_reported = country_in("country", mapping), reported_on(mapping)
    more = tuple((name, place[name], reader(name, mapping)) for name, reader in MORE.items())
    read_make, read_model, read_calibre = (words_in(name, mapping) for name in ("make", "model", "calibre"))

    def read(cells: list[str]) -> Firearm:
        cells = table.complete(cells)
        return Firearm(
            read_status(cells[place["status"]]),
            read_serial(cells[place["serial"]]),
            read_make(cells[place["make"]]),
            read_model(cells[place["model"]]),
            read_calibre(cells[place["calibre"]]),
            read_country(cells[place["country"]]),
            read_reported(cells[place["reported"]]),
            **{name: read_one(cells[at]) for name, at, read_one in more},
        )

    def key(cells: list[str]) -> str:
        make, model = read_make(cells[place["make"]]), read_model(cells[place["model"]])
        return f"{read_serial(cells[place['serial']])}|{make or ''}|{model or ''}"

    return read, key
