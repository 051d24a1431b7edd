"""From the keys of a question to its candidates: postings counted, taken and weighed, with visibility first of all.

Only rows that the asker may meet are ever counted against a budget, and what is told (levels 2 and 3) is counted,
chosen and ranked without a look at what is blind (level 1). So records that the asker may not meet, however many,
change nothing of an answer: it equals that of an index without them. Postings are taken from the shortest list on,
by its visible length. Ties go to the record that was filed first, whichever segment it lies in.

One bound does look at all postings, for the time a question may take: after `LOOKED_AT` of them the rest of the lists
are left out. Only an asker whose question meets tens of millions of hidden postings could tell by it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled
from tripoint.engines.screening.index.postings import locate
from tripoint.engines.screening.index.segment import Segment
from tripoint.engines.screening.index.sketching import ALIKE, resemblance

Column = npt.NDArray[Any]
TOLD_BUDGET, BLIND_BUDGET = 4_096, 1_024  # postings taken for a question
TOLD_LIST, BLIND_LIST = 1_024, 128  # and of one key; few are blind, and looking for more of them takes long
BY_SKETCH = 600  # weight of a name that looks just as the one asked for
BLIND_WEIGHT = 35  # of a key by which blind rows are looked for
FIRST_LOOK = 128  # told rows of a list that are counted at first
LOOKED_AT = 12_000_000  # postings looked at for a question, whether visible or not
SLOTS = 1 << 16  # of the table in which weights are summed
SCATTER = np.uint32(2_654_435_761)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What a question looks up (keys with their weights) and what its readings look like (their sketches)."""

    keys: Column  # uint64
    weights: Column  # int32
    sketch: Column  # uint64 [readings, 3]


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What an asker may meet: a level for each audience (0 nothing, 1 blind, 2 pointer, 3 full), at a generation."""

    levels: Column  # uint8
    all_full: bool
    generation: int

    @property
    def any_blind(self) -> bool:
        """Whether anything may be met blind."""
        return not self.all_full and bool((self.levels == 1).any())


def sight(levels: Column | None, generation: int) -> Sight:
    """The sight of an asker with such levels; None meets everything in full."""
    own = np.array([] if levels is None else levels, dtype=np.uint8)
    own.flags.writeable = False
    return Sight(own, levels is None, generation)


@compiled
def level_of(state: Column, row: int, levels: Column, all_full: bool, generation: int) -> int:
    """The level at which a row is met, 0 when it is dead or its audience unknown."""
    died = state[row, 1]
    if died != 0 and died <= generation:
        return 0
    if all_full:
        return 3
    audience = state[row, 0]
    return int(levels[audience]) if 0 <= audience < len(levels) else 0


@compiled
def count_visible(
    rows: Column, state: Column, levels: Column, all_full: bool, generation: int, at: Column, high: Column,
    most_told: int, most_blind: Column, told: Column, blind: Column, looks: int,
) -> int:  # fmt: skip
    """Goes on counting from `at` how many rows of each key are told and blind, as far as the budgets go; looks left."""
    for key in range(len(at)):
        open_here, shut_here = told[key], blind[key]
        here, end = at[key], min(high[key], at[key] + looks)
        while here < end and (open_here < most_told or shut_here < most_blind[key]):
            level = level_of(state, rows[here], levels, all_full, generation)
            open_here += level > 1
            shut_here += level == 1
            here += 1
        told[key], blind[key] = open_here, shut_here
        looks -= here - at[key]
        at[key] = here
    return looks


@compiled
def gather(
    rows: Column, state: Column, levels: Column, all_full: bool, generation: int, low: Column, high: Column,
    weights: Column, told: Column, blind: Column, slot_row: Column, slot_weight: Column, visited: Column,
) -> int:  # fmt: skip
    """Sums the weights of the first rows of each key, `told` and `blind` of them, into a table; rows `visited`."""
    count, mask = 0, np.uint32(len(slot_row) - 1)
    for key in range(len(low)):
        open_left, shut_left, at = told[key], blind[key], low[key]
        while at < high[key] and (open_left > 0 or shut_left > 0):
            row = rows[at]
            at += 1
            level = level_of(state, row, levels, all_full, generation)
            if level == 0 or (level == 1 and shut_left == 0) or (level > 1 and open_left == 0):
                continue
            if level == 1:
                shut_left -= 1
            else:
                open_left -= 1
            slot = np.uint32(np.uint32(row) * SCATTER) >> np.uint32(16) & mask
            while slot_row[slot] >= 0 and slot_row[slot] != row:
                slot = np.uint32(slot + np.uint32(1)) & mask
            if slot_row[slot] < 0:
                slot_row[slot] = row
                slot_weight[slot] = 0
                visited[count] = slot
                count += 1
            slot_weight[slot] += weights[key]
    return count


@compiled
def settle(
    state: Column, levels: Column, all_full: bool, generation: int, first: int, slot_row: Column, slot_weight: Column,
    visited: Column, count: int, names: Column, sketch: Column, asked: Column, share: int, out: Column, level: Column,
) -> None:  # fmt: skip
    """Each visited row as weight and place in one number (heavier and earlier is greater); empties the table.

    The weight is that of its keys, and `share` for a name just as asked.
    """
    for at in range(count):
        slot = visited[at]
        row = int(slot_row[slot])
        weight = slot_weight[slot] + resemblance(asked, sketch, names[row], names[row + 1]) * share // ALIKE
        out[at] = (np.int64(weight) << 36) | (np.int64((1 << 36) - 1) - first - row)
        level[at] = level_of(state, row, levels, all_full, generation)
        slot_row[slot] = -1


class Table(threading.local):
    """The table of one thread in which weights are summed."""

    def __init__(self) -> None:
        self.row = np.full(SLOTS, -1, dtype=np.int32)
        self.weight = np.zeros(SLOTS, dtype=np.int32)
        self.visited = np.zeros(TOLD_BUDGET + BLIND_BUDGET, dtype=np.uint32)


TABLE = Table()


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Rows worth scoring, heaviest first: `place` counts all rows of all segments, the earliest first."""

    place: Column  # int64
    level: Column  # uint8
    weight: Column  # int64


def candidates(
    segments: Sequence[Segment], question: Question, seen: Sight, most_told: int, most_blind: int
) -> tuple[Candidates, Candidates]:
    """The heaviest told and the heaviest blind rows of all segments, at most so many of each."""
    keys, weights = question.keys, question.weights
    low, high = find_lists(segments, keys)
    told, blind = count_lists(segments, low, high, seen, weights)
    told, blind = allot(told, weights, TOLD_LIST, TOLD_BUDGET), allot(blind, weights, BLIND_LIST, BLIND_BUDGET)
    found, levels, first = [], [], 0
    for at, segment in enumerate(segments):
        some, their = gather_segment(segment, question, (low[at], high[at]), (told[at], blind[at]), seen, first)
        found.append(some)
        levels.append(their)
        first += len(segment)
    value, level = np.concatenate(found), np.concatenate(levels)
    return heaviest(value, level, level > 1, most_told), heaviest(value, level, level == 1, most_blind)


def find_lists(segments: Sequence[Segment], keys: Column) -> tuple[Column, Column]:
    """Where the postings of each key begin and end in each segment, int64 [segments, keys]."""
    low = np.zeros((len(segments), len(keys)), dtype=np.int64)
    high = np.zeros_like(low)
    for at, segment in enumerate(segments):
        locate(keys, segment.postings.directory, segment.postings.tag, low[at], high[at])
    return low, high


def count_lists(
    segments: Sequence[Segment], low: Column, high: Column, seen: Sight, weights: Column
) -> tuple[Column, Column]:
    """How many rows of each list are told and blind, as far as the budgets go.

    Blind rows are looked for by telling keys alone: among the many bearers of a common word they would have to be
    looked for to the end of the list. Short lists are taken first (`allot`), so counting goes on, from a little to ever
    more of each list, only until the short ones use up what may be taken: a common word is not counted for nothing.
    """
    told, blind, looks, at = np.zeros_like(low), np.zeros_like(low), LOOKED_AT, low.copy()
    most_blind = np.where((weights >= BLIND_WEIGHT) & seen.any_blind, BLIND_LIST, -1)
    most = FIRST_LOOK
    while True:
        for place, segment in enumerate(segments):
            looks = count_visible(
                segment.postings.row, segment.state, seen.levels, seen.all_full, seen.generation, at[place],
                high[place], most, most_blind, told[place], blind[place], looks,
            )  # fmt: skip
        if most >= TOLD_LIST or looks <= 0 or short_enough(told, at, high, most) >= TOLD_BUDGET:
            return told, blind
        most = min(TOLD_LIST, most * 3 // 2)


def short_enough(told: Column, at: Column, high: Column, most: int) -> int:
    """How many told rows the lists hold that were counted to their end and are shorter than any other."""
    totals = told.sum(axis=0)
    return int(totals[(at >= high).all(axis=0) & (totals < most)].sum())


def allot(counts: Column, weights: Column, longest: int, budget: int) -> Column:
    """How many rows to take of each list: the keys with the fewest first, then the heaviest, until nothing is left."""
    totals = np.minimum(counts.sum(axis=0), longest)
    order = np.lexsort((-weights, totals))
    spent = np.cumsum(totals[order])
    given = np.zeros_like(totals)
    given[order] = np.clip(budget - (spent - totals[order]), 0, totals[order])
    before = np.cumsum(counts, axis=0) - counts
    return np.asarray(np.clip(given - before, 0, counts))


def gather_segment(
    segment: Segment,
    question: Question,
    lists: tuple[Column, Column],
    shares: tuple[Column, Column],
    seen: Sight,
    first: int,
) -> tuple[Column, Column]:
    """The rows of one segment with their weights, and their levels."""
    asker = (seen.levels, seen.all_full, seen.generation)
    taken = np.flatnonzero(shares[0] + shares[1])
    low, high, told, blind = (each[taken] for each in (*lists, *shares))
    table = (TABLE.row, TABLE.weight, TABLE.visited)
    count = gather(segment.postings.row, segment.state, *asker, low, high, question.weights[taken], told, blind, *table)
    value, level = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.uint8)
    settle(
        segment.state, *asker, first, *table, count, segment.people.names, segment.sketch, question.sketch, BY_SKETCH,
        value, level,
    )  # fmt: skip
    return value, level


def heaviest(value: Column, level: Column, chosen: Column, most: int) -> Candidates:
    """The heaviest of the rows chosen, by weight, then the earliest."""
    value, level = value[chosen], level[chosen]
    if len(value) > most:
        kept = np.argpartition(value, len(value) - most)[len(value) - most :]
        value, level = value[kept], level[kept]
    order = np.argsort(-value)
    value, level = value[order], level[order]
    return Candidates(((1 << 36) - 1) - (value & ((1 << 36) - 1)), level, value >> 36)
