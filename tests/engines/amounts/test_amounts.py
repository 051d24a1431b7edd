from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tripoint.engines.amounts import Columns, Reported, find_repeats, percentiles, read_amount, weigh, weigh_many
from tripoint.words.drugs import UNSPECIFIED, Drug
from tripoint.words.units import Reason

AMOUNTS = ("1", "0.003", "", "x", "-1", "1e12", "2.5", "490.0", "NaN")
UNITS = ("Kilogram", "Gram", "Tablet", "Plants", "Litre", "")
DRUGS = ("Cocaine", "Ecstasy", "Buprenorphine", "nobody knows it")


@pytest.mark.parametrize(
    ("amount", "unit", "drug", "kilograms"),
    [
        ("0.006999999999999999", "Kilogram", "Cocaine", "0.007000000"), ("4", "Ton", "Cocaine", "4000.000000000"),
        ("1000", "Pill", "Ecstasy", "0.270000000"), ("3", "Viss", "Opium", "4.898790000"),
        ("2", "Kilogram", "what nobody knows", "2.000000000"),
    ],
)  # fmt: skip
def test_an_amount_is_weighed_to_the_microgram(amount: str, unit: str, drug: str, kilograms: str) -> None:
    found = weigh(Reported(amount, unit, drug))
    assert (found.kilograms, found.reason) == (Decimal(kilograms), None)
    assert found.factor is not None


@pytest.mark.parametrize(
    ("amount", "unit", "reason"),
    [
        ("", "Gram", Reason.NO_AMOUNT), ("1_0", "Gram", Reason.NOT_A_NUMBER), ("Infinity", "Gram", Reason.NOT_A_NUMBER),
        ("-0.1", "Gram", Reason.NEGATIVE), ("1e999999", "Gram", Reason.TOO_LARGE), ("7", "Plants", Reason.PLANTS),
        ("5e8", "Ton", Reason.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_cannot_be_weighed_says_why(amount: str, unit: str, reason: Reason) -> None:
    found = weigh(Reported(amount, unit, "Cocaine"))
    assert (found.kilograms, found.reason) == (None, reason)


def test_a_weight_of_the_pure_substance_is_no_bulk() -> None:
    assert weigh(Reported("5", "Kilogram", "Cocaine", adjusted=True)).reason is Reason.PURITY_ADJUSTED


def test_a_gate_asks_about_the_heaviest_only() -> None:
    assert weigh(Reported("4500000", "Kilogram", "Amphetamine")).above
    assert not weigh(Reported("1", "Kilogram", "Amphetamine")).above


def test_gates_are_percentiles_of_what_was_reported() -> None:
    found = {gate.of: gate for gate in percentiles((Drug("a", "f"), float(n)) for n in range(1, 2001))}
    assert found["a:"].kilograms == found["family/f"].kilograms == found["*"].kilograms == 1999
    assert {gate.of for gate in percentiles([(UNSPECIFIED, 1.0)])} == {"*"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*(st.integers(0, len(of) - 1) for of in (AMOUNTS, UNITS, DRUGS))), min_size=1, max_size=30))
def test_columns_are_weighed_as_their_rows_are(rows: list[tuple[int, int, int]]) -> None:
    amount, unit, drug = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    found = weigh_many(Columns(amount, unit, drug, AMOUNTS, UNITS, DRUGS))
    for place, (a, u, d) in enumerate(rows):
        assert found.answers[found.which[place]] == weigh(Reported(AMOUNTS[a], UNITS[u], DRUGS[d]))


def test_repeats_are_flagged_exactly_nearly_and_across_a_slip_of_the_unit() -> None:
    day = np.array([1, 1, 1, 1, 1, 2, 1, 1], dtype=np.int64)
    grams = np.array([2786, 2786, 2786, 2_786_000, 5, 2786, -1, -1], dtype=np.int64)
    other = np.array([0, 0, 1, 0, 0, 0, 0, 1], dtype=np.int64)
    found = find_repeats([day, grams, other], [day], grams)
    assert found.exact.tolist() == [0, 0, 2, 3, 4, 5, 6, 7]
    assert found.near.tolist() == [0, 1, 0, 0, 4, 5, 6, 7]


def test_a_number_is_read_as_it_stands() -> None:
    assert read_amount(Decimal("1.50")) == Decimal("1.50")
    assert read_amount(" 0 ") == 0
