"""The recipe on one machine: the same pairs as comparing everybody with everybody, whatever the parts and hands."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.bulk.invented import people
from tripoint.bulk.crossmatch.keying import emit
from tripoint.bulk.crossmatch.recipe import Match, Recipe
from tripoint.bulk.crossmatch.staging import stage
from tripoint.bulk.crossmatch.work import match_on_duckdb
from tripoint.bulk.lists import Listed
from tripoint.bulk.scoring import score_batch
from tripoint.engines.screening.people import encode
from tripoint.words.dates import PartialDate
from tripoint.words.people import PersonDescription, PersonName


def keys(people: Sequence[Listed], *, asking: bool) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in people]
    for row in emit(encode(each.person for each in people), 0, asking=asking).to_pylist():
        found[row["record"]].add(row["key"])
    return found


def brute_force(left: Sequence[Listed], right: Sequence[Listed], least: float, *, within: bool = False) -> list[Match]:
    """Everybody beside everybody who shares a key, one after the other."""
    asked, filed = keys(left, asking=True), keys(right, asking=False)
    meet = [(a, b) for a in range(len(left)) for b in range(len(right)) if asked[a] & filed[b]]
    pairs = sorted({(min(pair), max(pair)) for pair in meet if pair[0] != pair[1]}) if within else meet
    numbers = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    asked_people, held_people = (encode(each.person for each in people) for people in (left, right))
    scores = score_batch(asked_people, held_people, numbers)
    found = [(-score, a, b) for (a, b), score in zip(pairs, scores.tolist(), strict=True) if score >= np.float32(least)]
    return [Match(left[a].id, right[b].id, -minus) for minus, a, b in sorted(found)]


def matched(
    folder: Path, left: Sequence[Listed], right: Sequence[Listed], recipe: Recipe, size: int = 1000, workers: int = 1
) -> list[Match]:
    lists = [stage(each, folder / name, size) for each, name in ((left, "left"), (right, "right"))]
    return list(match_on_duckdb(lists[0], lists[0 if recipe.within else 1], recipe, workers))


def test_it_finds_what_comparing_everybody_finds(tmp_path: Path) -> None:
    left, right = people(120, 1), people(200, 2)
    recipe = Recipe(least=0.75, keep=200)
    found = matched(tmp_path, left, right, recipe)
    assert found == brute_force(left, right, 0.75)
    assert len(found) > 20


def test_a_list_within_itself_gives_each_pair_once(tmp_path: Path) -> None:
    entries = people(150, 3)
    found = matched(tmp_path, entries, [], Recipe(least=0.75, keep=150, within=True), size=40)
    assert found == brute_force(entries, entries, 0.75, within=True)
    assert found


@pytest.mark.slow
def test_parts_slices_and_processes_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tripoint.bulk.crossmatch.work.WORTH_PROCESSES", 0)
    left, right = people(130, 4), people(90, 5)
    recipe = Recipe(least=0.5, shared_by=60, budget=90, keep=7)
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    whole = matched(tmp_path / "one", left, right, recipe)
    assert matched(tmp_path / "many", left, right, recipe, size=17, workers=2) == whole
    assert len(whole) > 20


def test_best_n_and_least_score_bound_what_is_told(tmp_path: Path) -> None:
    left = people(50, 6)
    found = matched(tmp_path, left, people(300, 7), Recipe(least=0.4, keep=3))
    assert max(sum(match.left == each.id for match in found) for each in left) <= 3
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert all(match.score >= 0.4 for match in found)


def test_many_of_one_name_cost_little_and_the_birth_date_still_finds_its_own(tmp_path: Path) -> None:
    def one(at: int, born: bool) -> Listed:
        births = (PartialDate(1950 + at % 50, at // 50 % 12 + 1, at // 600 % 28 + 1),) if born else ()
        return Listed(at + 1, str(at), PersonDescription((PersonName("Oldara Veskimeny"),), births))

    crowd = [one(at, True) for at in range(3_000)]
    alone, nameless = one(1_234, True), Listed(2, "nobody", PersonDescription((PersonName("\U0001f6a8"),)))
    undated = Listed(3, "undated", one(0, False).person)
    recipe = Recipe(shared_by=50, budget=100, keep=20)
    began = time.process_time()
    found = matched(tmp_path, [alone, nameless, undated], crowd, recipe)
    assert time.process_time() - began < 30
    best = next(match for match in found if match.left == "1234")
    assert best.right == "1234"
    assert sum(match.left == "undated" for match in found) <= 20
    assert not [match for match in found if match.left == "nobody"]


def test_an_empty_list_matches_nothing(tmp_path: Path) -> None:
    assert matched(tmp_path, [], people(3, 8), Recipe()) == []


@pytest.mark.parametrize("wrong", [{"least": 2.0}, {"keep": 0}, {"keep": 5000}, {"budget": 10}])
def test_choices_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"least score|must be positive"):
        Recipe(**wrong)  # type: ignore[arg-type]
