"""Files read row by row: lines told as a spreadsheet counts them, faults named, dates either way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripoint.engines.books.model import Book, Order
from tripoint.engines.books.single_store import ReadFile, file_rows
from tripoint.words.firearms import normalise_make

HEAD = "Dealer;Date;Serial;Make;Entered\n"


def reading(tmp_path: Path, text: str | bytes, name: str = "acquisitions.csv") -> ReadFile:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file_rows(path, name, None, normalise_make)


def test_lines_are_told_past_breaks_blank_lines_and_rows_too_short(tmp_path: Path) -> None:
    found = reading(tmp_path, HEAD + 'L-1;2021-01-02;"A\n1";Glock;\n\nL-1;2021-01-03\nL-1;2021-01-04;B2;Glock;\n')
    assert [row.line for row in found.rows] == [2, 6]
    assert [(one.line, one.why) for one in found.refused] == [(5, "has 2 cells, the heading 5")]


def test_a_plain_file_with_a_broken_row_tells_the_same_lines(tmp_path: Path) -> None:
    found = reading(tmp_path, HEAD + "L-1;2021-01-02;A1;Glock;\nL-1\nL-1;2021-01-04;B2;Glock;\nL-1;x;B3;Glock;\n")
    assert [row.line for row in found.rows] == [2, 4]
    assert [(one.line, one.column) for one in found.refused] == [(3, ""), (5, "day")]


@pytest.mark.parametrize(
    ("days", "order", "sure"),
    [
        (("13/02/2021", "01/03/2021"), Order.DAY_FIRST, True), (("02/13/2021", "03/01/2021"), Order.MONTH_FIRST, True),
        (("01/02/2021", "03/04/2021"), Order.DAY_FIRST, False), (("2021-02-13", "2021-03-01"), Order.ISO, True),
    ],
)  # fmt: skip
def test_dates_are_read_as_the_whole_file_writes_them(
    tmp_path: Path, days: tuple[str, ...], order: Order, sure: bool
) -> None:
    found = reading(tmp_path, HEAD + "".join(f"L-1;{day};A{n};Glock;\n" for n, day in enumerate(days)))
    assert (found.order, found.sure, len(found.rows)) == (order, sure, 2)


def test_a_date_that_cannot_be_read_keeps_its_row_out_even_where_it_is_not_needed(tmp_path: Path) -> None:
    found = reading(tmp_path, HEAD + "L-1;2021-01-02;A1;Glock;2021-99-99\n")
    assert [(one.column, one.value, one.why) for one in found.refused] == [("entered", "2021-99-99", "cannot be read")]


def test_windows_letters_are_read(tmp_path: Path) -> None:
    text = "Licencia;Fecha;N.º de serie;Marca\nL-1;02/01/2021;Ñ1;Glock\n"
    found = reading(tmp_path, text.encode("cp1252"), "adquisiciones.csv")
    assert found.mapping.book is Book.ACQUISITION
    assert found.rows[0].serial == "Ñ1"


def test_serials_and_makes_are_compared_in_one_form_and_kept_as_written(tmp_path: Path) -> None:
    found = reading(tmp_path, HEAD + "l-1;2021-01-02;ab-12 3;S&W;\n")
    assert (found.rows[0].dealer, found.rows[0].serial, found.rows[0].make) == ("L-1", "AB123", "smith wesson")
    assert found.rows[0].cells["serial"] == "ab-12 3"


def test_columns_of_no_book_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not those of any book"):
        reading(tmp_path, "a,b\n1,2\n", "x.csv")
