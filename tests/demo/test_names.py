"""Invented names: made the same by the same dice, and borne by nobody on a published list."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tripoint.demo.dice import dice
from tripoint.demo.names import REGION_OF, Region, invent_name
from tripoint.words.names import latin, tokens

REGIONS = list({id(region): region for region in REGION_OF.values()}.values())


@given(st.integers(), st.sampled_from(REGIONS), st.booleans())
def test_the_same_dice_make_the_same_name(seed: int, region: Region, female: bool) -> None:
    assert invent_name(dice(seed, "n"), region, female) == invent_name(dice(seed, "n"), region, female)


@given(st.integers(), st.sampled_from(REGIONS), st.booleans())
def test_a_name_has_given_and_family_name_in_words_we_can_compare(seed: int, region: Region, female: bool) -> None:
    name = invent_name(dice(seed, "n"), region, female)
    assert len(tokens(name.full)) >= 2
    assert len(tokens(name.other)) >= 2
    assert name.full == f"{name.given} {name.family}"


@given(st.integers(), st.sampled_from(REGIONS))
def test_every_family_name_bears_the_mark_of_invention(seed: int, region: Region) -> None:
    endings = tuple(syllable.usual for syllable in region.family_end)
    assert all(word.endswith(endings) for word in invent_name(dice(seed, "n"), region, True).family.split())


def listed_words(folder: Path) -> set[str]:
    """Every word of the names on a published list."""
    words: set[str] = set()
    for edition in folder.glob("sdn_*.csv"):
        for row in csv.reader(edition.read_text(encoding="utf-8", errors="replace").splitlines()):
            words.update(re.findall(r"[^\W\d_]+", latin(row[1])) if len(row) > 1 else ())
    return words


@pytest.mark.parametrize("which", range(len(REGIONS)))
def test_no_invented_family_is_on_a_published_list(which: int, data_folder: Callable[[str], Path]) -> None:
    listed = listed_words(data_folder("screening"))
    region = REGIONS[which]
    families = {
        latin(first.usual + middle.usual + last.usual)
        for first in region.family_begin
        for middle in region.family_middle
        for last in region.family_end
    }
    assert len(families) > 150
    assert not families & listed
