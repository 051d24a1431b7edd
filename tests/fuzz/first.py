"""The first examples: small, whole and invented, one of each form that is read."""

from __future__ import annotations

import json
from uuid import UUID

NAMES = (
    "Ana María de la Inventada",
    "عبد الرحمن بن محمد",
    "Ким Чен",
    "김민준",
    "山田 太郎",
    "陳大文",
    "สมชาย ใจดี",
    "அருண்",
    "שרה כהן",
    "Γεώργιος",
    "Երեւան",
    "გიორგი",
    "O'Neil-Smith",
    "Abu 'l-Hasan",
)
DOCUMENTS_CSV = b'number,issuer,type,status,reported\nA1234567,COL,passport,stolen,2024-01-02\n"B 2",COL,visa,lost,\n'
UN = (
    b"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Ana</FIRST_NAME>"
    b"<REFERENCE_NUMBER>QX.1</REFERENCE_NUMBER><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>"
    b"<FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1972</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH><LISTED_ON>2001-01-25</LISTED_ON></INDIVIDUAL></INDIVIDUALS>"
    b"</CONSOLIDATED_LIST>"
)
SEMA = (
    b"<data-set><record><Country>X / Y</Country><LastName>Inventada</LastName><GivenName>Ana</GivenName>"
    b"<DateOfBirth>1976-05-12</DateOfBirth><Schedule>1</Schedule><Item>7</Item></record></data-set>"
)
SDN = (
    b'1,"INVENTADA, Ana","individual","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 12 May 1976; POB Town; '
    b'Passport A1 (Colombia)."\n\x0c1,2,"aka","INVENTADA, A.",-0- \n\x0c1,3,-0- ,"Town",-0- ,-0- \n'
)
NOTICE = json.dumps(
    {
        "entity_id": "2026/17",
        "name": "INVENTADA",
        "forename": "ANA",
        "date_of_birth": "1976/05/12",
        "sex_id": "F",
        "nationalities": ["CO"],
        "arrest_warrants": [{"issuing_country_id": "BR", "charge": "robbery"}],
        "_links": {"self": {"href": "https://x.test/notices/v1/red/2026-17"}},
    }
).encode()
CHECK = json.dumps(
    {
        "id": str(UUID(int=1)),
        "purpose": "border_control",
        "person": {"name": "Ana Inventada", "birth": "1976"},
        "document": {"number": "A1", "issuer": "COL"},
        "vehicle": {"plate": "A1"},
        "firearm": {"serial": "A1"},
    }
).encode()
MATCH = json.dumps(
    {"queries": {"q": {"schema": "Person", "properties": {"name": ["Ana"], "birthDate": "1976"}}}}
).encode()
PERSON = json.dumps(
    {
        "id": "1",
        "names": [{"full": "Ana Inventada", "kind": "alias"}],
        "birth_date": "1976-05/1977",
        "nationality": ["COL"],
        "documents": [{"number": "A1", "country": "COL", "type": "passport"}],
        "gender": "f",
    }
).encode()
MRZ = b"P<COLINVENTADA<<ANA<MARIA<<<<<<<<<<<<<<<<<<<<\nA12345678<COL7605128F3012315<<<<<<<<<<<<<<04\n"
