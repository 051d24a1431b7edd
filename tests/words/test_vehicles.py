"""Chassis numbers and plates as people type them."""

import pytest
from hypothesis import given, strategies as st

from tripoint.words.vehicles import fold_plate, normalise_plate, normalise_vin, vin_note


@pytest.mark.parametrize(
    ("typed", "vin"),
    [("1m8gd-m9ax kp042788", "1M8GDM9AXKP042788"), ("WVWZZZ1JZ3W3O6Q2I", "WVWZZZ1JZ3W306021"), ("АВС12", "ABC12")],
)
def test_normalises_a_vin(typed: str, vin: str) -> None:
    assert normalise_vin(typed) == vin


@pytest.mark.parametrize("typed", ["", "1234", "1" * 18])
def test_refuses_what_no_vin_can_be(typed: str) -> None:
    with pytest.raises(ValueError, match="17"):
        normalise_vin(typed)


@pytest.mark.parametrize(
    ("vin", "word"),
    [("1M8GDM9AXKP042788", None), ("1M8GDM9A1KP042788", "should be X"), ("WVWZZZ1JZ3W306021", None), ("AB123", "old")],
)
def test_a_check_digit_is_advice(vin: str, word: str | None) -> None:
    note = vin_note(vin)
    assert note is None if word is None else word in (note or "")


def test_plates_keep_their_script_and_fold_across_scripts() -> None:
    assert normalise_plate("А 123-вс") == "А123ВС"
    assert fold_plate(normalise_plate("А 123-вс")) == fold_plate(normalise_plate("A123BC"))
    assert fold_plate("BO0I") == fold_plate("8001")
    assert fold_plate(normalise_plate("١٢ ب")) == "12ب"


@pytest.mark.parametrize("typed", ["", " - ", "A" * 16])
def test_refuses_what_no_plate_can_be(typed: str) -> None:
    with pytest.raises(ValueError, match=r"registration|at most 15"):
        normalise_plate(typed)


@given(st.text(max_size=40))
def test_folding_is_stable(text: str) -> None:
    try:
        plate = normalise_plate(text)
    except ValueError:
        return
    assert normalise_plate(plate) == plate
    assert fold_plate(fold_plate(plate)) == fold_plate(plate)
