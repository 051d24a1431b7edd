"""Serial numbers and makers as people type them."""

import pytest
from hypothesis import given, strategies as st

from tripoint.words.firearms import fold_serial, normalise_make, normalise_serial


@pytest.mark.parametrize(
    ("typed", "serial"),
    [
        ("00 12-ab", "0012AB"),
        ("S/N: 0012-AB", "0012AB"),
        ("№ АК-12345", "AK12345"),
        ("Serial No. 77", "77"),
        ("NO77", "NO77"),
        ("SN1234", "SN1234"),
        ("ЖМ 1234", "ZHM1234"),
        ("００７", "007"),
    ],
)
def test_normalises_a_serial_number(typed: str, serial: str) -> None:
    assert normalise_serial(typed) == serial


@pytest.mark.parametrize("typed", ["", "№", " - ", "7" * 41])
def test_refuses_what_no_serial_number_can_be(typed: str) -> None:
    with pytest.raises(ValueError, match=r"stamped|at most 40"):
        normalise_serial(typed)


def test_confusions_fold_together() -> None:
    assert fold_serial("B0S1") == fold_serial("8O5I")


@pytest.mark.parametrize(
    ("typed", "make"),
    [
        ("S&W", "smith wesson"),
        ("Smith & Wesson", "smith wesson"),
        ("SMITH AND WESSON INC.", "smith wesson"),
        ("H&K", "heckler koch"),
        ("Glock Ges.m.b.H.", "glock"),
        ("Sturm, Ruger & Co.", "ruger"),
        ("Beretta S.p.A.", "beretta"),
        ("FN Herstal", "fabrique nationale"),
        ("Ижмаш", "kalashnikov"),
        ("Arms Cor", "arms cor"),
        ("", ""),
    ],
)
def test_makers_have_one_name(typed: str, make: str) -> None:
    assert normalise_make(typed) == make


@given(st.text(max_size=60))
def test_normalising_a_maker_twice_changes_nothing_more(text: str) -> None:
    assert normalise_make(normalise_make(text)) == normalise_make(text) or not text.isascii()
