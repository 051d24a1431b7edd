"""The US list: invented entries in its form, then the real one."""

import io

from tripoint.records.model import NoticeColour, Person
from tripoint.records.sources.ofac import read_sdn
from tripoint.records.sources.ofac_remarks import read_remarks
from tripoint.records.sources.outcomes import BadRow, Outcome, Passed, Row
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonStatus, Sex

EMPTY = ",".join(["-0- "] * 6)
REMARKS = (
    "DOB 10 Dec 1948; alt. DOB circa 1950; POB Port Nowhere; nationality Iran; citizen Iran; "
    "Gender Female; Passport A123456 (Iran) expires 1 Jan 2020; alt. Passport 77 88; "
    "National ID No. 12-34 (Iran); Tax ID No. 99 (Iran); a.k.a. 'LA PINA'; "
    "Linked To: QUILL TRADING."
)
ENTRIES = f"""101,"QUILL TRADING, S.A.",-0- ,SDNT,-0- ,{EMPTY},-0-
102,"MARLOWE PINE, Ana",individual,SDGT] [IFSR,Director,{EMPTY},"{REMARKS}"
103,BOREALIS,individual,SDGT,-0- ,{EMPTY},DOB unknown.
104,SEA STAR,vessel,SDGT,-0- ,{EMPTY},-0-
105,,individual,SDGT,-0- ,{EMPTY},-0-
106,"TOO, Short",individual
\x1a
"""
ALIASES = '102,1,"aka","PINE, Annie",-0- \n102,2,"fka","MARLOWE, Ana",-0- \n102,3\n\x1a\n'
ADDRESSES = '102,9,"1 Quay Street","Port Nowhere","Panama",-0- \n'


def outcomes() -> list[Outcome]:
    files = (io.BytesIO(text.encode()) for text in (ENTRIES, ALIASES, ADDRESSES))
    return list(read_sdn(*files))


def people() -> dict[str, Person]:
    return {
        each.key: each.content
        for each in outcomes()
        if isinstance(each, Row) and isinstance(each.content, Person) and each.key
    }


def test_a_person_in_full() -> None:
    person = people()["102"]
    assert person.status is PersonStatus.SANCTIONED
    assert [(name.full, name.kind) for name in person.description.names] == [
        ("Ana MARLOWE PINE", NameKind.PRIMARY),
        ("Annie PINE", NameKind.ALIAS),
        ("Ana MARLOWE", NameKind.FORMER),
        ("LA PINA", NameKind.WEAK_ALIAS),
    ]
    assert [str(birth) for birth in person.description.births] == ["1948-12-10", "~1950"]
    assert person.description.nationalities == ("IRN",)
    assert person.description.sex is Sex.FEMALE
    assert person.description.documents == (
        DocumentReference("A123456", "IRN", DocumentType.PASSPORT),
        DocumentReference("7788", None, DocumentType.PASSPORT),
        DocumentReference("1234", "IRN", DocumentType.IDENTITY_CARD),
    )
    assert person.birth_places == ("Port Nowhere",)
    assert person.notices[0].charges == ("SDGT", "IFSR")
    assert person.notices[0].colour is NoticeColour.LIST
    assert person.remarks is not None
    assert "Tax ID No. 99" in person.remarks
    assert "address: 1 Quay Street, Port Nowhere, Panama" in person.remarks


def test_a_single_name_and_an_unreadable_date_stay() -> None:
    person = people()["103"]
    assert person.description.names[0].full == "BOREALIS"
    assert person.remarks == "DOB unknown"


def test_what_is_no_person_is_passed_over() -> None:
    assert [each.why for each in outcomes() if isinstance(each, Passed)] == ["entity", "vessel"]


def test_bad_lines_are_named() -> None:
    bad = [each for each in outcomes() if isinstance(each, BadRow)]
    assert [(each.field, each.line, each.key) for each in bad] == [
        ("aliases", 3, None),
        ("name", 5, "105"),
        ("line", 6, "106"),
    ]
    assert all(each.remedy for each in bad)


def test_remarks_without_facts() -> None:
    assert read_remarks("-0-").rest == ["-0-"]
    assert read_remarks("").rest == []
