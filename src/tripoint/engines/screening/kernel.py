"""The compiled comparison of names: words set against each other sound by sound, and names word by word.

Two words are compared by the log-odds of their best alignment: how much likelier their sounds stand beside each other
in two spellings of one name than in two names by chance (a memoryless transducer, Ristad and Yianilos 1998, with
costs learned for each script). Names are then compared by a greedy one-to-one assignment of their words, in which a
word may also stand for two neighbours written together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled

Column = npt.NDArray[Any]
MOST_WORDS, MOST_SOUNDS = 10, 32
CUT_LEFT, CUT_RIGHT, WRITTEN_APART = 1, 2, 4  # a name cut short on one side; names of different scripts
LATIN, HAN = 0, 5

# The features of a pair of names, in the order of the columns that `compare_readings` fills.
MATCHED, DEFICIT, CONTRADICTED, OMITTED, WORST, ORDER, STRONG, COVER, COVER_FEWER, LONGEST, INITIALS = range(11)
FEATURES = 11


class Columns(NamedTuple):
    """The columns of `People` that the comparison reads, see there."""

    names: Column
    words: Column
    letters: Column
    letter: Column
    script: Column
    name_flags: Column
    word_known: Column
    word_groups: Column
    spelling: Column
    sex: Column
    births: Column
    birth: Column
    countries: Column
    country: Column
    papers: Column
    paper: Column


class Tables(NamedTuple):
    """Log-odds of sounds, [2k, s, s]: for each script table k as Latin against it, then turned; 0 is no sound.

    `most` is the best of each sound [2k, 2, s]; `usual` what share of the best a true match reaches, [k]; `spelt` the
    letters of each sound, [s, 3], 0 for none.
    """

    costs: Column
    most: Column
    usual: Column
    spelt: Column


class Room(NamedTuple):
    """Scratch space for one thread, so that nothing is allocated for each pair."""

    rows: Column  # float32 [3, 2 * MOST_SOUNDS + 1]
    typed: Column  # uint8 [2, 8] letters where two words part
    worth: Column  # float32 [4, MOST_WORDS, MOST_WORDS] log-odds: one to one, two left, two right
    share: Column  # float32 the same as a share of what a true match reaches
    best: Column  # float32 [2, MOST_WORDS] what each word is worth
    pairs: Column  # int32 [MOST_WORDS, 5] left, right, kind; how many words on each side
    features: Column  # float32 [FEATURES]


SWAP = 2.5  # what two neighbouring letters in each other's place cost
INITIAL = 0.9
NICKNAME, SPELLING = 0.75, 0.9
LEAST_SHARE = 0.12  # words less alike than this are two words
JOIN_SHARE = 0.55
SLIP, SHORTEST_SLIP = 1.8, 3  # letters' worth that one typing error costs, and the fewest letters that may hold one
NEVER = -1e9


def room() -> Room:
    """New scratch space."""
    layers = (3, MOST_WORDS, MOST_WORDS)
    return Room(
        np.zeros((3, 2 * MOST_SOUNDS + 2), np.float32), np.zeros((2, 8), np.uint8), np.zeros(layers, np.float32),
        np.zeros(layers, np.float32), np.zeros((2, MOST_WORDS), np.float32), np.zeros((MOST_WORDS, 5), np.int32),
        np.zeros(FEATURES, np.float32),
    )  # fmt: skip


@compiled
def likeness(
    one: Column, start: int, end: int, other: Column, begin: int, finish: int, costs: Column, rows: Column, cut: int
) -> float:
    """The log-odds that two words are spellings of one; `cut` says which of them may be only the beginning."""
    length, width = end - start, finish - begin
    rows[0, 0], begun = 0.0, NEVER
    for j in range(1, width + 1):
        rows[0, j] = rows[0, j - 1] + costs[0, other[begin + j - 1]]
    for i in range(1, length + 1):
        x = one[start + i - 1]
        now, before, earlier = i % 3, (i + 2) % 3, (i + 1) % 3
        left_out = costs[x, 0]
        rows[now, 0] = rows[before, 0] + left_out
        for j in range(1, width + 1):
            y = other[begin + j - 1]
            value = max(rows[before, j - 1] + costs[x, y], rows[before, j] + left_out, rows[now, j - 1] + costs[0, y])
            if i > 1 and j > 1 and x != y and x == other[begin + j - 2] and y == one[start + i - 2]:
                value = max(value, rows[earlier, j - 2] + costs[x, x] + costs[y, y] - SWAP)
            rows[now, j] = value
        if cut & CUT_RIGHT:
            begun = max(begun, rows[now, width])
    last = length % 3
    if cut & CUT_LEFT:
        for j in range(width + 1):
            begun = max(begun, rows[last, j])
    return float(max(rows[last, width], begun))


@compiled
def spell_out(letter: Column, start: int, end: int, spelt: Column, typed: Column) -> int:
    """The letters of at most two sounds into `typed`; returns how many."""
    count = 0
    for at in range(start, end):
        for place in range(3):
            if spelt[letter[at], place]:
                typed[count] = spelt[letter[at], place]
                count += 1
    return count


@compiled
def one_slip(
    one: Column, start: int, end: int, other: Column, begin: int, finish: int, spelt: Column, typed: Column
) -> bool:
    """Whether one letter more, less, other or exchanged with its neighbour makes two words one."""
    while start < end and begin < finish and one[start] == other[begin]:
        start, begin = start + 1, begin + 1
    while start < end and begin < finish and one[end - 1] == other[finish - 1]:
        end, finish = end - 1, finish - 1
    if end - start > 2 or finish - begin > 2:
        return False
    n, m = spell_out(one, start, end, spelt, typed[0]), spell_out(other, begin, finish, spelt, typed[1])
    if n == 2 and m == 2 and typed[0, 0] == typed[1, 1] and typed[0, 1] == typed[1, 0]:
        return True
    first = 0
    while first < min(n, m) and typed[0, first] == typed[1, first]:
        first += 1
    while n > first and m > first and typed[0, n - 1] == typed[1, m - 1]:
        n, m = n - 1, m - 1
    return n - first <= 1 and m - first <= 1


@compiled
def slip_share(left: Columns, i: int, right: Columns, j: int, spelt: Column, typed: Column) -> float:
    """What share of a full match two words are that one typing error parts; 0 where more does."""
    a, b, c, d = left.letters[i], left.letters[i + 1], right.letters[j], right.letters[j + 1]
    if min(b - a, d - c) < SHORTEST_SLIP or abs((b - a) - (d - c)) > 2:
        return 0.0
    if not one_slip(left.letter, a, b, right.letter, c, d, spelt, typed):
        return 0.0
    return 1.0 - SLIP / max(b - a, d - c)


@compiled
def kinship(groups: Column, at: int, others: Column, other: int) -> float:
    """What share of a full match two forms of one given name are; 0 where they are none."""
    found = 0.0
    for one in range(2):
        group = groups[at, one]
        if group >= 0 and (group == others[other, 0] or group == others[other, 1]):
            found = max(found, NICKNAME if group & 1 else SPELLING)
    return found


@compiled
def weigh_words(side: Columns, first: int, count: int, most: Column, usual: float, best: Column) -> float:
    """What each word is worth when it is met by itself; returns the sum."""
    total = 0.0
    for at in range(count):
        value = 0.0
        for place in range(side.letters[first + at], side.letters[first + at + 1]):
            value += most[side.letter[place]]
        best[at] = max(0.5, value * usual)
        total += best[at]
    return total


@compiled
def compare_words(
    left: Columns, i: int, right: Columns, j: int, costs: Column, rows: Column, cut: int, worth: float
) -> tuple[float, bool]:
    """The log-odds of one word beside another, and whether it is an initial that is met. `worth` is a full match."""
    a, b, c, d = left.letters[i], left.letters[i + 1], right.letters[j], right.letters[j + 1]
    if b == a or d == c:
        return NEVER, False
    if left.spelling[i] == right.spelling[j]:
        return max(worth, likeness(left.letter, a, b, right.letter, c, d, costs, rows, 0)), False
    if b - a == 1 or d - c == 1:
        if costs[left.letter[a], right.letter[c]] > 0.5:
            return INITIAL * costs[left.letter[a], right.letter[c]], True
        return NEVER, False
    return likeness(left.letter, a, b, right.letter, c, d, costs, rows, cut), False


@compiled
def fill_pairs(
    left: Columns, i0: int, n: int, right: Columns, j0: int, m: int, costs: Column, spelt: Column, cut: int, r: Room
) -> None:
    """Every word of one name against every word of the other."""
    for i in range(n):
        for j in range(m):
            full = 0.5 * (r.best[0, i] + r.best[1, j])
            value, initial = compare_words(left, i0 + i, right, j0 + j, costs, r.rows, cut, full)
            if initial:
                full = max(value, 0.1)
            else:
                value = max(value, full * kinship(left.word_groups, i0 + i, right.word_groups, j0 + j) or NEVER)
                if not cut & WRITTEN_APART and value < 0.8 * full:
                    value = max(value, full * slip_share(left, i0 + i, right, j0 + j, spelt, r.typed) or NEVER)
            r.worth[0, i, j], r.share[0, i, j] = value, value / full


@compiled
def covered(share: Column, at: int, count: int, along: int) -> bool:
    """Whether a word has a good counterpart of its own."""
    for other in range(count):  # noqa: SIM110 (a compiled loop)
        if (share[at, other] if along == 0 else share[other, at]) > 0.8:
            return True
    return False


@compiled
def fill_joined(
    left: Columns, i0: int, n: int, right: Columns, j0: int, m: int, costs: Column, turned: int, r: Room
) -> None:
    """Two neighbours on the left written together against each word on the right, where neither has a counterpart.

    `turned` says that left and right are exchanged, costs with them; then the result lies in the third layer.
    """
    layer, share = 1 + turned, r.share[0]
    for i in range(n - 1):
        a, b = left.letters[i0 + i], left.letters[i0 + i + 2]
        alone = covered(share, i, m, turned) or covered(share, i + 1, m, turned)
        for j in range(m):
            row, column = (j, i) if turned else (i, j)
            r.worth[layer, row, column], r.share[layer, row, column] = NEVER, NEVER
            c, d = right.letters[j0 + j], right.letters[j0 + j + 1]
            if alone or b - a > MOST_SOUNDS or d - c + 3 < b - a or b - a + 3 < d - c or b == a:
                continue
            if costs[left.letter[a], right.letter[c]] <= 0.0 or covered(share, j, n, 1 - turned):
                continue
            full = 0.5 * (r.best[turned, i] + r.best[turned, i + 1] + r.best[1 - turned, j])
            value = likeness(left.letter, a, b, right.letter, c, d, costs, r.rows, 0)
            if value > JOIN_SHARE * full:
                r.worth[layer, row, column], r.share[layer, row, column] = 0.97 * value, value / full


@compiled
def choose_pairs(n: int, m: int, joined: bool, r: Room) -> int:
    """Pairs of words one to one, greedily the weightiest first; returns how many. Joined neighbours count as one."""
    used_left, used_right, found = 0, 0, 0
    while found < MOST_WORDS:
        best, at, by, kind = 0.0, -1, -1, 0
        for layer in range(3 if joined else 1):
            for i in range(n):
                for j in range(m):
                    if r.share[layer, i, j] < LEAST_SHARE:
                        continue
                    mine = (3 if layer == 1 else 1) << i
                    theirs = (3 if layer == 2 else 1) << j
                    value = r.worth[layer, i, j] * r.share[layer, i, j]
                    if value > best and not used_left & mine and not used_right & theirs:
                        best, at, by, kind = value, i, j, layer
        if at < 0:
            break
        r.pairs[found, 0], r.pairs[found, 1], r.pairs[found, 2] = at, by, kind
        r.pairs[found, 3], r.pairs[found, 4] = 1 + (kind == 1), 1 + (kind == 2)
        used_left |= (3 if kind == 1 else 1) << at
        used_right |= (3 if kind == 2 else 1) << by
        found += 1
    return found


@compiled
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


@compiled
def is_initial(side: Columns, at: int) -> bool:
    """Whether a word is a single sound."""
    return bool(side.letters[at + 1] - side.letters[at] == 1)


@compiled
def spare_words(count: int, used: int, best: Column) -> tuple[float, float]:
    """What the words without counterpart are worth together, and the weightiest of them."""
    total = longest = 0.0
    for at in range(count):
        if not used >> at & 1:
            total += best[at]
            longest = max(longest, best[at])
    return total, longest


@compiled
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


@compiled
def inversions(found: int, pairs: Column) -> float:
    """The share of pairs of words that stand in the other order."""
    turned = 0
    for one in range(found):
        for other in range(one):
            turned += (pairs[one, 0] - pairs[other, 0]) * (pairs[one, 1] - pairs[other, 1]) < 0
    return turned / max(1, found * (found - 1) // 2)


@compiled
def table_of(script: int, other: int) -> int:
    """The table of costs of two scripts: twice the one that is not Latin, one more when that stands left."""
    if script == other or (script != LATIN and other != LATIN):
        return 0
    return 2 * other if script == LATIN else 2 * script + 1


@compiled
def compare_readings(left: Columns, one: int, right: Columns, other: int, tables: Tables, r: Room) -> int:
    """Two readings compared: fills `r.features` and `r.pairs`; returns how many pairs of words were found."""
    table = table_of(left.script[one], right.script[other])
    i0, j0 = left.words[one], right.words[other]
    n, m = min(MOST_WORDS, left.words[one + 1] - i0), min(MOST_WORDS, right.words[other + 1] - j0)
    usual, costs = tables.usual[table >> 1], tables.costs[table]
    weigh_words(left, i0, n, tables.most[table, 0], usual, r.best[0])
    weigh_words(right, j0, m, tables.most[table, 1], usual, r.best[1])
    cut = (CUT_LEFT if left.name_flags[one] & 2 else 0) | (CUT_RIGHT if right.name_flags[other] & 2 else 0)
    apart = WRITTEN_APART if left.script[one] != right.script[other] else 0
    fill_pairs(left, i0, n, right, j0, m, costs, tables.spelt, cut | apart, r)
    joined = n > 1 or m > 1
    if joined:
        r.share[1:] = NEVER
        fill_joined(left, i0, n, right, j0, m, costs, 0, r)
        fill_joined(right, j0, m, left, i0, n, tables.costs[table ^ 1], 1, r)
    found = choose_pairs(n, m, joined, r)
    used_left, used_right = gather(left, i0, right, j0, found, r)
    gather_spare(n, m, used_left, used_right, r)
    return found
