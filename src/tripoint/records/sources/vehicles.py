"""A party's own list of vehicles (CSV or XLSX)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from tripoint.records.model import Vehicle
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
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome
from tripoint.words.vehicles import VehicleStatus, normalise_plate, normalise_vin

FIELDS = (
    Field("status", None), Field("vin"), Field("plate"), Field("country"), Field("make"), Field("model"),
    Field("colour"), Field("reported"),
)  # fmt: skip


def read_vehicles(stream: BinaryIO, mapping: Mapping = OURS) -> Iterator[Outcome]:
    """Yield each vehicle; it needs an identification number, or a plate with its country, or both."""
    table = begin(open_rows(stream, mapping), mapping, FIELDS)
    if isinstance(table, BadRow):
        yield table
        return
    yield from rows_through(table, *vehicle_reader(table, mapping))


def vehicle_reader(table: Table, mapping: Mapping) -> tuple[Callable[[list[str]], Vehicle], Callable[[list[str]], str]]:
    """What turns cells into a vehicle, and into its key."""
    place = table.places
    read_status = translated(
        "status", mapping, lambda word: VehicleStatus(word.lower()), f"write one of: {', '.join(VehicleStatus)}"
    )
    read_vin, read_plate = normalised("vin", normalise_vin), normalised("plate", normalise_plate)
    read_country, read_reported = country_in("country", mapping), reported_on(mapping)
    read_make, read_model, read_colour = (words_in(name, mapping) for name in ("make", "model", "colour"))

    def read(cells: list[str]) -> Vehicle:
        cells = table.complete(cells)
        vin, plate = cells[place["vin"]].strip(), cells[place["plate"]].strip()
        country = read_country(cells[place["country"]])
        if not vin and not (plate and country):
            raise Faulty("vin", "is empty, and so is plate or country", "give a VIN, or a plate with its country")
        return Vehicle(
            read_status(cells[place["status"]]),
            read_vin(vin) if vin else None,
            read_plate(plate) if plate else None,
            country,
            read_make(cells[place["make"]]),
            read_model(cells[place["model"]]),
            read_colour(cells[place["colour"]]),
            read_reported(cells[place["reported"]]),
        )

    def key(cells: list[str]) -> str:
        if vin := cells[place["vin"]].strip():
            return read_vin(vin)
        return f"{read_country(cells[place['country']])}|{read_plate(cells[place['plate']])}"

    return read, key
