"""How well and how fast marks are compared and found: `make bench-ballistics`, or `--only scale --scans 100000`.

Each part writes its figures to var/bench-ballistics.json; the page docs/quality/ballistics.md is made of what is there.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: processes share the cores

import numpy as np

from tests.bench_ballistics_material import (
    DATA,
    GUN_OF,
    fadul,
    mirrored,
    noise,
    raw,
    simulated,
    with_texture,
    worse,
)
from tests.bench_ballistics_page import write_page
from tripoint.engines.ballistics.bullets import compare_bullets, compare_lands, read_land
from tripoint.engines.ballistics.collection import Collection
from tripoint.engines.ballistics.collection.packing import packed_spectra, packed_surface
from tripoint.engines.ballistics.comparing import Comparison, compare
from tripoint.engines.ballistics.comparing.pairs import coarse_of, fine_of
from tripoint.engines.ballistics.evidence import calibrate, cllr, cllr_min
from tripoint.engines.ballistics.evidence.measuring import area_under, equal_error
from tripoint.engines.ballistics.preparing import Prepared, prepare
from tripoint.engines.ballistics.regions import Region
from tripoint.engines.ballistics.x3p import read_x3p

FIGURES = Path(__file__).parents[1] / "var" / "bench-ballistics.json"
AMONG = 135  # scans a worse one is looked for in, as in the trial
# Share of the area, noise in spreads of the heights, the shortest wavelength of the noise in µm: the band's own, or
# where nearly all of the marks are.
WORSE = ((0.5, 0.0, 40), (0.33, 0.0, 40), (0.25, 0.0, 40), (0.15, 0.0, 40), (1.0, 1.0, 40), (1.0, 2.0, 40),
         (0.5, 1.0, 40), (1.0, 1.0, 120), (1.0, 2.0, 120))  # fmt: skip
DISTINCT = 1_000  # simulated scans that differ; larger collections repeat them
Figures = dict[str, Any]


def compared_pairs(marks: Sequence[Prepared]) -> tuple[list[Comparison], float]:
    """Each pair compared, and the milliseconds of computing time of the middle one."""
    found, times = [], []
    for at, one in enumerate(marks):
        for other in marks[at + 1 :]:
            begun = time.process_time()
            found.append(compare(one, other))
            times.append(time.process_time() - begun)
    return found, median(times) * 1000


def same_gun(names: Sequence[str]) -> Any:
    """Which pairs, in the order of `compared_pairs`, are of one gun."""
    return np.array([GUN_OF[one] == GUN_OF[other] for at, one in enumerate(names) for other in names[at + 1 :]])


def pairs(_: argparse.Namespace) -> Figures:
    """Fadul: every pair."""
    marks = fadul()
    names = list(marks)
    compare(marks[names[0]], marks[names[1]])
    found, milliseconds = compared_pairs(list(marks.values()))
    same, scores = same_gun(names), np.array([one.score for one in found])
    cells = np.array([one.congruent_cells for one in found])
    ranks = ranks_of(names, scores)
    said = calibrate(scores, same)
    return {
        "same": int(same.sum()), "other": int((~same).sum()), "auc": area_under(scores, same),
        "eer": equal_error(scores, same), "least_same": float(scores[same].min()),
        "most_other": float(scores[~same].max()), "cells_least_same": int(cells[same].min()),
        "cells_most_other": int(cells[~same].max()), "cells_auc": area_under(cells, same), "milliseconds": milliseconds,
        "ranks": {str(rank): float(np.mean(ranks <= rank)) for rank in (1, 5, 10, 30)},
        "cllr": cllr(said.ratios(scores), same), "cllr_min": cllr_min(scores, same), "cap": said.highest,
    }  # fmt: skip


def ranks_of(names: Sequence[str], scores: Any) -> Any:
    """The rank of each mate among the scans of other guns."""
    table = np.zeros((len(names), len(names)))
    table[np.triu_indices(len(names), 1)] = scores
    table += table.T
    guns = np.array([GUN_OF[name] for name in names])
    return np.array([
        1 + (table[one][guns != guns[one]] >= table[one, other]).sum()
        for one in range(len(names)) for other in range(len(names)) if one != other and guns[one] == guns[other]
    ])  # fmt: skip


def leaks(options: argparse.Namespace) -> Figures:
    """Masks alone, and noise in true masks: neither may tell guns apart."""
    marks, chance = fadul(), np.random.default_rng(5)
    same, told = same_gun(list(marks)), {}
    shape = max((one.mask.shape for one in marks.values()), key=lambda each: each[0] * each[1])
    size = max(*(max(one.mask.shape) for one in marks.values()), *shape)
    common = noise((size, size), chance, 60.0, 12.5)
    turns = [np.rot90(common, turn)[::way] for turn in range(4) for way in (1, -1)]
    textures: dict[str, Callable[[Prepared], Any]] = {
        "noise": lambda one: noise(one.mask.shape, chance, 60.0, one.step),
        "mask": lambda one: turns[int(chance.integers(8))][: one.mask.shape[0], : one.mask.shape[1]],
    }
    for name, texture in textures.items():
        found, _ = compared_pairs([with_texture(one, texture(one)) for one in marks.values()])
        told[name] = area_under(np.array([one.score for one in found]), same)
    return told


def degradations(options: argparse.Namespace) -> Figures:
    """Worse scans looked for among 135: the real ones, the same mirrored, and simulated ones."""
    chance, marks = np.random.default_rng(3), fadul()
    others = {f"mirrored {name}": mirrored(one) for name, one in marks.items()}
    others |= dict(simulated(AMONG - 2 * len(marks), seed=11))
    told: Figures = {"among": AMONG, "queries": options.queries}
    with tempfile.TemporaryDirectory() as room:
        index = Collection.create(Path(room) / "index")
        index.append([*marks, *others], [*marks.values(), *others.values()])
        for worsening in WORSE:
            asked = chance.permutation(list(marks))[: options.queries]
            first = [one for name in asked for one in mates_first(index, marks, str(name), chance, worsening)]
            figures = {"mates": len(first), "rank1": float(np.mean(first)) if first else None}
            told["/".join(f"{one:g}" for one in worsening)] = figures
            print(worsening, f"{np.mean(first):.3f} of {len(first)}", flush=True)
    return told


def mates_first(
    index: Collection, marks: dict[str, Prepared], name: str, chance: np.random.Generator,
    worsening: tuple[float, float, float],
) -> list[bool]:  # fmt: skip
    """Whether each mate of a worse scan stands before all scans of other guns."""
    question = worse(marks[name], chance, *worsening)
    found = index.rank(question, AMONG, among=lambda one: one != name)
    scores = {one.id: one.score for one in found.candidates}
    mates = [other for other in GUN_OF if other != name and GUN_OF[other] == GUN_OF[name]]
    most = max((score for one, score in scores.items() if one not in mates), default=0.0)
    return [scores.get(mate, -1.0) > most for mate in mates]


def end_to_end(_: argparse.Namespace) -> Figures:
    """Raw scans, isolated by themselves, looked for among the forty processed ones."""
    with tempfile.TemporaryDirectory() as room:
        index = Collection.create(Path(room) / "index")
        index.append(list(fadul()), fadul().values())
        told: Figures = {}
        for name, mark in raw().items():
            best = index.rank(mark, 6, among=[one for one in GUN_OF if one != name]).candidates
            shown = [[one.id, GUN_OF[one.id], round(one.score, 3), one.congruent_cells] for one in best]
            told[name] = {"gun": GUN_OF[name], "best": shown}
        return told


def bullets(_: argparse.Namespace) -> Figures:
    """Hamby 44: six lands of two bullets from one barrel, b1 land k on b2 land k + 4."""
    paths = sorted((DATA / "hamby44").glob("*.x3p"))
    lands = [read_land(prepare(read_x3p(path.read_bytes()), Region.LAND)) for path in paths]
    one, other = lands[:6], lands[6:]
    table = np.array([[compare_lands(first, second).correlation for second in other] for first in one])
    true = np.array([[(row + 4) % 6 == column for column in range(6)] for row in range(6)])
    whole = compare_bullets(one, other)
    return {"same": table[true].tolist(), "other_most": float(table[~true].max()), "other": int((~true).sum()),
            "bullet": str(whole)[:400]}  # fmt: skip


def scale(options: argparse.Namespace) -> Figures:
    """Real scans, mirrored ones and simulated ones up to so many; questions by real scans; time on the clock."""
    marks = fadul()
    with tempfile.TemporaryDirectory(dir=options.room) as room:
        index = Collection.create(Path(room) / "index")
        index.append(list(marks), marks.values())
        index.append([f"mirrored {name}" for name in marks], [mirrored(one) for one in marks.values()])
        repeated(index, options.scans - 2 * len(marks))
        ranks, clock, asked = [], [], list(marks)[: options.queries]
        for name in asked:
            begun = time.perf_counter()
            found = index.rank(marks[name], 200, among=None, helpers=1)
            clock.append(time.perf_counter() - begun)
            places = {one.id: one.rank for one in found.candidates if one.id in GUN_OF and one.id != name}
            mates = [other for other in GUN_OF if other != name and GUN_OF[other] == GUN_OF[name]]
            wrong = [one.rank for one in found.candidates if GUN_OF.get(one.id) != GUN_OF[name]]
            ranks += [1 + sum(one < places.get(mate, 10**9) for one in wrong) for mate in mates]
            print(name, f"{clock[-1]:.1f} s", flush=True)
        size = sum(path.stat().st_size for path in index.folder.iterdir()) / len(index)
        return {"scans": len(index), "distinct": DISTINCT + 2 * len(marks), "queries": len(asked),
                "rank1": float(np.mean(np.array(ranks) == 1)), "seconds": median(clock), "slowest": max(clock),
                "bytes": size, "mapped": index.layout.numbers, "fully_scored": found.fully_scored}  # fmt: skip


def repeated(index: Collection, count: int) -> None:
    """Fills a collection with simulated scans, repeated under other ids where more are wanted than differ."""
    packed = [
        (name, *packed_spectra(coarse_of(one).known(index.turning), index.layout), packed_surface(fine_of(one)))
        for name, one in simulated(min(count, DISTINCT))
    ]
    for first in range(0, count, 10_000):
        numbers = range(first, min(count, first + 10_000))
        index.write([(f"{packed[at % len(packed)][0]} {at}", *packed[at % len(packed)][1:]) for at in numbers])


PARTS: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "pairs": pairs, "leaks": leaks, "raw": end_to_end, "bullets": bullets, "degradations": degradations, "scale": scale,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, parted by commas")
    parser.add_argument("--scans", type=int, default=20_000, help="scans in the large collection")
    parser.add_argument("--queries", type=int, default=40, help="questions of each kind")
    parser.add_argument("--room", default=None, help="a folder for the large collection: 17 kB a scan")
    options = parser.parse_args()
    figures: Figures = {}
    for part in options.only.split(","):
        name = f"scale {options.scans}" if part == "scale" else part
        found = PARTS[part](options)
        print(name, json.dumps(found), flush=True)
        # Read only now: another run may have measured other parts meanwhile.
        figures = (json.loads(FIGURES.read_text()) if FIGURES.is_file() else {}) | {name: found}
        FIGURES.parent.mkdir(exist_ok=True)
        FIGURES.write_text(json.dumps(figures, indent=1))
    write_page(figures)


if __name__ == "__main__":
    main()
