"""A reference of makes and models, as users have it in CSV or JSON."""

import json

import pytest

from tripoint.base.errors import BadInput
from tripoint.records.sources.reference import read_reference

CSV = (
    b"FRN,Make,Model,Type,Action,Country,Calibre,Shots\n100-1,Arvandel,K7,pistol,semi,BRA,9x19,15\n"
    b"100-2,Arvandel,K7,pistol,semi,BRA,.40,12\n"
)


def test_sub_entries_become_the_calibres_of_one_record() -> None:
    (row,) = read_reference(CSV)
    assert (row["number"], row["make_id"]) == ("100", "arvandel")
    assert [one["calibre"] for one in row["calibres"]] == ["9x19", ".40"]


def test_json_is_read_with_what_it_has_beside() -> None:
    said = {"frn": 7, "make": "S&W", "model": "10", "entries": [{"calibre": ".38"}], "cross_references": ["8"]}
    (row,) = read_reference(json.dumps({"records": [said]}).encode())
    assert (row["make_id"], row["also"]) == ("smith wesson", ["8"])


@pytest.mark.parametrize("content", [b"{", b"[1]", b"FRN,Make,Model\n1,,K7\n", b"\xff\xfe"])
def test_what_cannot_be_read_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(BadInput) as fault:
        read_reference(content)
    assert fault.value.remedy
