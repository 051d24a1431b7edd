"""Rounding up: coarse, never for nothing, and without growing upon itself."""

from hashlib import sha256

from hypothesis import given, strategies as st

from tripoint.engines.merkle.fillers import LEAST, filler_hash, rounded, step


def test_a_filler_is_the_hash_of_its_canonical_json() -> None:
    assert filler_hash(bytes(32)) == sha256(b'\x00{"filler":"' + b"0" * 64 + b'"}').digest()


def test_steps() -> None:
    assert [step(n) for n in (1, 1_024, 32_767)] == [1_024] * 3
    assert [step(n) for n in (32_768, 65_536, 2_000_000)] == [2_048, 4_096, 65_536]
    assert [rounded(0, n) for n in (0, 1, 1_023, 1_024, 40_000)] == [1_024, 1_024, 1_024, 2_048, 40_960]


@given(st.integers(0, 10**12), st.integers(0, 10**9))
def test_a_published_size_is_larger_and_coarse(before: int, grown: int) -> None:
    size = rounded(before, before + grown)
    growth = size - before
    assert growth > grown
    assert growth % LEAST == 0
    assert growth - grown <= max(LEAST, (grown + 1) / 16)
    assert growth // step(grown + 1) <= 32  # few growths of each order can be told apart


def test_hours_do_not_grow_upon_one_another() -> None:
    size = 0
    for _ in range(24 * 365):  # a year of ten acts an hour
        size = rounded(size, size + 10)
    assert size == 24 * 365 * LEAST
