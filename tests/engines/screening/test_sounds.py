"""Words cut into sounds: every letter has its number, doubled ones are one, and nothing grows without end."""

import pytest
from hypothesis import given, strategies as st

from tripoint.engines.screening.sounds import MOST_SOUNDS, SOUNDS, SPELT, sounds, spell


@pytest.mark.parametrize(
    ("word", "spelt"),
    [
        ("", []), ("anna", ["a", "n", "a"]), ("shakhnaz", ["sh", "a", "kh", "n", "a", "z"]),
        ("schmitz", ["sch", "m", "i", "ts"]), ("ashch", ["a", "sch"]), ("lee", ["l", "ee"]), ("ng", ["n", "g"]),
        ("a1b", ["a", "0", "b"]), ("o'ñé", ["o"]),
    ],
)  # fmt: skip
def test_words_are_cut_into_sounds(word: str, spelt: list[str]) -> None:
    assert [SPELT[number] for number in sounds(word)] == spelt


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=200))
def test_sounds_are_few_and_known(word: str) -> None:
    found = sounds(word)
    assert len(found) <= MOST_SOUNDS
    assert all(0 < number < SOUNDS for number in found)
    assert bool(found) == bool(word)
    assert len(spell(found)) <= max(len(word) + 1, 3 * MOST_SOUNDS)


def test_each_sound_is_spelt_once() -> None:
    assert len(set(SPELT)) == SOUNDS <= 64  # tables keep a bit for each
