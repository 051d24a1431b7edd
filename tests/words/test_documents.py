"""Document numbers as people type them."""

import pytest
from hypothesis import given, strategies as st

from tripoint.words.documents import fold, normalise_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("pa 123-456", "PA123456"),
        ("L898902C3<", "L898902C3"),
        ("АВ 123456", "AB123456"),
        ("ＡＢ１２", "AB12"),
        ("١٢٣", "123"),
        ("Ж-77", "ZH77"),
    ],
)
def test_normalises(typed: str, number: str) -> None:
    assert normalise_number(typed) == number


@pytest.mark.parametrize("typed", ["", "-- ", "漢", "1" * 41])
def test_says_what_is_wrong(typed: str) -> None:
    with pytest.raises(ValueError, match=r"as printed|at most 40"):
        normalise_number(typed)


def test_misreadings_fold_together() -> None:
    assert fold("O0QDI1LJS5B8Z2G6") == "0000111155882266"


@given(st.text(max_size=60))
def test_normal_form_is_stable_and_folding_keeps_the_length(text: str) -> None:
    try:
        number = normalise_number(text)
    except ValueError:
        return
    assert normalise_number(number) == number
    assert len(fold(number)) == len(number)
    assert fold(fold(number)) == fold(number)
