"""Invented books as files: CSV with English, Spanish and Portuguese headings, a workbook, Parquet, a few broken rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tripoint.demo.books.inventing_store import COLUMNS, Connection, invent_books, size_of
from tripoint.demo.books.planting import Garden, plant_all

NOTE = "Invented books of invented dealers and people; nobody in them exists."
SPANISH = {
    "dealer": "Licencia comerciante", "day": "Fecha", "serial": "N.º de serie", "make": "Marca", "model": "Modelo",
    "type": "Tipo", "calibre": "Cal.", "importer": "Importador", "source_name": "Proveedor",
    "source_licence": "Licencia del proveedor", "document": "Factura", "entered": "Fecha de registro", "entry": "Asiento",
    "buyer_licence": "Licencia del comprador", "buyer_name": "Comprador", "buyer_document": "Documento del comprador",
    "buyer_born": "Nacimiento", "address": "Domicilio", "phone": "Teléfono", "payer": "Pagado por",
    "payment": "Forma de pago", "town": "Localidad", "permit": "Permiso",
}  # fmt: skip
PORTUGUESE = {"dealer": "Lojista", "day": "Contado em", "serial": "Número de série", "make": "Marca", "model": "Modelo"}
ENGLISH = {
    "dealer": "Dealer licence", "day": "Date", "serial": "Serial no", "make": "Manufacturer", "buyer_licence": "To licence",
    "buyer_name": "Sold to", "buyer_document": "Buyer document", "buyer_born": "Date of birth", "source_name": "From",
    "source_licence": "From licence", "document": "Invoice", "entered": "Date entered", "entry": "Entry no",
    "permit": "Permit no", "valid_from": "Valid from", "valid_to": "Valid to", "reported": "Reported",
    "holder_document": "Possessor document", "holder_name": "Possessor", "quantity": "Pieces",
}  # fmt: skip
OTHER = {"permit": {"holder_document": "Holder document", "holder_name": "Holder"}, "recovery": {"day": "Recovered"},
         "manifest": {"dealer": "Consignee", "day": "Shipped", "document": "Manifest"}, "theft": {"day": "Stolen"}}  # fmt: skip
BROKEN = {
    "acquisitions-north.csv": ("L-000001,2021-13-45,ABC12345,Glock", "no day", "L-000001,2021-02-03,,Glock", "no serial"),
    "dispositions-south.csv": ("L-000001", "too few cells", "", ""),
}  # fmt: skip
Tell = Callable[[str, int, int], None]


def invent(out: Path, rows: int, seed: int, tell: Tell) -> dict[str, Any]:
    """Write the books into a folder and what was planted into `planted.json` there; gives what that holds."""
    out.mkdir(parents=True, exist_ok=True)
    size = size_of(rows)
    with duckdb.connect(":memory:") as database:
        database.execute("set threads = 2")
        tell("Inventing", 0, 4)
        invent_books(database, seed, size)
        tell("Planting", 1, 4)
        garden = Garden(0, size.dealers, size.buyers, max(3, rows // 100_000), rows)
        plant_all(garden)
        for name, added in garden.tables.items():
            add(database, name, added)
        tell("Writing", 2, 4)
        written = write(database, out)
        broken = break_rows(out)
        tell("Writing", 4, 4)
        planted = {
            "note": NOTE, "seed": seed, "rows": written["acquisition"] + written["disposition"], "tables": written,
            "rules": {str(rule): cases for rule, cases in sorted(garden.planted.items())}, "broken_rows": broken,
        }  # fmt: skip
    (out / "planted.json").write_text(json.dumps(planted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return planted


def add(database: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    """Add planted rows to a table."""
    columns = [one for one in COLUMNS[name].split() if any(one in row for row in rows)]
    database.register("planted", pa.table({one: [row.get(one) for row in rows] for one in columns}))
    database.execute(f"insert into {name} by name select * from planted")  # noqa: S608 - names of ours
    database.unregister("planted")


def write(database: Connection, out: Path) -> dict[str, int]:
    """Every table as files; how many rows each has."""
    for name in ("acquisition", "disposition"):
        for part, half in (("north", "right(dealer, 1) < '5'"), ("south", "right(dealer, 1) >= '5'")):
            write_book(database, name, out / f"{name}s-{part}.csv", half, south=part == "south")
    copy(database, shown("stock", PORTUGUESE, "%d/%m/%Y"), "stock", out / "estoque.csv", "delimiter ';'")
    copy(database, shown("permit", ENGLISH | OTHER["permit"]), "permit", out / "permits.parquet", "format parquet")
    for name, file in (("inspection", "inspections"), ("manifest", "manifests"), ("theft", "thefts"),
                       ("recovery", "recoveries"), ("town", "towns")):  # fmt: skip
        copy(database, shown(name, ENGLISH | OTHER.get(name, {})), name, out / f"{file}.csv", "delimiter ','")
    workbook(database, out / "licensees.xlsx")
    return {name: count(database, name) for name in COLUMNS}


def count(database: Connection, name: str) -> int:
    """How many rows a table has."""
    return int((database.execute(f"select count(*) from {name}").fetchone() or (0,))[0])  # noqa: S608 - names of ours


def shown(name: str, headings: dict[str, str], form: str = "") -> str:
    """The columns of a table under these headings; days in this form."""
    dated = {"day", "entered", "buyer_born"}
    return ", ".join(
        f"{f'strftime({one}, {chr(39)}{form}{chr(39)})' if form and one in dated else one} as \"{headings.get(one, one)}\""
        for one in (*COLUMNS[name].split(), *(["entry"] if name in ("acquisition", "disposition") else []))
    )


def write_book(database: Connection, name: str, file: Path, half: str, *, south: bool) -> None:
    """A half of a bound book, dealer by dealer in the order of its entries, which are numbered."""
    numbered = f"(select *, row_number() over (partition by dealer order by day, serial) as entry from {name} where {half})"  # noqa: S608 - names of ours
    columns = shown(name, SPANISH, "%d/%m/%Y") if south else shown(name, ENGLISH)
    copy(database, columns, numbered, file, "delimiter ';'" if south else "delimiter ','", "order by dealer, entry")


def copy(database: Connection, columns: str, name: str, file: Path, how: str, order: str = "order by all") -> None:
    """Write a table into a file."""
    options = how if how.startswith("format") else f"format csv, header, {how}"
    target = str(file).replace("'", "''")
    database.execute(f"copy (select {columns} from {name} {order}) to '{target}' ({options})")  # noqa: S608 - names of ours


def workbook(database: Connection, file: Path) -> None:
    """The licensees as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("licensees")
    found = database.execute(f"select {shown('licensee', ENGLISH)} from licensee order by dealer, valid_from")  # noqa: S608 - names of ours
    page.append([one[0] for one in found.description or []])
    for row in found.fetchall():
        page.append(list(row))
    book.save(file)


def break_rows(out: Path) -> list[dict[str, Any]]:
    """Rows at the end of two files that no reader can take: a day that does not exist, no serial, too few cells."""
    broken = []
    for name, (first, why, second, also) in BROKEN.items():
        file = out / name
        with file.open("rb") as stream:
            wide = stream.readline().count(b";" if "south" in name else b",")
            line = 1 + sum(1 for _ in stream)
        with file.open("a", encoding="utf-8") as stream:
            for text, reason in ((first, why), (second, also)):
                if text:
                    line += 1
                    cells = "" if reason == "too few cells" else "," * (wide - text.count(","))
                    stream.write(text + cells + "\n")
                    broken.append({"file": name, "line": line, "why": reason})
    return broken
