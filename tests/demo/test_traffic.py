"""What an ordinary question may not be: one that names something listed."""

from __future__ import annotations

from datetime import date

from tripoint.demo.questions import write_zone
from tripoint.demo.traffic import is_listed
from tripoint.records.model import RecordKind
from tripoint.words.people import Sex

LISTED = frozenset({(RecordKind.DOCUMENT, "XX1234567|COL"), (RecordKind.VEHICLE, "00INVENTED0000001")})
DAYS = (date(1990, 1, 1), Sex.FEMALE, date(2030, 1, 1))


def test_a_listed_document_is_known_typed_and_by_its_zone() -> None:
    assert is_listed({"document": {"number": "xx 1234567", "issuer": "COL"}}, LISTED)
    assert is_listed({"document": {"mrz": write_zone("Ana", "Bela", "XX1234567", "COL", "COL", *DAYS)}}, LISTED)
    assert is_listed({"vehicle": {"vin": "00INVENTED0000001"}}, LISTED)
    assert not is_listed({"document": {"mrz": write_zone("Ana", "Bela", "XX1234567", "PAN", "PAN", *DAYS)}}, LISTED)
    assert not is_listed({"person": {"name": "Ana Bela"}}, LISTED)
