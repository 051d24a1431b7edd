"""The compiled comparison of names against plain ones written here for themselves."""

import random
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings, strategies as st
from rapidfuzz.distance import OSA

from tests.engines.screening.test_score import named
from tripoint.engines.screening import kernel, wordpairs
from tripoint.engines.screening.compare import MOST_COMPARED, columns_of, compared, sound_costs, spellings, tables
from tripoint.engines.screening.model import SCRIPTS
from tripoint.engines.screening.people import encode
from tripoint.engines.screening.sounds import LETTERS, SOUNDS, SPELT, sounds
from tripoint.engines.screening.wordpairs import CUT_LEFT, CUT_RIGHT, LEAST_SHARE, SWAP
from tripoint.words.people import PersonDescription, PersonName

WORDS = st.text(alphabet="abhkost", min_size=1, max_size=9)
ANY_WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=12)
NAMES = st.lists(ANY_WORDS, min_size=1, max_size=5).map(" ".join)
ROOM = kernel.room()


def numbers(word: str) -> npt.NDArray[Any]:
    made = np.frombuffer(sounds(word), np.uint8)
    made.flags.writeable = False
    return made


def random_costs(seed: int) -> npt.NDArray[Any]:
    costs = np.random.default_rng(seed).normal(0, 3, (SOUNDS, SOUNDS)).astype(np.float32)
    costs[0, :], costs[:, 0] = -abs(costs[0, :]), -abs(costs[:, 0])
    costs.flags.writeable = False
    return costs


def heights(one: npt.NDArray[Any], other: npt.NDArray[Any], costs: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The best alignment of every beginning of one word with every beginning of the other, in plain Python."""
    best = np.full((len(one) + 1, len(other) + 1), -np.inf)
    best[0, 0] = 0.0
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            ways = [best[i, j]]
            if i:
                ways.append(best[i - 1, j] + costs[one[i - 1], 0])
            if j:
                ways.append(best[i, j - 1] + costs[0, other[j - 1]])
            if i and j:
                ways.append(best[i - 1, j - 1] + costs[one[i - 1], other[j - 1]])
            if i > 1 and j > 1 and one[i - 2] == other[j - 1] != other[j - 2] == one[i - 1]:
                x, y = one[i - 1], one[i - 2]
                ways.append(best[i - 2, j - 2] + costs[x, x] + costs[y, y] - SWAP)
            best[i, j] = max(ways)
    return best


def likeness(one: npt.NDArray[Any], other: npt.NDArray[Any], costs: npt.NDArray[Any], cut: int = 0) -> float:
    return wordpairs.likeness(one, 0, len(one), other, 0, len(other), costs, ROOM.rows, cut)


@given(WORDS, WORDS, st.integers(0, 200))
def test_likeness_is_the_best_alignment(one: str, other: str, seed: int) -> None:
    left, right, costs = numbers(one), numbers(other), random_costs(seed)
    best = heights(left, right, costs)
    assert likeness(left, right, costs) == pytest.approx(best[-1, -1], abs=1e-3)
    assert likeness(left, right, costs, CUT_LEFT) == pytest.approx(best[-1, :].max(), abs=1e-3)
    assert likeness(left, right, costs, CUT_RIGHT) == pytest.approx(best[1:, -1].max(), abs=1e-3)


@given(ANY_WORDS, ANY_WORDS, st.integers(0, len(SCRIPTS) - 1))
def test_sides_may_be_exchanged_with_their_table(one: str, other: str, script: int) -> None:
    costs, left, right = sound_costs().costs, numbers(one), numbers(other)
    here = likeness(left, right, costs[2 * script])
    assert here == pytest.approx(likeness(right, left, costs[2 * script + 1]), abs=1e-3)
    if script == 0:
        assert here == pytest.approx(likeness(right, left, costs[0]), abs=0.1)  # written with two places


@given(WORDS, WORDS, st.integers(0, 200))
def test_no_word_is_worth_more_than_is_thought_possible(one: str, other: str, seed: int) -> None:
    stack = np.stack([random_costs(seed)] * len(SCRIPTS))
    made, left, right = tables(stack.copy()), numbers(one), numbers(other)
    for table, (mine, theirs) in enumerate([(left, right), (right, left)]):
        met = np.bitwise_or.reduce(np.uint64(1) << theirs.astype(np.uint64))
        bound = wordpairs.at_most(
            mine, 0, len(mine), met, made.most[table, 0], made.partners[table, 0], made.rest[table, 0]
        )
        assert likeness(mine, theirs, made.costs[table]) <= bound + 1e-3


@given(st.text(alphabet="abdhkost", min_size=1, max_size=7), st.integers(0, 10**6))
def test_one_slip_is_one_edit_of_letters(word: str, seed: int) -> None:
    other = typed(word, random.Random(seed))
    left, right = numbers(word), numbers(other)
    found = wordpairs.one_slip(left, 0, len(left), right, 0, len(right), spellings(), ROOM.typed)
    one, two = ("".join(SPELT[number] for number in side) for side in (left, right))
    if found:
        assert OSA.distance(one, two) <= 1
    elif OSA.distance(one, two) <= 1:
        # Letters that begin or end a sound of several may move more sounds than are looked at.
        assert max(len(left), len(right)) > 3


def typed(word: str, chance: random.Random) -> str:
    for _ in range(chance.randint(0, 2)):
        at, letter = chance.randrange(len(word) + 1), chance.choice("abdhkost")
        word = chance.choice(
            [word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :],
             word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]]
        )  # fmt: skip
    return word


def paired(one: str, other: str, *, cut: bool = False) -> list[tuple[int, int, int, int]]:
    """The chosen words: left, how many, right, how many."""
    asked = PersonDescription((PersonName(one, truncated=cut),))
    left, right, scratch = encode([asked]), encode([named(other)]), kernel.room()
    if not len(left.script) or not len(right.script):
        return []
    found = kernel.compare_readings(columns_of(left), 0, columns_of(right), 0, sound_costs(), scratch)
    return [(int(i), int(wide), int(j), int(broad)) for i, j, _, wide, broad in scratch.pairs[:found]]


@given(NAMES, NAMES)
@settings(max_examples=200)
def test_no_word_stands_for_two(one: str, other: str) -> None:
    found = paired(one, other)
    for at in (0, 2):
        used = [word for pair in found for word in range(pair[at], pair[at] + pair[at + 1])]
        assert len(used) == len(set(used))
    assert all((wide, broad) in {(1, 1), (2, 1), (1, 2)} for _, wide, _, broad in found)


@given(NAMES, NAMES)
def test_the_weightiest_come_first_and_all_that_may_stand_do(one: str, other: str) -> None:
    left, right, scratch = encode([named(one)]), encode([named(other)]), kernel.room()
    if not len(left.script) or not len(right.script):
        return
    found = kernel.compare_readings(columns_of(left), 0, columns_of(right), 0, sound_costs(), scratch)
    chosen = [(kind, i, j) for i, j, kind, _, _ in scratch.pairs[:found]]
    weights = [scratch.worth[at] * scratch.share[at] for at in chosen]
    assert all(before >= after for before, after in pairwise(weights))
    mine = {word for i, _, _, wide, _ in scratch.pairs[:found] for word in range(i, i + wide)}
    theirs = {word for _, j, _, _, broad in scratch.pairs[:found] for word in range(j, j + broad)}
    for i in set(range(int(left.words[1]))) - mine:
        for j in set(range(int(right.words[1]))) - theirs:
            assert scratch.share[0, i, j] < LEAST_SHARE


def test_neighbours_written_together_are_found_on_either_side() -> None:
    assert (0, 2, 0, 1) in paired("Tumba Lina Ofa", "Tumbalina Ofa")
    assert (0, 1, 0, 2) in paired("Tumbalina Ofa", "Tumba Lina Ofa")


def test_a_name_written_as_one_sound_is_no_initial() -> None:
    left, scratch = encode([named("Ng Wei Ming")]), kernel.room()
    kernel.compare_readings(columns_of(left), 0, columns_of(left), 0, sound_costs(), scratch)
    assert scratch.features[kernel.INITIALS] == 0


def test_a_cut_word_meets_the_whole_by_its_beginning() -> None:
    whole = "Nilavadhanananda Chayapa"
    assert (1, 1, 0, 1) in paired("Chayapa Nilavadha", whole, cut=True)
    shares = []
    for cut in (False, True):
        left, right, scratch = encode([PersonDescription((PersonName("Nilav", truncated=cut),))]), encode(
            [named("Nilavadhanananda")]), kernel.room()  # fmt: skip
        kernel.compare_readings(columns_of(left), 0, columns_of(right), 0, sound_costs(), scratch)
        shares.append(scratch.share[0, 0, 0])
    assert shares[1] > shares[0]


def test_what_is_remembered_is_what_would_be_found() -> None:
    chance = random.Random(3)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(60)]
    people = encode([named(" ".join(chance.sample(words, 3))) for _ in range(60)])
    columns, lasting = columns_of(people), kernel.room()
    for one in range(60):
        for other in range(60):
            fresh = kernel.room()
            kernel.compare_readings(columns, one, columns, other, sound_costs(), lasting)
            kernel.compare_readings(columns, one, columns, other, sound_costs(), fresh)
            np.testing.assert_array_equal(lasting.features, fresh.features)


@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_how_many_readings_are_compared_is_bounded(one: int, other: int) -> None:
    n, m = compared(one, other)
    assert n <= one
    assert m <= other
    assert n * m <= MOST_COMPARED
    assert compared(other, one) == (m, n)
    if one * other <= MOST_COMPARED:
        assert (n, m) == (one, other)
