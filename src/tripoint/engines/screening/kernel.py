"""The compiled comparison of names, word by word.

Every word of one name is set against every word of the other (wordpairs.py). Names are then compared by a greedy
one-to-one assignment of their words, in which a word may also stand for two neighbours written together.
"""

from __future__ import annotations

import numpy as np

from tripoint.engines.compiled import borrowing
from tripoint.engines.screening.tables import (
    FEATURES,
    MOST_SOUNDS,
    MOST_WORDS,
    REMEMBERED,
    Column,
    Columns,
    Room,
    Tables,
    room,
)
from tripoint.engines.screening.wordpairs import (
    CUT_LEFT,
    CUT_RIGHT,
    LEAST_SHARE,
    ONE,
    SWAP,
    WRITTEN_APART,
    compare_words,
    likeness,
    too_unlike,
)

__all__ = ["FEATURES", "SWAP", "Column", "Columns", "Room", "Tables", "compare_readings", "room", "table_of"]
LATIN = 0
JOIN_SHARE = 0.55
GOOD_SHARE = 0.8  # from which a word has its counterpart

# The features of a pair of names, in the order of the columns that `compare_readings` fills.
MATCHED, DEFICIT, CONTRADICTED, OMITTED, WORST, ORDER, STRONG, COVER, COVER_FEWER, LONGEST, INITIALS = range(FEATURES)


@borrowing
def weigh_words(side: Columns, first: int, count: int, most: Column, usual: float, best: Column, met: Column) -> None:
    """What each word is worth when it is met by itself, and which sounds it has."""
    for at in range(count):
        value, sounds = 0.0, ONE ^ ONE
        for place in range(side.letters[first + at], side.letters[first + at + 1]):
            value += most[side.letter[place]]
            sounds |= ONE << np.uint64(side.letter[place])
        best[at], met[at] = max(0.5, value * usual), sounds


@borrowing
def fill_pairs(
    left: Columns, i0: int, n: int, right: Columns, j0: int, m: int, table: int, t: Tables, cut: int, r: Room
) -> None:
    """Every word of one name against every word of the other; a pair met before is remembered."""
    manner = np.uint64(8 * table + cut + 1)
    for i in range(n):
        for j in range(m):
            there = right.spelling[j0 + j]
            key = left.spelling[i0 + i] ^ (there << ONE | there >> np.uint64(63)) ^ manner
            slot = key & np.uint64(REMEMBERED - 1)
            if r.keys[slot] != key:
                value, share = compare_words(left, i0 + i, right, j0 + j, table, t, cut, r, i, j)
                r.keys[slot], r.kept[slot, 0], r.kept[slot, 1] = key, value, share
            r.worth[0, i, j], r.share[0, i, j] = r.kept[slot, 0], r.kept[slot, 1]


@borrowing
def covered(n: int, m: int, share: Column) -> tuple[int, int]:
    """Which words of each side have a good counterpart of their own, a bit each."""
    mine = theirs = 0
    for i in range(n):
        for j in range(m):
            if share[i, j] > GOOD_SHARE:
                mine |= 1 << i
                theirs |= 1 << j
    return mine, theirs


@borrowing
def fill_joined(
    left: Columns, i0: int, n: int, right: Columns, j0: int, m: int, table: int, t: Tables,
    turned: int, mine: int, theirs: int, found: int, r: Room,
) -> int:  # fmt: skip
    """Two neighbours on the left written together against each word on the right, where none has a counterpart.

    `mine` and `theirs` are the words that have one. `turned` says that left and right are exchanged, the table with
    them; then the result lies in the third layer. What may stand is added to the `found` choices; returns how many.
    """
    layer, costs = 1 + turned, t.costs[table]
    for i in range(n - 1):
        a, b = left.letters[i0 + i], left.letters[i0 + i + 2]
        if mine & (3 << i) or b - a > MOST_SOUNDS or b == a:
            continue
        for j in range(m):
            c, d = right.letters[j0 + j], right.letters[j0 + j + 1]
            if theirs >> j & 1 or d - c + 3 < b - a or b - a + 3 < d - c:
                continue
            if costs[left.letter[a], right.letter[c]] <= 0.0:
                continue
            least = JOIN_SHARE * 0.5 * (r.best[turned, i] + r.best[turned, i + 1] + r.best[1 - turned, j])
            here, there = r.sounds[turned, i] | r.sounds[turned, i + 1], r.sounds[1 - turned, j]
            if too_unlike(left, i0 + i, 2, right, j0 + j, here, there, table, t, least):
                continue
            value = likeness(left.letter, a, b, right.letter, c, d, costs, r.rows, 0)
            if value > least:
                row, column = (j, i) if turned else (i, j)
                r.worth[layer, row, column] = 0.97 * value
                r.share[layer, row, column] = value * JOIN_SHARE / least
                found = may_stand(layer, row, column, found, r)
    return found


@borrowing
def may_stand(layer: int, i: int, j: int, found: int, r: Room) -> int:
    """Adds a pair to the `found` choices; returns how many they are now."""
    r.choice[found, 0], r.choice[found, 1], r.choice[found, 2] = layer, i, j
    r.weight[found] = r.worth[layer, i, j] * r.share[layer, i, j]
    return found + 1


@borrowing
def single_choices(n: int, m: int, r: Room) -> int:
    """The choices of one word for one; returns how many they are."""
    found = 0
    for i in range(n):
        for j in range(m):
            if r.share[0, i, j] >= LEAST_SHARE:
                found = may_stand(0, i, j, found, r)
    return found


@borrowing
def choose_pairs(choices: int, r: Room) -> int:
    """Pairs of words one to one, greedily the weightiest first; returns how many. Joined neighbours count as one."""
    used_left, used_right, found = 0, 0, 0
    while found < MOST_WORDS:
        best, at, mine, theirs = np.float32(0.0), -1, 0, 0
        for each in range(choices):
            if r.weight[each] > best:
                one = (3 if r.choice[each, 0] == 1 else 1) << r.choice[each, 1]
                other = (3 if r.choice[each, 0] == 2 else 1) << r.choice[each, 2]
                if not used_left & one and not used_right & other:
                    best, at, mine, theirs = r.weight[each], each, one, other
        if at < 0:
            break
        kind, i, j = r.choice[at, 0], r.choice[at, 1], r.choice[at, 2]
        r.pairs[found, 0], r.pairs[found, 1], r.pairs[found, 2] = i, j, kind
        r.pairs[found, 3], r.pairs[found, 4] = 1 + (kind == 1), 1 + (kind == 2)
        used_left |= mine
        used_right |= theirs
        found += 1
    return found


@borrowing
def gather(left: Columns, i0: int, right: Columns, j0: int, found: int, r: Room) -> tuple[int, int]:
    """The features of the chosen pairs; returns which words of each name they use, a bit each."""
    matched = deficit = strong = initials = known = 0.0
    worst, used_left, used_right = 1.0, 0, 0
    for at in range(found):
        i, j, kind = r.pairs[at, 0], r.pairs[at, 1], r.pairs[at, 2]
        value, share, told = r.worth[kind, i, j], r.share[kind, i, j], 0.0
        for step in range(r.pairs[at, 3]):
            used_left |= 1 << (i + step)
            told = max(told, left.word_known[i0 + i + step])
        for step in range(r.pairs[at, 4]):
            used_right |= 1 << (j + step)
            told = max(told, right.word_known[j0 + j + step])
        full = value / share
        matched += min(value, full)
        known += min(value, full) * told
        deficit += max(0.0, full - value)
        worst = min(worst, min(share, 1.0))
        strong += share > 0.8
        initials += is_initial(left, i0 + i) or is_initial(right, j0 + j)
    f = r.features
    f[MATCHED], f[DEFICIT], f[WORST], f[STRONG], f[INITIALS] = known, deficit, worst if found else 0.0, strong, initials
    f[ORDER], f[COVER] = inversions(found, r.pairs), matched
    return used_left, used_right


@borrowing
def is_initial(side: Columns, at: int) -> bool:
    """Whether a word is a single sound."""
    return bool(side.letters[at + 1] - side.letters[at] == 1)


@borrowing
def spare_words(count: int, used: int, best: Column) -> tuple[float, float]:
    """What the words without counterpart are worth together, and the weightiest of them."""
    total = longest = 0.0
    for at in range(count):
        if not used >> at & 1:
            total += best[at]
            longest = max(longest, best[at])
    return total, longest


@borrowing
def gather_spare(n: int, m: int, used_left: int, used_right: int, r: Room) -> None:
    """The features of the words that found no counterpart: left out by one side, or contradicted by the other."""
    f = r.features
    spare_left, longest_left = spare_words(n, used_left, r.best[0])
    spare_right, longest_right = spare_words(m, used_right, r.best[1])
    f[CONTRADICTED], f[OMITTED] = min(spare_left, spare_right), abs(spare_left - spare_right)
    f[LONGEST] = min(longest_left, longest_right)
    matched = f[COVER]
    f[COVER] = matched / (matched + f[DEFICIT] + spare_left + spare_right + 1.0)
    f[COVER_FEWER] = matched / (matched + f[DEFICIT] + f[CONTRADICTED] + 1.0)


@borrowing
def inversions(found: int, pairs: Column) -> float:
    """The share of pairs of words that stand in the other order."""
    turned = 0
    for one in range(found):
        for other in range(one):
            turned += (pairs[one, 0] - pairs[other, 0]) * (pairs[one, 1] - pairs[other, 1]) < 0
    return turned / max(1, found * (found - 1) // 2)


@borrowing
def table_of(script: int, other: int) -> int:
    """The table of costs of two scripts: twice the one that is not Latin, one more when that stands left."""
    if script == other or (script != LATIN and other != LATIN):
        return 0
    return 2 * other if script == LATIN else 2 * script + 1


@borrowing
def compare_readings(left: Columns, one: int, right: Columns, other: int, tables: Tables, r: Room) -> int:
    """Two readings compared: fills `r.features` and `r.pairs`; returns how many pairs of words were found."""
    table = table_of(left.script[one], right.script[other])
    i0, j0 = left.words[one], right.words[other]
    n, m = min(MOST_WORDS, left.words[one + 1] - i0), min(MOST_WORDS, right.words[other + 1] - j0)
    usual, most = tables.usual[table >> 1], tables.most[table]
    weigh_words(left, i0, n, most[0], usual, r.best[0], r.sounds[0])
    weigh_words(right, j0, m, most[1], usual, r.best[1], r.sounds[1])
    cut = (CUT_LEFT if left.name_flags[one] & 2 else 0) | (CUT_RIGHT if right.name_flags[other] & 2 else 0)
    apart = WRITTEN_APART if left.script[one] != right.script[other] else 0
    fill_pairs(left, i0, n, right, j0, m, table, tables, cut | apart, r)
    choices = single_choices(n, m, r)
    if n > 1 or m > 1:
        mine, theirs = covered(n, m, r.share[0])
        choices = fill_joined(left, i0, n, right, j0, m, table, tables, 0, mine, theirs, choices, r)
        choices = fill_joined(right, j0, m, left, i0, n, table ^ 1, tables, 1, theirs, mine, choices, r)
    found = choose_pairs(choices, r)
    used_left, used_right = gather(left, i0, right, j0, found, r)
    gather_spare(n, m, used_left, used_right, r)
    return found
