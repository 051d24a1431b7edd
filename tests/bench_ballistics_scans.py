"""All real scans, read as the oracle reads them, and all lands of Hamby 44: too long for every proof.

`python -m pytest -q tests/bench_ballistics_scans.py`
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from tests.engines.ballistics.test_bullets import real
from tests.engines.ballistics.test_x3p import agrees_with_the_oracle
from tripoint.engines.ballistics.bullets import compare_bullets, compare_lands


def test_all_real_files_as_the_oracle_reads_them(data_folder: Callable[[str], Path]) -> None:
    paths = sorted(data_folder("ballistics").glob("*/*.x3p"))
    assert len(paths) == 55
    for path in paths:
        agrees_with_the_oracle(path)


def test_all_true_land_pairs_of_hamby_44_lie_above_all_others(data_folder: Callable[[str], Path]) -> None:
    folder = data_folder("ballistics")
    known = {(bullet, land): real(folder, bullet, land) for bullet in (1, 2) for land in range(1, 7)}
    true = {frozenset(((1, land), (2, (land + 3) % 6 + 1))) for land in range(1, 7)}
    scores: dict[bool, list[float]] = {True: [], False: []}
    for one, other in combinations(known, 2):
        scores[frozenset((one, other)) in true].append(compare_lands(known[one], known[other]).correlation)
    print("true:", sorted(round(score, 3) for score in scores[True]), "others at most:", round(max(scores[False]), 3))
    assert len(scores[True]) == 6
    assert min(scores[True]) > 0.85 > 0.55 > max(scores[False])
    found = compare_bullets(*([known[bullet, land] for land in range(1, 7)] for bullet in (1, 2)))
    print("phase", found.phase, "score", round(found.score, 3), "next best", round(found.next_best, 3))
    assert (found.phase, found.score > 0.9, found.next_best < 0.45) == (4, True, True)
