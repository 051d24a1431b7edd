"""Columns guessed from headings of any case and spelling, and mappings that somebody gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.engines.books.mapping import columns, folded, guessed, match, read_mapping
from tripoint.engines.books.model import Book


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_known_headings_in_any_order_are_found(data: st.DataObject) -> None:
    book = data.draw(st.sampled_from(list(Book)))
    required = [column for column in columns(book) if column.required]
    spellings = [(column.headings[0].upper(), f" {column.headings[0]}. ") for column in required]
    headings = [data.draw(st.sampled_from(one)) for one in spellings]
    shuffled = data.draw(st.permutations([*headings, "Remarks"]))
    found = match(book, shuffled)
    assert found is not None
    assert set(found) >= {column.name for column in required}
    assert len(set(found.values())) == len(found)  # no column of a file is used twice
    assert "Remarks" not in found.values()


@given(st.lists(st.text(max_size=12), max_size=8))
@settings(max_examples=60)
def test_any_headings_are_guessed_or_not_and_nothing_breaks(headings: list[str]) -> None:
    found = guessed("file.csv", headings)
    assert found is None or set(found.columns.values()) <= set(headings)


def test_headings_of_three_languages_are_the_same_book() -> None:
    for headings in (
        ["Licence", "Date acquired", "Serial no", "Manufacturer"], ["Licencia", "Fecha", "N.º de serie", "Marca"],
        ["Lojista", "Data", "Número de série", "Marca"],
    ):  # fmt: skip
        found = guessed("acquisitions.csv", headings)
        assert found is not None
        assert found.book is Book.ACQUISITION
        assert list(found.columns) == ["dealer", "day", "serial", "make"]


def test_the_name_of_the_file_decides_between_books() -> None:
    headings = ["Dealer", "Date", "Serial", "Make"]
    books = {name: guessed(name, headings) for name in ("ventas.csv", "entradas.csv")}
    assert [one.book for one in books.values() if one] == [Book.DISPOSITION, Book.ACQUISITION]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"book": "diary", "columns": {}}, "book must be one of"),
        ({"book": "town", "columns": {"town": "Nowhere", "border": "B"}}, "has no column Nowhere"),
        ({"book": "town", "columns": {"town": "T"}}, "town needs border"),
        ({"book": "town", "columns": {"town": "T", "border": "B", "x": "T"}}, "no such column"),
        ({"book": "town", "columns": {"town": "T", "border": "B"}, "dates": "backwards"}, "dates must be one of"),
    ],
)
def test_a_mapping_at_fault_says_where(said: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_mapping({"files": {"t.csv": said}}, {"t.csv": ("T", "B")})
