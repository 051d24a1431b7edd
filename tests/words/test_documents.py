"""Document numbers as people type them."""

from itertools import product

import pytest
from hypothesis import given, strategies as st

from tripoint.words.documents import DIGITS, LETTERS, LONGEST_NUMBER, fold, normalise_number, one_edit


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


numbers = st.text(alphabet=LETTERS + DIGITS, min_size=1, max_size=LONGEST_NUMBER)
short = st.text(alphabet="AOZ019", min_size=1, max_size=5)


def one_slip_apart(first: str, second: str) -> bool:
    """Whether one slip makes the second of the first, told by comparing the two and not by making either."""
    if first == second:
        return False
    size = min(len(first), len(second))
    head = next((at for at in range(size) if first[at] != second[at]), size)
    if len(first) == len(second):
        swapped = first[head : head + 2] == second[head : head + 2][::-1] and first[head + 2 :] == second[head + 2 :]
        same_class = first[head].isdigit() == second[head].isdigit()
        return swapped or (same_class and first[head + 1 :] == second[head + 1 :])
    if len(first) == len(second) + 1:
        return first[head + 1 :] == second[head:]
    if len(first) + 1 == len(second):
        places = [at for at in range(len(second)) if second[:at] + second[at + 1 :] == first]
        return any(of_a_neighbour(first, at, second[at]) for at in places)
    return False


def of_a_neighbour(number: str, at: int, character: str) -> bool:
    return any(near.isdigit() == character.isdigit() for near in number[max(at - 1, 0) : at + 1])


@given(numbers)
def test_slips_are_numbers_one_slip_away_each_once(number: str) -> None:
    slips = one_edit(number)
    assert list(slips) == sorted(set(slips))
    assert len(slips) <= 26 * (2 * len(number) + 1) + 10 * (len(number) + 1) + 2 * len(number)
    for slip in slips:
        assert normalise_number(slip) == slip
        assert one_slip_apart(number, slip)


@given(short, short)
def test_no_slip_is_missed(number: str, other: str) -> None:
    assert (other in one_edit(number)) is one_slip_apart(number, other)


@pytest.mark.parametrize("number", ["7", "A", "A1", "1A2", "OO0"])
def test_every_slip_of_a_short_number_is_there(number: str) -> None:
    """By brute force: every number there is of a neighbouring length."""
    sizes = range(max(1, len(number) - 1), len(number) + 2)
    every = {"".join(one) for size in sizes for one in product(LETTERS + DIGITS, repeat=size)} if max(sizes) < 4 else {
        other for at in range(len(number) + 1) for character in LETTERS + DIGITS
        for other in (number[:at] + character + number[at:], number[:at] + character + number[at + 1 :])
    }  # fmt: skip
    assert {other for other in every if one_slip_apart(number, other)} <= set(one_edit(number))


@given(numbers, st.data())
def test_what_a_hand_does_is_undone(number: str, data: st.DataObject) -> None:
    """Leaving a character out, changing one, exchanging two: the number meant is found from the number typed."""
    at = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from(DIGITS if number[at].isdigit() else LETTERS))
    changed = number[:at] + other + number[at + 1 :]
    exchanged = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
    for typed in (changed, exchanged):
        assert typed == number or number in one_edit(typed)


def test_a_number_of_nine_characters_has_a_few_hundred() -> None:
    assert [len(one_edit(number)) for number in ("AB1234567", "123456789")] == [279, 189]
    assert len(one_edit("1" * LONGEST_NUMBER)) == 9 * LONGEST_NUMBER + 1
