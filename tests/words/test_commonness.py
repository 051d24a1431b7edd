"""Common names tell little and rare ones much, whatever the spelling; the table has classes only."""

import pytest
from hypothesis import given, strategies as st

from tripoint.words.commonness import LEAST, RARE, common, weights


@pytest.mark.parametrize("word", ["mohammed", "muhammad", "mhmd", "ali", "kim", "maria", "singh", "wang"])
def test_the_commonest_names_tell_least(word: str) -> None:
    assert common(word) == LEAST


def test_rare_words_tell_most() -> None:
    assert common("qwertzuiop") == RARE
    assert common("petrov") < RARE


def test_the_table_has_classes_and_no_counts() -> None:
    for table in weights().values():
        assert set(table.values()) <= {0.35, 0.5, 0.65, 0.8}
        assert all(word.isascii() and word.isalnum() for word in table)


@given(st.text(max_size=40))
def test_any_word_has_a_weight(word: str) -> None:
    assert LEAST <= common(word) <= RARE
