"""Learns how sounds are written for each other, and how much each feature of two names tells, from the labelled pairs.

`python -m tests.quality.learn` prints the curves for engines/screening/model.py; with `--write` it also writes
engines/screening/costs.csv. Costs are statistics of sounds; no name is kept.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.quality.curves import fit, held_out
from tests.quality.metrics import best_f1, recall_at
from tests.quality.pairs import Row, read_pairs
from tests.quality.sounding import Aligned, expected, learned, log_odds
from tests.quality.split import digest, fold
from tests.quality.strangers import stranger_rows
from tripoint.engines import screening
from tripoint.engines.compiled import compiled
from tripoint.engines.screening import kernel
from tripoint.engines.screening.compare import columns_of, sound_costs, tables
from tripoint.engines.screening.model import MODEL, SCRIPTS
from tripoint.engines.screening.people import People, encode
from tripoint.engines.screening.sounds import SPELT
from tripoint.words.people import PersonDescription, PersonName

COSTS = Path(screening.__file__).with_name("costs.csv")
LEAST_ALIKE = 0.25  # pairs of words less alike are not learned from: the alias is another name altogether
STRANGERS = 0.15  # what one pair of strangers weighs beside a labelled pair; there are four times as many
Array = npt.NDArray[Any]


def people(names: Sequence[str]) -> People:
    """One person for each name."""
    return encode(PersonDescription((PersonName(name),)) for name in names)


@compiled
def fill_features(left: Any, right: Any, costs: Any, scratch: Any, features: Array, where: Array) -> None:
    """The features of row x of both sides, by the readings that cover each other best; the last is the script."""
    for x in range(features.shape[0]):
        best = -1e9
        for one in range(left.names[x], left.names[x + 1]):
            for other in range(right.names[x], right.names[x + 1]):
                kernel.compare_readings(left, one, right, other, costs, scratch)
                found = scratch.features
                value = 10 * found[8] + 5 * found[7] + 0.1 * found[0] - 0.1 * found[2]
                if value > best:
                    best = value
                    features[x, :-1] = found
                    script, written = left.script[one], right.script[other]
                    features[x, -1] = 0 if script == written else max(script, written)
                    where[x, 0], where[x, 1] = one, other


def features_of(rows: Sequence[Row], costs: kernel.Tables) -> tuple[Array, Array, People, People]:
    """The features [n, features + 1] of every row, the readings they are of [n, 2], and both sides as columns."""
    left, right = people([row.name1 for row in rows]), people([row.name2 for row in rows])
    features, where = np.zeros((len(rows), kernel.FEATURES + 1), np.float32), np.full((len(rows), 2), -1, np.int64)
    fill_features(columns_of(left), columns_of(right), costs, kernel.room(), features, where)
    return features, where, left, right


def aligned_words(rows: Sequence[Row], costs: kernel.Tables) -> dict[int, set[Aligned]]:
    """The words that stand for each other in pairs of one person, as sounds, the Latin side first; by script."""
    _, where, left, right = features_of(rows, costs)
    here, there, scratch = columns_of(left), columns_of(right), kernel.room()
    found: dict[int, set[Aligned]] = defaultdict(set)
    for row, (one, other) in zip(rows, where, strict=True):
        if not row.same or one < 0:
            continue
        count = kernel.compare_readings(here, one, there, other, costs, scratch)
        table = kernel.table_of(here.script[one], there.script[other])
        for pair in each_pair(here, one, there, other, scratch, count):
            found[table >> 1].add(pair[::-1] if table & 1 else pair)
    return found


def each_pair(left: Any, one: int, right: Any, other: int, scratch: kernel.Room, count: int) -> Iterator[Aligned]:
    """The chosen pairs of words, as bytes of sounds."""
    for i, j, kind, wide, broad in scratch.pairs[:count]:
        if scratch.share[kind, i, j] >= LEAST_ALIKE:
            a, b = left.words[one] + i, right.words[other] + j
            yield (
                bytes(left.letter[left.letters[a] : left.letters[a + wide]]),
                bytes(right.letter[right.letters[b] : right.letters[b + broad]]),
            )


def learn_costs(rows: Sequence[Row], rounds: int = 3) -> dict[int, Array]:
    """The log-odds of sounds of each script met in the rows; every round aligns words by the costs of the last."""
    prior = expected()
    costs = {script: log_odds(prior) for script in range(len(SCRIPTS))}
    for _ in range(rounds):
        words = aligned_words(rows, as_tables(costs))
        costs |= {script: learned(sorted(pairs), prior, symmetric=script == 0) for script, pairs in words.items()}
    costs[SCRIPTS.index("other")] = log_odds(prior)
    return costs


def as_tables(costs: dict[int, Array]) -> kernel.Tables:
    """The costs of every script as the compiled comparison reads them."""
    return tables(np.stack([costs[script] for script in range(len(SCRIPTS))]).astype(np.float32))


def write(costs: dict[int, Array], path: Path) -> None:
    """The costs as csv: script, sound in Latin, sound in that script (nothing: left out), log-odds."""
    lines = [
        "# script, sound in Latin letters, sound as read from the script, log-odds; written by tests/quality/learn.py"
    ]
    prior = costs[SCRIPTS.index("other")]
    for script, table in costs.items():
        if SCRIPTS[script] != "other" and np.array_equal(table, prior):
            continue
        for (one, other), odds in np.ndenumerate(table):
            if one or other:
                lines.append(f"{SCRIPTS[script]},{SPELT[one]},{SPELT[other]},{odds:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Learn, say how well it does on entities held out, and print the curves."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true", help="write costs.csv")
    rows = read_pairs()
    more = stranger_rows()
    folds = np.array([*fold(rows), *(digest(row.name1) % 5 for row in more)])
    same = np.array([row.same for row in (*rows, *more)])
    if asked.parse_args().write:
        write(learn_costs(rows), COSTS)
        sound_costs.cache_clear()
    features = features_of([*rows, *more], sound_costs())[0]
    weights = np.where(np.arange(len(same)) < len(rows), 1.0, STRANGERS)
    scores, known = held_out(features, same, folds, weights)[: len(rows)], same[: len(rows)]
    print(f"held out: best F1 {best_f1(scores, known).f1:.3f}, recall at 1 % {recall_at(scores, known, 0.01):.3f}")
    print(f"{len(more)} strangers")
    print(fit(features, same, weights).as_text(MODEL))


if __name__ == "__main__":
    main()
