"""The Security Council's list: invented entries in its form."""

import io
from datetime import date

from tripoint.records.model import NoticeColour, Person
from tripoint.records.sources.outcomes import BadRow, Outcome, Passed, Row
from tripoint.records.sources.un import read_consolidated
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, Sex

PERSON = """<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANA</FIRST_NAME><SECOND_NAME>MARLOWE</SECOND_NAME>
<THIRD_NAME/><FOURTH_NAME>PINE</FOURTH_NAME><UN_LIST_TYPE>Nowhere</UN_LIST_TYPE>
<REFERENCE_NUMBER>NWi.001 </REFERENCE_NUMBER><LISTED_ON>2001-02-23-05:00</LISTED_ON><GENDER>Female</GENDER>
<NAME_ORIGINAL_SCRIPT>Ана Пайн</NAME_ORIGINAL_SCRIPT><COMMENTS1>Seen in
Port Nowhere.</COMMENTS1><DESIGNATION><VALUE>Minister</VALUE></DESIGNATION>
<NATIONALITY><VALUE>Panama</VALUE><VALUE>na</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Annie Pine</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>(a) La Pina; (b) Boreal</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-05-12</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1961</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1963</FROM_YEAR><TO_YEAR>1968</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Port Nowhere</CITY><COUNTRY>Panama</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>OA 454 044</NUMBER>
<COUNTRY_OF_ISSUE>Panama</COUNTRY_OF_ISSUE></INDIVIDUAL_DOCUMENT>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Panamanian passport number SE 012820</NUMBER>
</INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/></INDIVIDUAL>"""
NAMELESS = "<INDIVIDUAL><REFERENCE_NUMBER>NWi.002</REFERENCE_NUMBER></INDIVIDUAL>"


def read(inside: str, before: str = "") -> list[Outcome]:
    text = f"<?xml version='1.0'?>{before}<CONSOLIDATED_LIST>{inside}</CONSOLIDATED_LIST>"
    return list(read_consolidated(io.BytesIO(text.encode())))


def test_a_person_in_full() -> None:
    (row,) = read(f"<INDIVIDUALS>{PERSON}</INDIVIDUALS>")
    assert isinstance(row, Row)
    assert isinstance(row.content, Person)
    assert row.key == "NWi.001"
    description = row.content.description
    assert [(name.full, name.kind) for name in description.names] == [
        ("ANA MARLOWE PINE", NameKind.PRIMARY),
        ("Ана Пайн", NameKind.ORIGINAL_SCRIPT),
        ("Annie Pine", NameKind.ALIAS),
        ("La Pina", NameKind.WEAK_ALIAS),
        ("Boreal", NameKind.WEAK_ALIAS),
    ]
    assert [str(birth) for birth in description.births] == ["1970-05-12", "~1961", "1963/1968"]
    assert description.nationalities == ("PAN",)
    assert description.sex is Sex.FEMALE
    assert description.documents == (
        DocumentReference("OA454044", "PAN", DocumentType.PASSPORT),
        DocumentReference("SE012820", None, DocumentType.PASSPORT),
    )
    assert row.content.birth_places == ("Port Nowhere, Panama",)
    assert row.content.remarks == "Seen in Port Nowhere."
    notice = row.content.notices[0]
    assert (notice.colour, notice.reference, notice.issued) == (NoticeColour.UN_SPECIAL, "NWi.001", date(2001, 2, 23))


def test_entities_are_passed_and_bad_entries_named() -> None:
    found = read(f"<INDIVIDUALS>{NAMELESS}{PERSON}</INDIVIDUALS><ENTITIES><ENTITY/></ENTITIES>")
    assert [type(each) for each in found] == [BadRow, Row, Passed]
    assert isinstance(found[0], BadRow)
    assert (found[0].field, found[0].key) == ("FIRST_NAME", "NWi.002")


def test_a_bad_birth_date_is_named() -> None:
    (found,) = read(PERSON.replace("1970-05-12", "1970-02-31"))
    assert isinstance(found, BadRow)
    assert found.field == "INDIVIDUAL_DATE_OF_BIRTH"


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
    (found,) = read(PERSON.replace("ANA", "&c;"), bomb)
    assert isinstance(found, BadRow)
    assert found.fatal
    assert "document type" in found.reason


def test_another_list_and_a_broken_one_are_refused() -> None:
    (other,) = read_consolidated(io.BytesIO(b"<data-set/>"))
    assert isinstance(other, BadRow)
    assert other.fatal
    broken = list(read_consolidated(io.BytesIO(f"<CONSOLIDATED_LIST><X>{PERSON}".encode())))
    assert isinstance(broken[0], Row)
    assert isinstance(broken[-1], BadRow)
    assert broken[-1].fatal
    assert isinstance(next(iter(read_consolidated(io.BytesIO(b"")))), BadRow)
