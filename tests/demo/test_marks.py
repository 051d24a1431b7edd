"""Invented numbers: in a form the hub takes, with a mark that no issuer or maker uses."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tripoint.demo import marks
from tripoint.demo.dice import dice
from tripoint.words.documents import normalise_number
from tripoint.words.firearms import normalise_serial
from tripoint.words.vehicles import FULL_VIN, normalise_plate, normalise_vin


@given(st.integers())
def test_marks_are_normalised_and_show_that_they_are_invented(seed: int) -> None:
    throw = dice(seed, "marks")
    number, vin = marks.document_number(throw), marks.vin(throw)
    assert normalise_number(number) == number
    assert number.startswith("XX")
    assert len(number) == 9
    assert normalise_vin(vin) == vin
    assert vin.startswith("00")
    assert len(vin) == FULL_VIN
    assert normalise_plate(marks.plate(throw)).startswith("XX")
    assert normalise_serial(marks.serial(throw)).startswith("XX")
