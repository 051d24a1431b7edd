"""Any bytes may come as a table; only the bad line is lost."""

import io

from hypothesis import given, strategies as st

from tripoint.records.sources.outcomes import BadRow
from tripoint.records.sources.tabular import BLOCK, LONGEST_LINE, as_rows, read_table


def rows(data: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[tuple[int, list[str]] | BadRow]:
    return list(read_table(io.BytesIO(data), delimiter, encoding))


def test_plain_rows_and_byte_order_mark() -> None:
    assert rows(b"\xef\xbb\xbfa,b\r\n1,2\r\n\r\n3,4") == [(1, ["a", "b"]), (2, ["1", "2"]), (4, ["3", "4"])]


def test_cells_with_delimiters_and_line_breaks() -> None:
    assert rows(b'a,b\n"x, y","one\ntwo"\nc,d\n') == [(1, ["a", "b"]), (2, ["x, y", "one\ntwo"]), (4, ["c", "d"])]


def test_formulas_are_data() -> None:
    assert rows(b"=cmd|' /C calc'!A0,+1\n") == [(1, ["=cmd|' /C calc'!A0", "+1"])]


def test_broken_utf8_costs_one_line() -> None:
    found = rows(b"a\n\xff\xfe\nb\n")
    assert found[0] == (1, ["a"])
    assert found[2] == (3, ["b"])
    bad = found[1]
    assert isinstance(bad, BadRow)
    assert (bad.line, bad.field) == (2, "line")
    assert "encoding" in bad.reason
    assert "UTF-8" in bad.remedy


def test_nul_costs_one_line() -> None:
    found = rows(b"a\nx\0y\nb\n")
    assert [each for each in found if not isinstance(each, BadRow)] == [(1, ["a"]), (3, ["b"])]


def test_an_open_quotation_mark_costs_one_line() -> None:
    body = b"".join(b"%d,ok\n" % number for number in range(50))
    found = rows(b'a,b\n"open,x\n' + body)
    assert sum(isinstance(each, BadRow) for each in found) == 1
    assert len(found) == 52


def test_a_line_without_end_costs_one_line_and_no_memory() -> None:
    found = rows(b"a\n" + b"x" * (BLOCK * 3) + b"\nb\n")
    assert [isinstance(each, BadRow) for each in found] == [False, True, False]


def test_a_long_line_is_bad() -> None:
    found = rows(b"x" * (LONGEST_LINE + 5) + b"\n")
    assert isinstance(found[0], BadRow)


def test_other_encodings_and_delimiters() -> None:
    assert rows("Cúcuta;Bogotá\n".encode("latin-1"), ";", "latin-1") == [(1, ["Cúcuta", "Bogotá"])]


def test_lines_are_counted_over_blocks() -> None:
    count = 3 * BLOCK // 10
    found = rows(b"abcdefgh,\n" * count)
    assert [each[0] for each in found if isinstance(each, tuple)] == list(range(1, count + 1))


def test_workbook_cells() -> None:
    assert list(as_rows([("a", 12.0, None), (None, None, None), (1.5, True, "x")])) == [
        (1, ["a", "12", ""]),
        (3, ["1.5", "True", "x"]),
    ]


@given(st.binary(max_size=2000), st.sampled_from([",", ";", "\t"]))
def test_any_bytes_can_be_read(data: bytes, delimiter: str) -> None:
    for found in rows(data, delimiter):
        if isinstance(found, BadRow):
            assert found.remedy
            assert len(found.excerpt) <= 80
        else:
            "".join(found[1]).encode("utf-8")


@given(st.text(alphabet='a",\n\r;', max_size=80))
def test_quotes_anywhere(text: str) -> None:
    for found in rows(text.encode()):
        assert isinstance(found, BadRow) or found[0] >= 1


def test_a_cell_made_safe_for_spreadsheets_is_read_as_it_was_meant() -> None:
    text = b"plate,remarks\n'=1+1,O'Neil\n'-5,\"a;'=b\"\n"
    assert rows(text) == [(1, ["plate", "remarks"]), (2, ["=1+1", "O'Neil"]), (3, ["-5", "a;=b"])]
