"""The mapped index finds what a look at every mark finds, at the stated distance, and says so when it is damaged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings, strategies as st
from rapidfuzz.distance import OSA

from tripoint.engines.marks.folding import CHARACTERS, fold
from tripoint.engines.marks.index import Builder, Entry, IndexDamaged, MarkIndex, check_every_byte, open_index
from tripoint.engines.marks.pattern import Unbounded, read_pattern
from tripoint.engines.marks.ranking import Described, slips, weight_of_slips

FEW = "0AB3"  # few characters, so that strangers are near
MAKES = ("", "Arvandel", "Ferrovante")


def numbers() -> list[str]:
    throw = Random(6)
    short = ["".join(throw.choices(FEW, k=throw.randint(1, 7))) for _ in range(900)]
    common = ["".join(throw.choices(CHARACTERS, k=throw.randint(5, 10))) for _ in range(500)]
    long = ["AB3AB3AB3AB3A" + "".join(throw.choices(FEW, k=throw.randint(1, 27))) for _ in range(100)]
    return [*short, *common, *long]


NUMBERS = numbers()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> MarkIndex:
    folder = tmp_path_factory.mktemp("marks") / "index"
    builder = Builder()
    entries = [Entry(str(at), (one,), "", (MAKES[at % 3], "", "9 mm", "", "")) for at, one in enumerate(NUMBERS)]
    builder.add(entries[:700])
    builder.add(entries[700:])
    builder.write(folder)
    return open_index(folder)


def found(index: MarkIndex, query: str) -> set[int]:
    return {int(one.id) for one in index.search(query, None, len(NUMBERS), loose=True).results}


def those(fits: Callable[[str], bool]) -> set[int]:
    return {at for at, one in enumerate(NUMBERS) if fits(one)}


@settings(max_examples=60)
@given(st.one_of(st.text(FEW, min_size=1, max_size=8), st.sampled_from(NUMBERS)), st.integers(0, 2))
def test_every_number_within_the_edits_is_found(index: MarkIndex, number: str, edits: int) -> None:
    near = those(lambda one: OSA.distance(fold(number), fold(one)) <= edits)
    bare = fold(number.lstrip("0"))
    zeros = those(lambda one: bool(bare) and fold(one).endswith(bare) and set(fold(one).removesuffix(bare)) <= {"0"})
    assert near <= found(index, f"~{edits}{number}") <= near | zeros


PIECES = st.sampled_from([*"0AB3", "?", "?", "*", "[8B3]", "[A0]", "*{1,2}", "*{2}", "*{1,}"])


def patterns(least: int) -> st.SearchStrategy[str]:
    """Patterns of a few pieces that hold a letter and something unknown."""
    written = st.lists(PIECES, min_size=least, max_size=6).map("".join)
    return written.filter(lambda text: bool(re.search("[AB]", text) and re.search("[*?]", text)))


@settings(max_examples=80)
@given(patterns(1))
def test_every_number_that_fits_a_pattern_is_found(index: MarkIndex, text: str) -> None:
    fits = re.compile(read_pattern(f"~0{text}").expression())
    assert found(index, f"~0{text}") == those(lambda one: fits.match(fold(one)) is not None)


@settings(max_examples=30)
@given(patterns(3), st.integers(1, 2))
def test_edits_and_unknown_places_together(index: MarkIndex, text: str, edits: int) -> None:
    pattern = read_pattern(f"~{edits}{text}")
    assert found(index, f"~{edits}{text}") == those(lambda one: slips(pattern, one) is not None)


@settings(max_examples=60)
@given(st.text(CHARACTERS, min_size=1, max_size=9), st.text(CHARACTERS, min_size=1, max_size=9), st.integers(0, 2))
def test_distances_are_those_of_others(one: str, other: str, edits: int) -> None:
    distance = OSA.distance(fold(one), fold(other))
    pattern = read_pattern(f"~{edits}{one}")
    assert slips(pattern, other) == (distance if distance <= edits else None)
    assert 0 <= weight_of_slips(pattern, other) <= max(len(one), len(other))
    assert (weight_of_slips(pattern, other) == 0) == (one == other)


def test_the_best_comes_first_with_its_reasons(tmp_path: Path) -> None:
    builder = Builder()
    serials = ("KXW-80135", "KXWB0135", "KXWB0135", "KXWB0136", "12345678-KXWB0135")
    held = ("Ferrovante", "Ferrovante", "Arvandel", "Arvandel", "")
    for at, (raw, make) in enumerate(zip(serials, held, strict=True)):
        keys = (raw.replace("-", ""), "KXWB0135") if "-K" in raw and raw[0] == "1" else (raw.replace("-", ""),)
        builder.add([Entry(f"{at}", keys, raw, (make, "", "9 mm", "", "1998"))])
    builder.write(tmp_path / "index")
    answer = open_index(tmp_path / "index").search("kxwb 0135", Described("Arvandel", year=1999, calibre="9x19"))
    ranked = ["KXWB0135", "KXWB0136", "12345678-KXWB0135", "KXWB0135", "KXW-80135"]
    assert [one.serial for one in answer.results] == ranked
    first, last = answer.results[0], answer.results[-1]
    assert [one.code for one in first.reasons] == ["same_number", "same_make", "like_calibre", "same_year"]
    assert last.reasons[0].words == "the same but for characters that look alike: 8 for B in place 4"
    assert (answer.found, first.id, first.held.make) == (5, "2", "Arvandel")
    scores = [one.score for one in answer.results]
    assert scores == sorted(scores, reverse=True)
    assert 1 >= scores[0] > scores[-1] >= 0


def test_a_make_narrows_what_says_little(index: MarkIndex) -> None:
    with pytest.raises(Unbounded, match="too loose"):
        index.search("*A*3")
    some = index.search("*A*3", Described("ARVANDEL"), len(NUMBERS))
    assert {one.held.make for one in some.results} == {"Arvandel", None}


def test_a_number_impossible_for_its_make_is_told(index: MarkIndex) -> None:
    assert "impossible" in index.search("XXXX12345678", Described("Glock")).warnings[0]
    assert index.search("XXX123", Described("Glock")).warnings == ()


@pytest.mark.parametrize("name", ["head", "text", "starts", "ids_starts", "make", "manifest"])
def test_a_cut_foreign_or_damaged_index_is_told(tmp_path: Path, name: str) -> None:
    builder = Builder()
    builder.add([Entry("1", ("ABC123",)), Entry("2", ("ABC124",))])
    builder.write(tmp_path / "index")
    path = next((tmp_path / "index").glob(f"{name}.*"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(IndexDamaged, match=r"cut short|cannot be read"):
        open_index(tmp_path / "index")
    path.write_bytes(b"\xff" * len(whole))
    with pytest.raises(IndexDamaged):
        check_every_byte(tmp_path / "index")
    path.write_bytes(json.dumps({"format": "another"}).encode())
    with pytest.raises(IndexDamaged):
        open_index(tmp_path / "index")


def test_a_folder_of_others_is_left_alone_and_a_new_index_takes_the_place_of_the_old(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear all")
    builder = Builder()
    builder.add([Entry("1", ("ABC123",))])
    with pytest.raises(IndexDamaged, match="other files"):
        builder.write(tmp_path / "mine")
    for _ in range(2):
        assert builder.write(tmp_path / "index") == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["index", "mine"]
    assert len(open_index(tmp_path / "index")) == 1
