"""A name is cut into words, each with the script it is written in."""

import pytest
from hypothesis import given, strategies as st

from tripoint.words.scripts import LONGEST_WORD, MOST_WORDS, STARTS, Script, runs


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("ivan петров", [Script.LATIN, Script.CYRILLIC]),
        ("o'neill-smith", [Script.LATIN]),
        ("鈴木イチロー", [Script.HAN, Script.KANA]),
        ("김 lee", [Script.HANGUL, Script.LATIN]),
        ("नरेश", [Script.INDIC]),
        ("иvan", [Script.CYRILLIC]),
        ("\u202eسلمان\u200f", [Script.ARABIC]),
        ("...", []),
    ],
)
def test_runs(text: str, scripts: list[Script]) -> None:
    assert [run.script for run in runs(text)] == scripts


def test_marks_apostrophes_and_joiners_stay_in_the_word() -> None:
    assert runs("o'neill d\u0301x")[0].words == ("o'neill", "d\u0301x")
    assert runs("علی\u200cرضا")[0].words == ("علی\u200cرضا",)


@given(st.text(max_size=2_000))
def test_bounded(text: str) -> None:
    words = [word for run in runs(text) for word in run.words]
    assert len(words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD for word in words)


def test_blocks_are_in_order() -> None:
    assert sorted(set(STARTS)) == STARTS
