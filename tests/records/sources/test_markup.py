"""XML: no entities, no document types, nothing fetched, nothing endless."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from tripoint.records.sources.markup import is_plain_markup, read_entries, text_of
from tripoint.records.sources.outcomes import BadRow

LAUGHS = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n > 1 else "") + ";") * 10}">' for n in range(1, 10)
)


def read(text: str | bytes) -> list[str | BadRow]:
    data = text.encode() if isinstance(text, str) else text
    found = read_entries(io.BytesIO(data), "LIST", ("ENTRY",))
    return [entry if isinstance(entry, BadRow) else text_of(entry, "NAME") for entry in found]


def only_fault(text: str | bytes) -> BadRow:
    before = time.process_time()
    (bad,) = [entry for entry in read(text) if isinstance(entry, BadRow)]
    assert time.process_time() - before < 1
    assert bad.fatal
    assert bad.remedy
    return bad


def test_entries_are_read() -> None:
    assert read("<LIST><ENTRY><NAME> Ana  B </NAME></ENTRY><ENTRY/></LIST>") == ["Ana B", ""]


@pytest.mark.parametrize("use", ["<ENTRY><NAME>&a9;</NAME></ENTRY>", "<ENTRY a='&a9;'/>", ""])
@pytest.mark.parametrize("root", ["<LIST>", "<LIST a='&a9;'>"])
def test_entities_that_multiply_are_not_expanded(root: str, use: str) -> None:
    only_fault(f"<!DOCTYPE LIST [{LAUGHS}]>{root}{use}</LIST>")


def test_one_entity_repeated_is_not_expanded() -> None:
    use = f"<LIST><ENTRY><NAME>{'&a;' * 5_000}</NAME></ENTRY></LIST>"
    only_fault(f'<!DOCTYPE LIST [<!ENTITY a "{"x" * 100_000}">]>{use}')


@pytest.mark.parametrize("declared", [
    "<!DOCTYPE LIST SYSTEM '{place}'>", "<!DOCTYPE LIST [<!ENTITY x SYSTEM '{place}'>]>",
    "<!DOCTYPE LIST [<!ENTITY % x SYSTEM '{place}'> %x;]>", "<!DOCTYPE LIST PUBLIC 'x' '{place}'>",
])  # fmt: skip
def test_nothing_outside_the_file_is_fetched(declared: str, tmp_path: Path) -> None:
    place = tmp_path / "secret.dtd"
    place.write_text("<!ENTITY x 'SECRET'>")
    for address in (place.as_uri(), "http://127.0.0.1:9/x"):
        text = declared.replace("{place}", address) + "<LIST><ENTRY><NAME>&x;</NAME></ENTRY></LIST>"
        assert "SECRET" not in repr(read(text))
        only_fault(text)


def test_a_reference_without_a_declaration_is_a_fault() -> None:
    only_fault("<LIST><ENTRY><NAME>&x;</NAME></ENTRY></LIST>")


def test_includes_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("SECRET")
    address = (tmp_path / "other").as_uri()
    included = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>'
    assert read(f"<LIST><ENTRY><NAME>{included}</NAME></ENTRY></LIST>") == [""]


LONG = "x" * 11_000_000


@pytest.mark.parametrize("text", [
    f"<LIST><ENTRY><NAME>{LONG}</NAME></ENTRY></LIST>", f"<LIST><ENTRY a='{LONG}'/></LIST>", "<LIST>" + "<ENTRY>" * 300,
    "<LIST" + " a='1'" * 3, "", "x", "<OTHER/>", "\0", b"\xff\xfe<\0L\0", "<" * 100_000,
], ids=lambda text: str(text[:20]))  # fmt: skip
def test_what_is_huge_deep_or_no_xml_is_a_fault(text: str | bytes) -> None:
    only_fault(text)


def test_a_document_type_is_seen_before_anything_is_read() -> None:
    assert is_plain_markup(io.BytesIO(b"<a/>"))
    for text in (f"<!DOCTYPE a [{LAUGHS}]><a>&a9;</a>", "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'x'><a/>", "", "x"):
        assert not is_plain_markup(io.BytesIO(text.encode()))
