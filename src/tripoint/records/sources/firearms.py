"""A party's own list of firearms (CSV or XLSX)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from tripoint.records.model import Firearm
from tripoint.records.sources.mapping import OURS, Mapping
from tripoint.records.sources.objects import (
    Field,
    Table,
    begin,
    country_in,
    normalised,
    open_rows,
    reported_on,
    rows_through,
    translated,
    words_in,
)
from tripoint.records.sources.outcomes import BadRow, Outcome
from tripoint.words.firearms import FirearmStatus, normalise_serial

FIELDS = (
    Field("status", None), Field("serial", None), Field("make"), Field("model"), Field("calibre"), Field("country"),
    Field("reported"),
)  # fmt: skip


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
        )

    def key(cells: list[str]) -> str:
        make, model = read_make(cells[place["make"]]), read_model(cells[place["model"]])
        return f"{read_serial(cells[place['serial']])}|{make or ''}|{model or ''}"

    return read, key
