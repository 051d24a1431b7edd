"""Which column of a file is which of ours: guessed from headings of five languages, or as somebody says."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tripoint.engines.books.model import Book, Order


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours: how its cells are read, whether a row needs it, and the headings it is known by, folded."""

    name: str
    type: str  # key, text, name, serial, make, date, number, flag
    required: bool
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one file is read: what it holds, ours by the file's columns, and the order of its dates (None: as found)."""

    book: Book
    columns: Mapping[str, str]
    order: Order | None = None


@cache
def columns(book: Book) -> tuple[Column, ...]:
    """Our columns of a book, in their order."""
    lines = resources.files("tripoint.engines.books").joinpath("columns.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Column(row["column"], row["type"], row["required"] == "yes",
               tuple(dict.fromkeys([folded(row["column"]), *map(folded, row["headers"].split("|"))])))
        for row in csv.DictReader(lines) if row["book"] == book
    )  # fmt: skip


def folded(heading: str) -> str:
    """A heading in small plain letters and digits, parted by single blanks: `N.º de Série` is `n de serie`."""
    plain = unicodedata.normalize("NFKD", heading.replace("º", "").replace("°", "").replace("\ufeff", ""))
    kept = "".join("" if unicodedata.combining(sign) else sign if sign.isalnum() else " " for sign in plain)
    return " ".join(kept.casefold().split())


def guessed(file: str, headings: Sequence[str]) -> FileMapping | None:
    """What a file holds and by which columns; None where its required columns are nowhere.

    The name of the file weighs as a hint; otherwise the book of which most columns are there.
    """
    found = [(score(file, book, matched), book, matched) for book in Book if (matched := match(book, headings))]
    if not found:
        return None
    _, book, matched = max(found, key=lambda one: one[0])
    return FileMapping(book, matched)


HINTS = {
    Book.ACQUISITION: ("acqui", "adqui", "aquisi", "intake", "entrada", "bought"),
    Book.DISPOSITION: ("dispos", "sale", "sold", "venta", "venda", "salida", "saida", "vente"),
    Book.LICENSEE: ("licen",), Book.INSPECTION: ("inspec",), Book.STOCK: ("stock", "invent", "estoque", "existencia"),
    Book.PERMIT: ("permi", "autoriz"), Book.MANIFEST: ("manif", "shipment", "import"),
    Book.THEFT: ("theft", "stolen", "loss", "robo", "furto", "vol"),
    Book.RECOVERY: ("recover", "seiz", "incaut", "apreen", "hallazg", "saisie"),
    Book.TOWN: ("town", "ciudad", "cidade"),
}  # fmt: skip


def score(file: str, book: Book, matched: Mapping[str, str]) -> tuple[bool, int, float]:
    """How well a file fits a book: by its name, then by how many of the book's columns it has."""
    named = any(hint in folded(file) for hint in HINTS[book])
    return named, len(matched), len(matched) / len(columns(book))


def match(book: Book, headings: Sequence[str]) -> dict[str, str] | None:
    """Ours by the file's columns, each of theirs used once; None where one is missing that rows need."""
    theirs = {folded(heading): heading for heading in reversed(headings)}
    matched: dict[str, str] = {}
    for column in columns(book):
        heading = next((known for known in column.headings if known in theirs), None)
        if heading is not None:
            matched[column.name] = theirs.pop(heading)
        elif column.required:
            return None
    return matched


def read_mapping(data: Any, headings: Mapping[str, Sequence[str]]) -> dict[str, FileMapping]:
    """A mapping file as JSON: `{"files": {"name.csv": {"book": ..., "columns": {ours: theirs}, "dates": ...}}}`.

    `headings` are those of each file. Raises ValueError naming the file and what is wrong.
    """
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict):
        raise ValueError('the mapping needs {"files": {"name.csv": {"book": ..., "columns": {...}}}}')
    return {name: one_mapping(name, said, headings[name]) for name, said in files.items() if name in headings}


def one_mapping(name: str, said: Any, headings: Sequence[str]) -> FileMapping:
    """The mapping of one file. Raises ValueError."""
    if not isinstance(said, dict) or said.get("book") not in [one.value for one in Book]:
        raise ValueError(f"{name}: book must be one of {', '.join(Book)}")
    book, chosen = Book(said["book"]), said.get("columns")
    if not isinstance(chosen, dict) or not all(isinstance(one, str) for one in chosen.values()):
        raise ValueError(f"{name}: columns must give the file's column for each of ours")
    known = {column.name: column for column in columns(book)}
    if strange := sorted(set(chosen) - set(known)):
        raise ValueError(f"{name}: no such column of {book}: {', '.join(strange)}; there are {', '.join(known)}")
    if absent := sorted(set(chosen.values()) - set(headings)):
        raise ValueError(f"{name} has no column {', '.join(absent)}; it has {', '.join(headings)}")
    if lacking := [column.name for column in known.values() if column.required and column.name not in chosen]:
        raise ValueError(f"{name}: {book} needs {', '.join(lacking)}")
    if said.get("dates") not in [None, *(one.value for one in Order)]:
        raise ValueError(f"{name}: dates must be one of {', '.join(Order)}")
    return FileMapping(book, dict(chosen), Order(said["dates"]) if said.get("dates") else None)
