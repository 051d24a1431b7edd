"""Scores of many pairs of people at once, compiled; score.py explains single ones by the same table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import borrowing
from tripoint.engines.screening import facts, kernel
from tripoint.engines.screening.kernel import Column, Columns, Room, Tables, compare_readings
from tripoint.engines.screening.model import MODEL, NAME_FEATURES, SCRIPTS
from tripoint.engines.screening.people import WEAK, People
from tripoint.engines.screening.sounds import NUMBER, SOUNDS, SPELT

MOST_POINTS = 10
HOPELESS, NO_BOUND = -1e9, -1e6
REST = -1.0  # log-odds that a sound beside none of its partners is taken to be worth at least
MOST_COMPARED, MOST_EACH = 10_000, 100  # pairs of readings of two persons; readings of each where both have more


class Judgement(NamedTuple):
    """The table of model.py as arrays.

    `points` and `values` are the curve of each feature of names, [features, points], `lengths` how many points each
    has; `scripts` what is added for the script in which one of the names is written; `facts` the weights of
    facts.CODES.
    """

    points: Column
    values: Column
    lengths: Column
    scripts: Column
    curve: Column  # [2, points] from the sum of the features to evidence
    facts: Column
    missing: float
    weak: float
    gate_low: float
    gate_high: float
    scale: float


@cache
def sound_costs() -> Tables:
    """The learned log-odds of sounds, from costs.csv."""
    costs = np.zeros((len(SCRIPTS), SOUNDS, SOUNDS), np.float32)
    known: set[int] = set()
    with files(__package__).joinpath("costs.csv").open(encoding="utf-8") as file:
        for line in csv.reader(row for row in file if not row.startswith("#")):
            script, sound, other, odds = line
            known.add(SCRIPTS.index(script))
            costs[SCRIPTS.index(script), NUMBER.get(sound, 0), NUMBER.get(other, 0)] = float(odds)
    for at in range(len(SCRIPTS)):
        if at not in known:
            costs[at] = costs[SCRIPTS.index("other")]
    return tables(costs)


def tables(costs: Column) -> Tables:
    """The costs of all scripts in both directions, with the best of each sound. In: [scripts, sounds, sounds]."""
    both = np.empty((2 * len(costs), SOUNDS, SOUNDS), np.float32)
    both[0::2], both[1::2] = costs, costs.transpose(0, 2, 1)
    sides = np.stack([both, both.transpose(0, 2, 1)], axis=1)  # of the left and of the right word, by its own sound
    most = np.zeros((len(both), 2, SOUNDS), np.float32)
    most[:, :, 1:] = np.maximum(sides[:, :, 1:, 1:].max(axis=3), 0)
    rest = np.maximum(sides[:, :, :, 0], REST)
    bits = np.uint64(1) << np.arange(SOUNDS, dtype=np.uint64)
    partners = np.where(sides > rest[:, :, :, None], bits, np.uint64(0)).sum(axis=3, dtype=np.uint64)
    usual = np.array(MODEL.usual, np.float32)
    return Tables(frozen(both), frozen(most), frozen(partners), frozen(rest), frozen(usual), spellings())


def spellings() -> Column:
    """The letters of each sound, uint8 [sounds, 3], 0 where there are fewer."""
    letters = [[*map(ord, spelling[:3]), 0, 0, 0][:3] for spelling in SPELT]
    return frozen(np.array(letters, np.uint8))


def frozen(column: Column) -> Column:
    """The array made read-only, as all are that the compiled functions read."""
    column.flags.writeable = False
    return column


@cache
def judgement() -> Judgement:
    """The model's table as arrays."""
    points = np.zeros((kernel.FEATURES, MOST_POINTS), np.float32)
    values, count = np.zeros_like(points), np.zeros(kernel.FEATURES, np.int32)
    for at, feature in enumerate(NAME_FEATURES):
        count[at] = len(feature.curve) if any(height for _, height in feature.curve) else 0
        points[at, : len(feature.curve)], values[at, : len(feature.curve)] = zip(*feature.curve, strict=True)
    weights = np.array([MODEL.feature(code).weight for code in facts.CODES], np.float32)
    return Judgement(
        frozen(points), frozen(values), frozen(count), frozen(np.array(MODEL.script_odds, np.float32)),
        frozen(np.ascontiguousarray(np.array(MODEL.name_curve, np.float32).T)), frozen(weights),
        MODEL.feature("name.missing").weight, MODEL.weak_alias, *MODEL.gate, MODEL.scale,
    )  # fmt: skip


def columns_of(people: People) -> Columns:
    """The columns that the comparison reads."""
    return Columns(*(getattr(people, name) for name in Columns._fields))


# Of what is compared with again and again: the segments of an index, by the very same object.
columns_of_many = lru_cache(64)(columns_of)


@borrowing
def along(value: float, points: Column, values: Column, count: int) -> float:
    """The height of a curve at a value, level beyond its ends."""
    if value <= points[0]:
        return float(values[0])
    for at in range(1, count):
        if value <= points[at]:
            low, high = points[at - 1], points[at]
            return float(values[at - 1] + (values[at] - values[at - 1]) * (value - low) / (high - low))
    return float(values[count - 1])


@borrowing
def name_odds(features: Column, script: int, other: int, j: Judgement) -> float:
    """The log-odds that two readings are of one name: the sum of the curves of their features."""
    odds = j.scripts[0] if script == other else j.scripts[max(script, other)]
    for at in range(features.shape[0]):
        if j.lengths[at]:
            odds += along(features[at], j.points[at], j.values[at], j.lengths[at])
    return float(odds)


@borrowing
def compared(n: int, m: int) -> tuple[int, int]:
    """How many readings of two persons with n and m are compared: all but for those with very many names."""
    if n * m <= MOST_COMPARED:
        return n, m
    if min(n, m) > MOST_EACH:
        return MOST_EACH, MOST_EACH
    return (n, MOST_COMPARED // n) if n < m else (MOST_COMPARED // m, m)


@borrowing
def best_names(
    left: Columns, i: int, right: Columns, k: int, tables: Tables, j: Judgement, r: Room
) -> tuple[float, int, int]:
    """The evidence of the two readings most surely of one name, and which they are; -1 where a side has none."""
    best, one, other = j.missing, -1, -1
    a0, b0 = left.names[i], right.names[k]
    n, m = compared(left.names[i + 1] - a0, right.names[k + 1] - b0)
    for a in range(a0, a0 + n):
        for b in range(b0, b0 + m):
            compare_readings(left, a, right, b, tables, r)
            odds = name_odds(r.features, left.script[a], right.script[b], j)
            evidence = along(odds, j.curve[0], j.curve[1], j.curve.shape[1])
            if (left.name_flags[a] | right.name_flags[b]) & WEAK:
                evidence -= j.weak
            if one < 0 or evidence > best:
                best, one, other = evidence, a, b
    return best, one, other


@borrowing
def openness(evidence: float, j: Judgement) -> float:
    """The share of what agrees besides names that may speak for a person, 0 to 1."""
    return min(1.0, max(0.0, (evidence - j.gate_low) / (j.gate_high - j.gate_low)))


@borrowing
def pair_evidence(
    left: Columns, i: int, right: Columns, k: int, tables: Tables, j: Judgement, r: Room, least: float
) -> float:
    """All evidence that two persons are one; HOPELESS where not even one name for both could reach `least`."""
    born = facts.birth_weight(left, i, right, k, j.facts)
    nation = facts.nationality_weight(left, i, right, k, j.facts)
    sex = facts.sex_weight(left, i, right, k, j.facts)
    documents = facts.document_weight(left, i, right, k, j.facts)
    if j.curve[1, -1] + born + nation + sex + documents < least:
        return HOPELESS
    names, _, _ = best_names(left, i, right, k, tables, j, r)
    open_to, total = openness(names, j), names + documents
    for weight in (born, nation, sex):
        total += weight * open_to if weight > 0 else weight
    return total


@borrowing
def fill_scores(
    left: Columns, right: Columns, pairs: Column, tables: Tables, j: Judgement, r: Room, least: float, scores: Column
) -> None:
    """The score of each pair into `scores`."""
    for at in range(pairs.shape[0]):
        evidence = pair_evidence(left, pairs[at, 0], right, pairs[at, 1], tables, j, r, least)
        scores[at] = 0.0 if evidence == HOPELESS else 1.0 / (1.0 + np.exp(-evidence / j.scale))


def score_pairs(
    left: People, right: People, pairs: npt.NDArray[np.int32], least: float = 0.0
) -> npt.NDArray[np.float32]:
    """How surely persons of two lists are one: the score between 0 and 1 of each pair of rows.

    In: pairs int32 [n, 2], a row of `left` and a row of `right`; `least`, the lowest score that is of interest. Out:
    float32 [n], as `score` gives them one by one; 0 for some that cannot reach `least`, whatever their names. Holds no
    lock while it runs; call it from several threads for several cores.
    """
    scores = np.empty(len(pairs), np.float32)
    wanted = frozen(np.array(pairs, np.int32))
    bound = MODEL.evidence(least) if 0.0 < least < 1.0 else NO_BOUND
    here, there = columns_of(left), columns_of_many(right)
    fill_scores(here, there, wanted, sound_costs(), judgement(), kernel.room(), bound, scores)
    return scores


def best_readings(left: People, right: People) -> tuple[float, int, int]:
    """The evidence of the names of two persons, each the only one of its columns, and which readings are most alike."""
    found = best_names(columns_of(left), 0, columns_of(right), 0, sound_costs(), judgement(), kernel.room())
    return float(found[0]), int(found[1]), int(found[2])


@dataclass(frozen=True, slots=True)
class WordPair:
    """Words that stand for each other: the first of them and how many on each side, and their likeness 0 to 1."""

    left: int
    left_words: int
    right: int
    right_words: int
    likeness: float


def aligned_words(left: People, one: int, right: People, other: int) -> tuple[WordPair, ...]:
    """The words of two readings that stand for each other, the weightiest first."""
    scratch = kernel.room()
    found = compare_readings(columns_of(left), one, columns_of(right), other, sound_costs(), scratch)
    return tuple(
        WordPair(int(i), int(wide), int(j), int(broad), float(min(1.0, max(0.0, scratch.share[kind, i, j]))))
        for i, j, kind, wide, broad in scratch.pairs[:found]
    )
