"""A country's own list of stolen, lost, revoked and invalid travel documents (CSV or XLSX)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from tripoint.records.model import TravelDocument
from tripoint.records.sources.mapping import OURS, Mapping
from tripoint.records.sources.objects import (
    LONGEST_TEXT,
    Field,
    Table,
    begin,
    country_in,
    normalised,
    open_rows,
    reported_on,
    rows_through,
    translated,
)
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome
from tripoint.words.documents import DocumentStatus, DocumentType, normalise_number

ONLY_ISSUER = "only the issuing country adds a travel document; send this one to the country that issued it"


def read_documents(stream: BinaryIO, owner: str, mapping: Mapping = OURS) -> Iterator[Outcome]:
    """Yield each document. `owner` is the loading country's three-letter code; another issuer's document is refused.

    Without an issuer column every document is the owner's own.
    """
    fields = (
        Field("number", None), Field("issuer", owner), Field("type", None), Field("status", None), Field("reported"),
        Field("circumstances"),
    )  # fmt: skip
    table = begin(open_rows(stream, mapping), mapping, fields)
    if isinstance(table, BadRow):
        yield table
        return
    yield from rows_through(table, *document_reader(table, owner, mapping))


def document_reader(
    table: Table, owner: str, mapping: Mapping
) -> tuple[Callable[[list[str]], TravelDocument], Callable[[list[str]], str]]:
    """What turns cells into a document, and into its key.

    Millions of rows go through it: places and words are looked up beforehand.
    """
    at_number, at_issuer, at_type, at_status, at_reported, at_circumstances = table.places.values()
    read_issuer = issuer_reader(owner, mapping)
    read_type = translated(
        "type", mapping, lambda word: DocumentType(word.lower()), f"write one of: {', '.join(DocumentType)}"
    )
    read_status = translated(
        "status", mapping, lambda word: DocumentStatus(word.lower()), f"write one of: {', '.join(DocumentStatus)}"
    )
    read_number = normalised("number", normalise_number)
    read_reported, complete = reported_on(mapping), table.complete

    def read(cells: list[str]) -> TravelDocument:
        cells = complete(cells)
        circumstances = cells[at_circumstances]
        if len(circumstances) > LONGEST_TEXT:
            reason = f"has {len(circumstances)} characters"
            raise Faulty("circumstances", reason, f"give at most {LONGEST_TEXT}", circumstances)
        return TravelDocument(
            read_number(cells[at_number]),
            read_issuer(cells[at_issuer]),
            read_type(cells[at_type]),
            read_status(cells[at_status]),
            read_reported(cells[at_reported]),
            circumstances or None,
        )

    def key(cells: list[str]) -> str:
        parts = (read_number(cells[at_number]), read_issuer(cells[at_issuer]), read_type(cells[at_type]))
        return "|".join(parts)

    return read, key


def issuer_reader(owner: str, mapping: Mapping) -> Callable[[str], str]:
    """A reader of the issuer that refuses every other country's documents."""
    read_country_code = country_in("issuer", mapping, needed=True)

    def read(cell: str) -> str:
        if cell == owner:
            return owner
        code = read_country_code(cell)
        if code != owner:
            raise Faulty("issuer", f"is {code}, not {owner}", ONLY_ISSUER, cell)
        return owner

    return read
